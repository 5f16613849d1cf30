"""The nearest of many who match: more than are worth looking at one by one (product.md §13).

One statement, of which the database goes only as far as it must: it asks for each ring only where those before it left
room, and gathers all who match a frequent word only where somebody far away is asked for.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from accounts.audiences import Audience
from accounts.models import User
from accounts.written_once import Among
from network.finding import NEAR, OTHERS, SHARES, connections_among, ties

GATHERED = 3_000
"""Up to so many matches are gathered before anything else is asked of them."""
FEW_TIES = 200
"""Through more connections than these no others are gathered: then so many are near that a page is soon full."""
ORDER = ("closeness", "name_folded", "pk")
_COLUMNS = "closeness, name_folded, id"
_KEPT = f"{_COLUMNS}, audience"
_Part = tuple[str, list]


def nearest_of_many(
    matches: QuerySet[User], *, viewer, after: tuple | None, most: int, rings: Iterable[int]
) -> list[tuple]:
    """Return the first `most` after a place, in order: their ring, and the fields of `ORDER`. `after` is such a row."""
    if not viewer.is_authenticated:
        rings = [OTHERS] if OTHERS in rings else []
    first, *beyond = after or (NEAR,)
    rings = [ring for ring in rings if ring >= first]
    if not rings:
        return []
    sql, values = _known(matches, viewer)
    for ring in rings:
        room = " + ".join(["0", *(f"(SELECT count(*) FROM ring{other})" for other in rings if other < ring)])  # noqa: S608
        goes_on = "(closeness, name_folded, id) > (%s, %s, %s)" if beyond and ring == first else "true"
        parts = []
        for text, more in _ring(ring, matches, viewer):
            parts.append(f"(SELECT {_COLUMNS} FROM ({text}) those WHERE {goes_on} LIMIT {most:d})")  # noqa: S608
            values += [*more, *(beyond if ring == first else [])]
        those = f"SELECT {ring:d} AS ring, {_COLUMNS} FROM ({' UNION ALL '.join(parts)}) part"  # noqa: S608
        sql += f", ring{ring:d} AS MATERIALIZED (SELECT * FROM ({those}) found WHERE {room} < {most:d})"  # noqa: S608
    every = " UNION ALL ".join(f"SELECT * FROM ring{ring:d}" for ring in rings)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {every}", values)
        return sorted(cursor.fetchall())[:most]


def _known(matches: QuerySet[User], viewer) -> _Part:
    """What the rings are taken out of: some matches; all of them, in their order; whom connections are connected with.

    Who shares a connection is told from the smaller side (`is_mine`): by whom the viewer's connections are connected
    with, or by asking the matches in turn.
    """
    few, values = _as_kept(matches.order_by()[: GATHERED + 1])
    every, more = _as_kept(matches)
    found = f"""few ({_KEPT}) AS MATERIALIZED ({few}), size AS MATERIALIZED (
            SELECT count(*) <= {GATHERED:d} AS is_all, count(*) AS number FROM few
        ), found AS MATERIALIZED (
            SELECT * FROM (
                SELECT * FROM few WHERE (SELECT is_all FROM size)
                UNION ALL SELECT * FROM ({every}) every ({_KEPT}) WHERE NOT (SELECT is_all FROM size)
            ) one ORDER BY {_COLUMNS}
        )"""  # noqa: S608
    if not viewer.is_authenticated:
        return f"WITH {found}", [*values, *more]
    known, ties_values = ties(viewer)
    sql = f"""WITH {", ".join(known)}, {found}, side AS MATERIALIZED (
            SELECT (SELECT count(*) FROM bridge) <= LEAST(number, {FEW_TIES:d}) AS is_mine FROM size
        ), second AS MATERIALIZED (
            SELECT DISTINCT link.other_id AS id FROM bridge CROSS JOIN LATERAL (
                SELECT other_id FROM network_connection WHERE member_id = bridge.id OFFSET 0
            ) link WHERE (SELECT is_mine FROM side) AND NOT ((link.other_id IN (SELECT id FROM mine)) IS TRUE)
        )"""  # noqa: S608
    return sql, [*ties_values, *values, *more]


def _ring(ring: int, matches: QuerySet[User], viewer) -> list[_Part]:
    """The matches of a ring in their order, as far as they aren't in those before; in two parts, one of them empty."""
    if ring == NEAR:
        return [_in_order(connections_among(matches, viewer))]
    if not viewer.is_authenticated:
        return [("SELECT * FROM found", [])]
    shares = f"""(audience <> '{Audience.NOBODY}' AND CASE
        WHEN (SELECT is_mine FROM side) THEN (id IN (SELECT id FROM second)) IS TRUE ELSE {SHARES} END)"""  # noqa: S608
    others = "SELECT * FROM found WHERE NOT ((id IN (SELECT id FROM mine)) IS TRUE)"
    if ring == OTHERS:
        return [(f"{others} AND NOT {shares}", [])]
    at_once = "(SELECT NOT is_all FROM size) AND (SELECT is_mine FROM side)"
    near = matches.filter(Among(F("pk"), RawSQL("ARRAY(SELECT id FROM second)", ())))
    text, values = _in_order(near.exclude(connections_audience=Audience.NOBODY))
    return [
        (f"SELECT * FROM ({text}) near WHERE {at_once}", values),  # noqa: S608
        (f"{others} AND NOT ({at_once}) AND {shares}", []),
    ]


def _in_order(people: QuerySet[User]) -> _Part:
    text, values = _as_kept(people.order_by(*ORDER))
    return f"SELECT * FROM ({text}) kept ({_KEPT})", values  # noqa: S608


def _as_kept(people: QuerySet[User]) -> _Part:
    text, values = people.values_list(*ORDER, "connections_audience").query.sql_with_params()
    return text, [*values]
