"""Finding people: the nearest first, then by what matches, page by page (product.md §13)."""

from dataclasses import astuple, dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.models import User
from accounts.names import fold, words_like
from network.degrees import decorate, near_of
from network.finding import RINGS
from search.many import ORDER, nearest_of_many
from search.wanted import Wanted, matching

FEW = 200
"""Up to so many matches it is cheaper to go through all of them than through the connections of connections."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a page of found people ends: how near the last one is, how close their words, their name, who they are."""

    ring: int
    closeness: int
    name: str
    pk: int

    def __str__(self) -> str:
        return f"{self.ring}.{self.closeness}.{self.pk}.{self.name}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that an address names; None if it names none, as the first page's does."""
        parts = text.split(".", 3)
        if len(parts) < 4 or "\0" in text:
            return None
        ring, closeness, pk, name = parts
        known = {ring, closeness} <= {"0", "1", "2"} and pk.isascii() and pk.isdecimal() and len(pk) < 19
        return cls(int(ring), int(closeness), name, int(pk)) if known else None


def find_people(wanted: Wanted, *, viewer, after: Place | None = None, most: int) -> tuple[list[User], Place | None]:
    """Return up to `most` people who match, with their degree, and where the next page starts, if any.

    First oneself and one's connections, then those who share a connection, then the others; within each first those
    who are called so, then those who say so of themselves, then those whose skills or CV say so; then by name. The
    same number of queries whatever is found.
    """
    places = nearest(matching(wanted, viewer), wanted, viewer=viewer, after=after, most=most + 1)
    people = decorate(_in_order(places[:most]), viewer=viewer)
    return people, (places[most - 1] if len(places) > most else None)


def nearest(matches: QuerySet[User], wanted: Wanted, *, viewer, after: Place | None, most: int) -> list[Place]:
    """Return the places of the first `most` of `matches` after a place, in order, by two queries.

    The first asks for a few; if they are all, their rings are worked out for all of them at once. Of more, each ring is
    sorted only as far as there is room.
    """
    matches = matches.annotate(closeness=_closeness(wanted.words))
    few = list(matches.values_list(*ORDER)[: FEW + 1])
    are_many = len(few) > FEW
    rings = [int(wanted.degree) - 1] if wanted.degree else RINGS
    if wanted.degree == "1":  # oneself is near, but no connection
        matches = matches.exclude(pk=viewer.pk)
        few = [row for row in few if row[2] != viewer.pk]
    if are_many:
        rows = nearest_of_many(matches, viewer=viewer, after=astuple(after) if after else None, most=most, rings=rings)
        return [Place(*row) for row in rows]
    near = near_of([pk for *_row, pk in few], viewer) if viewer.is_authenticated else {}
    places = sorted(Place(_ring(pk, near, viewer), closeness, name, pk) for closeness, name, pk in few)
    return [place for place in places if place.ring in rings and (after is None or place > after)][:most]


def _ring(pk: int, near: dict[int, tuple[bool, int]], viewer) -> int:
    direct, shared = near.get(pk, (False, 0))
    return 0 if direct or pk == viewer.pk else 1 if shared else 2


def _closeness(words: str):
    """0 for those whose names hold all the words, 1 for names and headlines, 2 for whatever else matched."""
    called = words_like(words)
    if called is None:
        return Value(0)
    said = SearchQuery(" & ".join(f"{word}:*AB" for word in fold(words).split()), config="simple", search_type="raw")
    return Case(
        When(name_words=called, then=Value(0)),  # which stands beside the name; all the words are longer
        When(searched__words=said, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _in_order(places: list[Place]) -> list[User]:
    """Return the members of these places; who left in this very moment is left out."""
    members = User.objects.in_bulk([place.pk for place in places])
    return [members[place.pk] for place in places if place.pk in members]
