"""People of any kind, the nearest first, page by page (product.md §12, §13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value

from accounts.audiences import Audience
from accounts.models import User
from accounts.written_once import Among
from network.degrees import bridges_of, decorate
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


def nearest_first(people: QuerySet[User], *, viewer, after: Place | None, most: int) -> tuple[list[User], Place | None]:
    """Return up to `most` of some people, with their degree, and where the next page starts, if any.

    First oneself and one's connections, then those who share a connection, then the others; by name within each.
    """
    beyond = None
    if after is not None:
        # The last condition says nothing new; by it the index on names starts at the place.
        beyond = Q(name_folded__gt=after.name) | Q(name_folded=after.name, pk__gt=after.pk)
        beyond &= Q(name_folded__gte=after.name)
    first = after.ring if after else 0
    rows = _ring_by_ring(people, viewer=viewer, first=first, beyond=beyond, most=most + 1)
    places = [Place(*row) for row in rows]
    known = User.objects.in_bulk([place.pk for place in places[:most]])
    found = [known[place.pk] for place in places[:most] if place.pk in known]
    return decorate(found, viewer=viewer), (places[most - 1] if len(places) > most else None)


BY_NAME = ("name_folded", "pk")
NEAR, SECOND, OTHERS = RINGS = range(3)
SHARES = """EXISTS (
    SELECT 1 FROM network_connection link
    WHERE link.member_id = found.id AND (link.other_id IN (SELECT id FROM bridge)) IS TRUE OFFSET 0
)"""
"""Whether somebody `found` has a connection through whom a way leads to the viewer (`ties`)."""
FEW_TIES = 30
"""Up to so many connections of the viewer, all of theirs are gathered; of more, each person in turn is asked."""


def _ring_by_ring(people: QuerySet[User], *, viewer, first: int, beyond: Q | None, most: int) -> list[tuple]:
    """Return the first `most` of some people, the nearest first: their ring, and the fields of `BY_NAME`; by one query.

    `beyond` says where to go on within the ring `first`. Each ring is asked for only as far as those before it left
    room: the database skips the others, so that the many of a large community are neither counted nor sorted by how
    near they are.
    """
    known, values = ties(viewer)
    names: list[str] = []
    for number in RINGS:
        if number < first or (number != OTHERS and not viewer.is_authenticated):
            continue
        those = people if beyond is None or number != first else people.filter(beyond)
        before = " + ".join(["0", *(f"(SELECT count(*) FROM {name})" for name in names)])  # noqa: S608
        asked = _ring(number, those, viewer, most)
        union = " UNION ALL ".join(
            f"SELECT * FROM ({sql}) part WHERE {before} < {most:d} AND {when}"  # noqa: S608
            for sql, _values, when in asked
        )
        names.append(f"ring{number}")
        known.append(f"{names[-1]} AS MATERIALIZED ({union})")
        values += [value for _sql, some, _when in asked for value in some]
    every = " UNION ALL ".join(f"SELECT * FROM {name}" for name in names)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(known)} {every}", values)
        return sorted(cursor.fetchall())[:most]


def ties(viewer) -> tuple[list[str], list]:
    """Parts of a query, and their values: `mine`, the viewer and their connections; `bridge`, those who lead on."""
    if not viewer.is_authenticated:
        return [], []
    bridges, values = bridges_of(viewer)
    mine = "SELECT other_id AS id FROM network_connection WHERE member_id = %s UNION ALL SELECT %s"
    known = [f"mine AS MATERIALIZED ({mine})", f"bridge AS MATERIALIZED ({bridges})"]
    return known, [viewer.pk, viewer.pk, *values]


def _ring(number: int, people: QuerySet[User], viewer, most: int) -> list[tuple]:
    """The queries for a ring: their SQL, their values, and on what condition each is asked."""
    if not viewer.is_authenticated:
        return [(*_at_once(people, number, most), "true")]
    if number == NEAR:
        return [(*_at_once(connections_among(people, viewer), number, most), "true")]
    one_by_one = _one_by_one(people, number, most)
    if number == OTHERS:
        return [(*one_by_one, "true")]
    number_of_ties = "(SELECT count(*) FROM mine)"
    return [
        (*_at_once(_second(people, viewer), number, most), f"{number_of_ties} <= {FEW_TIES:d}"),
        (*one_by_one, f"{number_of_ties} > {FEW_TIES:d}"),
    ]


def _at_once(people: QuerySet[User], number: int, most: int) -> tuple[str, Iterable]:
    return people.order_by(*BY_NAME)[:most].values_list(Value(number), *BY_NAME).query.sql_with_params()


def _one_by_one(people: QuerySet[User], number: int, most: int) -> tuple[str, Iterable]:
    """People in their order, each asked in turn whether they share a connection, until enough do, or don't.

    What `network.degrees` says, from the other end. "OFFSET 0" keeps PostgreSQL from asking everybody at once.
    """
    sql, values = people.order_by(*BY_NAME).values_list(*BY_NAME, "connections_audience").query.sql_with_params()
    shares = f"(found.audience <> '{Audience.NOBODY}' AND {SHARES})"
    which = shares if number == SECOND else f"NOT {shares}"
    found = f"SELECT {number:d}, name_folded, id FROM ({sql} OFFSET 0) found (name_folded, id, audience)"  # noqa: S608
    return f"{found} WHERE NOT (found.id IN (SELECT id FROM mine)) AND {which} LIMIT {most:d}", values  # noqa: S608


def connections_among(people: QuerySet[User], viewer) -> QuerySet[User]:
    """Oneself and one's connections, of some people."""
    connected = Connection.objects.filter(member=viewer).values("other")
    own = connected.union(User.objects.filter(pk=viewer.pk).values("pk"), all=True)
    return people.filter(Among(F("pk"), ArraySubquery(own)))


def _second(people: QuerySet[User], viewer) -> QuerySet[User]:
    # As an array they are gathered once and looked up; as a subquery the planner now and then went through everybody.
    theirs = Connection.objects.filter(member__in=_between(viewer)).values("other")
    near = Among(F("pk"), ArraySubquery(theirs.distinct()))
    return people.filter(near).exclude(connections_audience=Audience.NOBODY).exclude(_is_near(viewer))


def numbered(numbers: list[int]):
    """The condition that a member is one of these: one value for the database, however many they are."""
    return Among(F("pk"), Value(numbers, ArrayField(BigIntegerField())))


def _is_near(viewer) -> Q:
    return Q(pk=viewer.pk) | Q(Exists(Connection.objects.filter(member=viewer, other=OuterRef("pk"))))


def _between(viewer) -> QuerySet[User]:
    """The viewer's connections through whom ways lead."""
    connected = Connection.objects.filter(member=viewer).values("other")
    return User.objects.visible_to(viewer).exclude(connections_audience=Audience.NOBODY).filter(pk__in=connected)


_RINGS_WRITTEN = {str(number) for number in RINGS}
