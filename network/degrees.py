"""How far apart two members are: 1st, 2nd and 3rd degree, and the connections they share (product.md §11).

A connection counts towards others' degree and mutual connections unless either end hides theirs; one's own
always count for oneself. A way leads only through people whom the viewer may see.

The two queries are written out: they start from the few people at either end and meet in the middle, whatever
the planner knows of the tables. Left to itself, it now and then tried every pair of members.
"""

from collections.abc import Iterable
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from accounts import prepared
from accounts.audiences import Audience
from accounts.models import User
from accounts.written_once import Among, WrittenOnce
from network.models import Connection


def decorate(members: Iterable[User], *, viewer) -> list[User]:
    """Set `degree` and `mutual_count` on each of `members`, as `viewer` sees them, in at most two queries.

    `degree` is 0 for the viewer, 1 to 3 for those near, None for everybody else and for a visitor.
    """
    members = list(members)
    for member in members:
        member.degree, member.mutual_count = (0 if member.pk == viewer.pk else None), 0
    others = {member.pk: member for member in members if member.pk != viewer.pk}
    if not viewer.is_authenticated or not others:
        return members
    near = near_of(others, viewer)
    open_ones = [pk for pk, member in others.items() if member.connections_audience != Audience.NOBODY]
    third = _third([pk for pk in open_ones if pk not in near], viewer)
    for member in members:
        if member.pk in others:
            direct, member.mutual_count = near.get(member.pk, (False, 0))
            member.degree = 1 if direct else 2 if member.mutual_count else 3 if member.pk in third else None
    return members


def mutual_connections(member: User, viewer):
    """Return the members connected with both, as `viewer` may know it."""
    if not viewer.is_authenticated or member.pk == viewer.pk:
        return User.objects.none()
    return User.objects.visible_to(viewer).filter(
        Exists(Connection.objects.counted().filter(member=member, other=OuterRef("pk"))),
        pk__in=Connection.objects.of(viewer).values("other"),
    )


def near_of(others: Iterable[int] | WrittenOnce, viewer) -> dict[int, tuple[bool, int]]:
    """Say of whoever is near: whether they are a connection, and how many the viewer shares with them.

    `others` are numbers of members, or what finds them for the viewer, which becomes part of the one query.
    """
    return {pk: (direct, shared) for pk, direct, shared in prepared.rows(*near_sql(others, viewer)) if direct or shared}


def near_sql(others: Iterable[int] | WrittenOnce, viewer) -> tuple[str, list]:
    """The query of `near_of`: number, whether directly connected, how many are shared; some rows may say neither."""
    met, met_values = _met_of_anybody().for_member(viewer)
    if isinstance(others, WrittenOnce):
        numbers, wanted_values = others.for_member(viewer)
        wanted = f"ARRAY({numbers})"
    else:
        wanted, wanted_values = "%s::bigint[]", (list(others),)
    sql = f"""
        WITH link AS MATERIALIZED (
            SELECT member_id, other_id FROM network_connection
            WHERE member_id = ANY({wanted}) AND (
                other_id = %s OR other_id IN (SELECT other_id FROM network_connection WHERE member_id = %s)
            )
        ), bridge AS MATERIALIZED ({met}), met AS MATERIALIZED (
            SELECT link.member_id AS id, bool_or(link.other_id = %s) AS direct, count(bridge.id) AS shared
            FROM link LEFT JOIN bridge ON bridge.id = link.other_id AND link.other_id <> %s
            GROUP BY link.member_id
        )
        SELECT met.id, met.direct, CASE WHEN member.connections_audience <> %s THEN met.shared ELSE 0 END AS shared
        FROM met CROSS JOIN LATERAL (
            SELECT connections_audience FROM accounts_user WHERE accounts_user.id = met.id LIMIT 1
        ) member
    """  # noqa: S608
    pk = viewer.pk
    return sql, [*wanted_values, pk, pk, *met_values, pk, pk, Audience.NOBODY]


def _third(others: list[int], viewer) -> set[int]:
    """Return who of `others` is connected with somebody that shares a connection with the viewer.

    From the side with fewer people is looked at whom they are connected with: the viewer's connections, or those of
    the others; then in turn, until the first way is found.
    """
    if not others:
        return set()
    bridges, bridge_values = _seen_among("SELECT id FROM mine WHERE (SELECT is_mine FROM side)").for_member(viewer)
    seen, seen_values = _seen_among("SELECT id FROM met").for_member(viewer)
    visible, visible_values = _seen_among("SELECT id FROM ending").for_member(viewer)
    last, last_values = _seen_among("SELECT link.other_id").for_member(viewer)
    sql = f"""
        WITH mine AS MATERIALIZED (
            SELECT other_id AS id FROM network_connection WHERE member_id = %s
        ), ending AS MATERIALIZED (
            SELECT DISTINCT other_id AS id FROM network_connection WHERE member_id = ANY(%s::bigint[])
        ), side AS MATERIALIZED (
            SELECT (SELECT count(*) FROM mine) <= (SELECT count(*) FROM ending) AS is_mine
        ), bridge AS MATERIALIZED ({bridges}), met AS MATERIALIZED (
            SELECT DISTINCT link.other_id AS id FROM bridge CROSS JOIN LATERAL (
                SELECT other_id FROM network_connection WHERE member_id = bridge.id OFFSET 0
            ) link WHERE (link.other_id IN (SELECT id FROM ending)) IS TRUE
        ), seen AS MATERIALIZED ({seen}), visible AS MATERIALIZED ({visible})
        SELECT far.id FROM unnest(%s::bigint[]) AS far (id)
        CROSS JOIN LATERAL (
            SELECT 1 FROM network_connection
            WHERE member_id = far.id AND other_id = ANY(ARRAY(SELECT id FROM seen)) LIMIT 1
        ) one
        WHERE (SELECT is_mine FROM side)
        UNION ALL
        SELECT far.id FROM unnest(%s::bigint[]) AS far (id)
        CROSS JOIN LATERAL (
            SELECT 1 FROM network_connection first
            CROSS JOIN LATERAL (
                SELECT 1 FROM network_connection link
                WHERE link.member_id = first.other_id AND (link.other_id IN (SELECT id FROM mine)) IS TRUE
                AND EXISTS ({last} OFFSET 0) LIMIT 1
            ) met
            WHERE first.member_id = far.id AND first.other_id = ANY(ARRAY(SELECT id FROM visible)) LIMIT 1
        ) one
        WHERE NOT (SELECT is_mine FROM side)
    """  # noqa: S608
    values = [viewer.pk, others, *bridge_values, *seen_values, *visible_values, others, others, *last_values]
    return {pk for (pk,) in prepared.rows(sql, values)}


def bridges_of(viewer) -> tuple[str, list]:
    """The viewer's own connections, as far as ways lead through them."""
    return _bridges_of_anybody().for_member(viewer)


@cache
def _met_of_anybody() -> WrittenOnce:
    """Of the other ends of `link`, those through whom ways lead: only they are looked at, not all connections."""
    link = RawSQL("ARRAY(SELECT other_id FROM link)", ())
    return WrittenOnce(lambda viewer: _through(viewer, link))


@cache
def _bridges_of_anybody() -> WrittenOnce:
    return WrittenOnce(lambda viewer: _ends(viewer, Connection.objects.of(viewer)))


@cache
def _seen_among(some: str) -> WrittenOnce:
    """Of some people, as a part of the query selects them, those through whom ways lead."""
    numbers = RawSQL(f"ARRAY({some})", ())  # noqa: S611 - words of ours
    return WrittenOnce(lambda viewer: _through(viewer, numbers))


def _ends(viewer, connections) -> QuerySet:
    """Those other ends whom the viewer may see and who don't hide their connections."""
    return _through(viewer, ArraySubquery(connections.values("other")))


def _through(viewer, numbers) -> QuerySet:
    """Of an array of numbers, the members whom the viewer may see and who don't hide their connections."""
    ends = User.objects.visible_to(viewer).exclude(connections_audience=Audience.NOBODY)
    return ends.filter(Among(F("pk"), numbers)).values("id")
