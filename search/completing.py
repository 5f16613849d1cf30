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
from accounts.written_once import WrittenOnce
from feed.tags.finding import tags_like
from network.degrees import near_of
from network.finding import connections_among
from search.things import events_found, groups_found, organizations_found

PEOPLE = 5
OTHERS = 3
"""How many of each kind are offered."""
CONNECTIONS = 8
"""How many of one's connections of a name or handle are looked at."""
SOME = 40
"""Among how many people of a name, besides one's connections, the nearest are looked for."""
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
    "organization": (_("Organization"), "building-2"),
    "group": (_("Group"), "users"),
    "event": (_("Event"), "calendar"),
}
_DEGREES = {1: _("1st"), 2: _("2nd")}


def offers(words: str, viewer) -> list[Offer]:
    """Return what to offer a member for the beginning of what they look for, in three queries; of a #tag, tags."""
    if words[:1] in ("#", "＃"):
        return [
            Offer(name=f"#{name}", said=_("Tag"), url=reverse("tag", args=[name]), icon="hash")
            for name in tags_like(words[1:], viewer=viewer, most=PEOPLE)
        ]
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


def complete_people(folded: list[str], viewer, *, handle: str = "", most: int = PEOPLE) -> list[User]:
    """Return people of whose names the folded words are beginnings, the nearest first, in two queries.

    Of the viewer's connections all are looked through; of everybody else only some, or a short beginning would cost
    as much as the community is large. Degrees are as far as they are known without looking further. Who has a
    `handle` that begins so is found too, by one query more, and whose it is exactly comes first.
    """
    rows = _rows(_people().asking(folded, viewer)) + (_rows(_by_handle().asking([handle], viewer)) if handle else [])
    people = {row[0]: User(**dict(zip(SHOWN, row, strict=True))) for row in rows}
    near = near_of(people, viewer)
    for member in people.values():
        direct, shared = near.get(member.pk, (False, 0))
        member.degree = 0 if member.pk == viewer.pk else 1 if direct else 2 if shared else None
    return sorted(
        people.values(),
        key=lambda member: (member.handle != handle, _RING[member.degree], member.name_folded, member.pk),
    )[:most]


_RING = {0: 0, 1: 0, 2: 1, None: 2}
SHOWN = ("id", "first_name", "last_name", "name_folded", "handle", "headline", "photo_key", "photo_hidden_at")


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
def _people() -> Asking:
    """The viewer's first connections of a name, and some of all people of that name."""

    def query(words: str, member: User) -> QuerySet:
        named = User.objects.visible_to(member).named_like(words)
        connections = connections_among(named, member).order_by("name_folded", "pk")[:CONNECTIONS]
        return connections.values_list(*SHOWN).union(named.values_list(*SHOWN)[:SOME], all=True)

    return Asking(query)


@cache
def _by_handle() -> Asking:
    """Who has a handle, the viewer's first connections whose handle begins so, and some of all others."""

    def query(handle: str, member: User) -> QuerySet:
        seen = User.objects.visible_to(member)
        begun = seen.filter(handle__startswith=handle)
        connections = connections_among(begun, member).order_by("handle")[:CONNECTIONS].values_list(*SHOWN)
        some = begun.values_list(*SHOWN)[:CONNECTIONS]
        return seen.filter(handle=handle).values_list(*SHOWN).union(connections, some, all=True)

    return Asking(query)


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
