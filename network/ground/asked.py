"""Queries about many members, written once and asked of any of them (`accounts.written_once`).

What may be seen of groups, events and organizations are long sentences: Django needs some 20 ms to write one of these
queries as SQL, the database 1 ms to answer it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from accounts import prepared
from accounts.written_once import WrittenOnce

OTHERS = RawSQL("ARRAY(SELECT id FROM others)", ())
"""Stands in such a query for the numbers of the members that it is asked of."""

Numbers = Iterable[int] | WrittenOnce


class Sql(NamedTuple):
    """A query, and its values."""

    text: str
    values: list

    def rows(self) -> list[tuple]:
        return prepared.rows(self.text, self.values)


def about(others: Numbers, viewer, steps: dict[str, WrittenOnce], ending: str, *values: object) -> Sql:
    """Return the query that gathers `steps`, each under its name, one after the other, and then asks `ending` of them.

    `others` are numbers of members, or what finds them for the viewer, which becomes part of the query.
    """
    if isinstance(others, WrittenOnce):
        numbers, known = others.for_member(viewer)
    else:
        numbers, known = "SELECT unnest(%s::bigint[])", ([*others],)
    parts, gathered = [f"others (id) AS MATERIALIZED ({numbers})"], [*known]
    for name, step in steps.items():
        text, more = step.for_member(viewer)
        parts.append(f"{name} AS MATERIALIZED ({text})")
        gathered += more
    return Sql(f"WITH {', '.join(parts)} {ending}", [*gathered, *values])
