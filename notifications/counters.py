"""What the header of every page counts.

An app above adds its counter in `ready()`: a QuerySet of what waits for a member. All are counted by one query,
and none beyond 100, since the page says "99+" there.
"""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import IntegerField, QuerySet, Subquery

from accounts.models import User
from accounts.written_once import WrittenOnce
from notifications.kinds import KINDS
from notifications.models import Notice

MOST = 100

COUNTERS: dict[str, Callable[[User], QuerySet]] = {
    "notices": lambda member: Notice.objects.visible_to(member).unread(),
}


def declare(name: str, waiting_for: Callable[[User], QuerySet]) -> None:
    """Add what `waiting_for(member)` holds to the header's counts, as `waiting.<name>`."""
    COUNTERS[name] = waiting_for


class _Count(Subquery):
    """How many rows a QuerySet has, `MOST` at the most, as one number of a greater query."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk")[:MOST])


def count_waiting(member: User) -> dict[str, int]:
    """Return each counter's number for a member, by one query."""
    (numbers,) = _query(tuple(COUNTERS.items()), tuple(KINDS.values())).rows(member)
    return dict(zip(COUNTERS, numbers, strict=True))


def counts(member: User) -> QuerySet:
    """One row: the number of each counter, in their order."""
    counted = {f"count_{name}": _Count(waiting_for(member)) for name, waiting_for in COUNTERS.items()}
    return User.objects.filter(pk=member.pk).values_list(*counted.values())


@lru_cache(maxsize=1)
def _query(counters: tuple, kinds: tuple) -> WrittenOnce:
    """The query, as long as the counters and kinds are the same, which is always but in tests."""
    return WrittenOnce(counts)
