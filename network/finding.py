"""People of any kind, the nearest first, page by page (product.md §12, §13)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from accounts.audiences import Audience
from accounts.models import User
from network.degrees import connections_shared_with, decorate
from network.models import Connection


@dataclass(frozen=True)
class Place:
    """Where a page of found people ends: how near the last one is, their name folded, and who they are."""

    ring: int
    name: str
    pk: int

    def __str__(self) -> str:
        return f"{self.ring}.{self.pk}.{self.name}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """Return the place that an address names; None if it names none, as the first page's does."""
        ring, _dot, rest = text.partition(".")
        pk, _dot, name = rest.partition(".")
        known = ring in _RINGS_WRITTEN and pk.isdecimal() and len(pk) < 19 and "\0" not in name
        return cls(int(ring), name, int(pk)) if known else None


def nearest_first(those: Those, *, viewer, after: Place | None, most: int) -> tuple[list[User], Place | None]:
    """Return up to `most` of some people, with their degree, and where the next page starts, if any.

    First oneself and one's connections, then those who share a connection, then the others; by name within
    each. Each ring is asked for by itself and only as far as the page has room, so that the many of a large
    community are neither counted nor sorted as a whole.
    """
    found: list[tuple[int, User]] = []
    for number in range(after.ring if after else 0, len(RINGS)):
        ring = RINGS[number](those, viewer).order_by("name_folded", "pk")
        if after is not None and after.ring == number:
            # The first condition says nothing new; by it the index on names starts at the place.
            beyond = Q(name_folded__gt=after.name) | Q(name_folded=after.name, pk__gt=after.pk)
            ring = ring.filter(beyond, name_folded__gte=after.name)
        found += [(number, member) for member in ring[: most + 1 - len(found)]]
        if len(found) > most:
            break
    people = decorate([member for _ring, member in found[:most]], viewer=viewer)
    if len(found) <= most:
        return people, None
    number, last = found[most - 1]
    return people, Place(number, last.name_folded, last.pk)


@dataclass(frozen=True)
class Those:
    """Some people whom the viewer may see, and their numbers if they are few."""

    people: QuerySet[User]
    numbers: list[int] | None


def _near(those: Those, viewer) -> QuerySet[User]:
    if not viewer.is_authenticated:
        return those.people.none()
    connected = Connection.objects.filter(member=viewer).values("other")
    return those.people.filter(pk__in=connected.union(User.objects.filter(pk=viewer.pk).values("pk")))


def _second(those: Those, viewer) -> QuerySet[User]:
    if not viewer.is_authenticated:
        return those.people.none()
    if those.numbers is not None:
        return those.people.filter(_shares(those, viewer)).exclude(_is_near(viewer))
    # As an array they are gathered once and looked up; as a subquery the planner now and then went through everybody.
    theirs = Connection.objects.filter(member__in=_between(viewer)).values("other")
    near = _Among(F("pk"), ArraySubquery(theirs.distinct()))
    return those.people.filter(near).exclude(connections_audience=Audience.NOBODY).exclude(_is_near(viewer))


class _Among(Func):
    """Whether a number is among those of an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _others(those: Those, viewer) -> QuerySet[User]:
    if not viewer.is_authenticated:
        return those.people
    return those.people.exclude(_shares(those, viewer)).exclude(_is_near(viewer))


def _is_near(viewer) -> Q:
    return Q(pk=viewer.pk) | Q(Exists(Connection.objects.filter(member=viewer, other=OuterRef("pk"))))


def _shares(those: Those, viewer) -> Q:
    """Whoever shares a connection with the viewer: what `network.degrees` says, asked from whichever end is smaller."""
    if those.numbers is not None:
        shared = connections_shared_with(viewer).filter(member__in=those.numbers)
        return Q(pk__in=shared.values("member"))
    hiding = Q(connections_audience=Audience.NOBODY)
    return ~hiding & Q(pk__in=Connection.objects.filter(member__in=_between(viewer)).values("other"))


def _between(viewer) -> QuerySet[User]:
    """The viewer's connections through whom ways lead."""
    connected = Connection.objects.filter(member=viewer).values("other")
    return User.objects.visible_to(viewer).exclude(connections_audience=Audience.NOBODY).filter(pk__in=connected)


RINGS = [_near, _second, _others]
_RINGS_WRITTEN = {str(number) for number in range(len(RINGS))}
