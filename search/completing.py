"""What the one box offers while somebody types: people, organizations, groups and events (product.md §13).

It is asked at every few keystrokes, so its queries are written once in each process: Django takes longer to write what
a member may see than PostgreSQL to find it (docs/decisions/0043-a-query-written-once.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import fold
from network.finding import RINGS, Those
from notifications.written_once import WrittenOnce
from search.people import FEW, ORDER, Place, first_of_ring, places_in_rings, places_of_few
from search.things import events_found, groups_found, organizations_found

PEOPLE = 5
OTHERS = 3
"""How many of each kind are offered."""
FACE = 96  # pixels
STAND_IN = "wordsthatnobodywrites"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something found, as one line: its name, what it is, where it is, and its face or its icon."""

    name: str
    said: str | Promise
    url: str
    icon: str = ""
    face_url: str = ""
    initials: str = ""
    tint: int = 0
    degree: str | Promise = ""


_KINDS = {
    "organization": (_("Organization"), "briefcase"),
    "group": (_("Group"), "users"),
    "event": (_("Event"), "calendar"),
}
_DEGREES = {1: _("1st"), 2: _("2nd")}


def offers(words: str, viewer) -> list[Offer]:
    """Return what to offer a member for the beginning of what they look for, in four queries."""
    folded = fold(words).split()
    if not folded:
        return []
    return [_person(each) for each in complete_people(folded, viewer)] + [
        Offer(name=name, said=_KINDS[kind][0], url=reverse(kind, args=[slug]), icon=_KINDS[kind][1])
        for kind, name, slug in _others(folded, viewer)
    ]


def _person(member: User) -> Offer:
    return Offer(
        name=member.name,
        said=member.headline,
        url=member.get_absolute_url(),
        face_url=reverse("photo", args=[member.face, FACE]) if member.face else "",
        initials=member.initials,
        tint=member.tint,
        degree=_DEGREES.get(member.degree, ""),
    )


def complete_people(folded: list[str], viewer) -> list[User]:
    """Return the people of whose names the folded words are beginnings, the nearest first, in three queries.

    Their degree is as far as it is known without looking further: None for those who share no connection.
    """
    few = _rows(_few_people().asking(folded, viewer))
    if len(few) > FEW:
        places = places_in_rings([ring.asking(folded, viewer) for ring in _rings()], most=PEOPLE)
    else:
        places = places_of_few(few, viewer=viewer)[:PEOPLE]
    shown = User.objects.only("first_name", "last_name", "handle", "headline", "photo_key", "photo_hidden_at")
    members = shown.in_bulk([place.pk for place in places])
    for place in places:
        if place.pk in members:
            members[place.pk].degree = _degree(place, viewer)
    return [members[place.pk] for place in places if place.pk in members]


def _degree(place: Place, viewer) -> int | None:
    if place.pk == viewer.pk:
        return 0
    return place.ring + 1 if place.ring < 2 else None


def _others(folded: list[str], viewer) -> list[tuple]:
    """The first few organizations, groups and events, by one query."""
    places = {"organization": 0, "group": 1, "event": 2}
    return sorted(_rows(_other_kinds().asking(folded, viewer)), key=lambda row: places[row[0]])


class Asking:
    """A query about words that is written once, for any words and any member."""

    def __init__(self, query: Callable[[str, User], QuerySet]) -> None:
        self.written = WrittenOnce(lambda member: query(STAND_IN, member))

    def asking(self, folded: list[str], viewer) -> tuple[str, list]:
        """Return the SQL and its parameters for folded words."""
        text, parameters = self.written.for_member(viewer)
        return text, [_with_words(value, folded) for value in parameters]


def _with_words(value, folded: list[str]):
    """The stand-in stands for one word; it is followed by what else is asked of each word ("a beginning", a weight)."""
    if not isinstance(value, str) or not value.startswith(STAND_IN):
        return value
    return " & ".join(word + value.removeprefix(STAND_IN) for word in folded)


@cache
def _few_people() -> Asking:
    return Asking(lambda words, member: _named(words, member).values_list(*ORDER)[: FEW + 1])


@cache
def _rings() -> list[Asking]:
    def of(number: int) -> Asking:
        return Asking(
            lambda words, member: first_of_ring(
                RINGS[number](Those(_named(words, member), None), member), number, most=PEOPLE
            )
        )

    return [of(number) for number in range(len(RINGS))]


def _named(words: str, member: User) -> QuerySet[User]:
    return User.objects.visible_to(member).named_like(words).annotate(closeness=Value(0))


@cache
def _other_kinds() -> Asking:
    def query(words: str, member: User) -> QuerySet:
        rows = [
            _few(organizations_found(words, member), "organization", "name", "closeness", "name_folded"),
            _few(groups_found(words, member), "group", "name", "closeness", "name_folded"),
            _few(events_found(words, member).upcoming(), "event", "title", "starts_at"),
        ]
        return rows[0].union(*rows[1:], all=True)

    return Asking(query)


def _few(found: QuerySet, kind: str, name: str, *order: str) -> QuerySet:
    return found.order_by(*order, "pk").values_list(Value(kind, CharField()), F(name), F("slug"))[:OTHERS]


def _rows(asked: tuple[str, list]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        return cursor.fetchall()
