"""The nearest of many who match: more than are worth looking at one by one (product.md §13).

All are gathered once, by one statement, and each ring is taken out of them only as far as those before it left room.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from accounts.audiences import Audience
from accounts.models import User
from network.degrees import bridges_of
from network.finding import NEAR, OTHERS, SECOND

ORDER = ("closeness", "name_folded", "pk")
_COLUMNS = "closeness, name_folded, id"


def nearest_of_many(
    matches: QuerySet[User], *, viewer, after: tuple | None, most: int, rings: Iterable[int]
) -> list[tuple]:
    """Return the first `most` after a place, in order: their ring, and the fields of `ORDER`.

    `after` is such a row. Who shares a connection with the viewer is found from whichever side is smaller: the
    connections of the viewer's connections are gathered, or each match is asked for theirs.
    """
    if not viewer.is_authenticated:
        rings = [OTHERS] if OTHERS in rings else []
    first, *beyond = after or (NEAR,)
    rings = [ring for ring in rings if ring >= first]
    if not rings:
        return []
    sql, values = _gathered(matches, viewer)
    parts = []
    for ring in rings:
        room = " + ".join(["0", *(f"(SELECT count(*) FROM ring{other})" for other in rings if other < ring)])  # noqa: S608
        goes_on = "(closeness, name_folded, id) > (%s, %s, %s)" if beyond and ring == first else "true"
        values += beyond if beyond and ring == first else []
        order = f"ORDER BY {_COLUMNS} LIMIT {most:d}"
        next_ones = f"SELECT {ring:d} AS ring, {_COLUMNS} FROM ({_of(ring)}) those WHERE {goes_on} {order}"  # noqa: S608
        parts.append(f"ring{ring:d} AS MATERIALIZED (SELECT * FROM ({next_ones}) part WHERE {room} < {most:d})")  # noqa: S608
    every = " UNION ALL ".join(f"SELECT * FROM ring{ring:d}" for ring in rings)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{sql}, {', '.join(parts)} {every}", values)
        return sorted(cursor.fetchall())[:most]


def _gathered(matches: QuerySet[User], viewer) -> tuple[str, list]:
    """All that is looked at, each once: the matches, the viewer's connections, and whom these are connected with."""
    found, wanted = matches.order_by().values_list(*ORDER, "connections_audience").query.sql_with_params()
    if not viewer.is_authenticated:
        return f"WITH found ({_COLUMNS}, audience) AS MATERIALIZED ({found})", [*wanted]
    bridges, values = bridges_of(viewer)
    sql = f"""
        WITH mine AS MATERIALIZED (
            SELECT other_id AS id FROM network_connection WHERE member_id = %s UNION ALL SELECT %s
        ), bridge AS MATERIALIZED ({bridges}), found ({_COLUMNS}, audience) AS MATERIALIZED ({found}),
        side AS MATERIALIZED (
            SELECT (SELECT count(*) FROM bridge) <= (SELECT count(*) FROM found) AS is_mine
        ), second AS MATERIALIZED (
            SELECT DISTINCT link.other_id AS id FROM bridge CROSS JOIN LATERAL (
                SELECT other_id FROM network_connection WHERE member_id = bridge.id OFFSET 0
            ) link WHERE (SELECT is_mine FROM side)
        )
    """  # noqa: S608
    return sql, [viewer.pk, viewer.pk, *values, *wanted]


def _of(ring: int) -> str:
    """The matches of a ring; of the two ways to tell the second from the others the database goes one."""
    if ring == NEAR:
        return "SELECT * FROM found WHERE (id IN (SELECT id FROM mine)) IS TRUE"
    shares = {
        "(SELECT is_mine FROM side)": "(id IN (SELECT id FROM second)) IS TRUE",
        "NOT (SELECT is_mine FROM side)": """EXISTS (
            SELECT 1 FROM network_connection link
            WHERE link.member_id = found.id AND (link.other_id IN (SELECT id FROM bridge)) IS TRUE OFFSET 0
        )""",
    }
    is_open = f"audience <> '{Audience.NOBODY}'"
    told = {way: f"({is_open} AND {shared})" for way, shared in shares.items()}
    return " UNION ALL ".join(
        f"SELECT * FROM found WHERE {way} AND NOT ((id IN (SELECT id FROM mine)) IS TRUE) "  # noqa: S608
        f"AND {shared if ring == SECOND else f'NOT {shared}'}"
        for way, shared in told.items()
    )
