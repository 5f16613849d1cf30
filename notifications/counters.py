"""What the header of every page counts.

An app above adds its counter in `ready()`: a QuerySet of what waits for a member. None is counted beyond 100, since
the page says "99+" there. One query counts them all, but those that are dear to count and mostly nothing: of these it
says only whether there may be something, and a second query counts them then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, Expression, QuerySet

from accounts.counting import UpTo
from accounts.models import User
from accounts.written_once import WrittenOnce
from notifications.kinds import KINDS
from notifications.models import Notice

MOST = 100


@dataclass(frozen=True)
class Counter:
    """What waits for a member: `rows(member)`.

    Where these are dear to count, `perhaps(member)` is all that may be among them, found by an index.
    """

    rows: Callable[[User], QuerySet]
    perhaps: Callable[[User], QuerySet] | None = None


COUNTERS: dict[str, Counter] = {
    # To ask who may see notices takes a plan of some four hundred steps: 1.4 ms, even where none is there.
    "notices": Counter(
        lambda member: Notice.objects.visible_to(member).unread(),
        perhaps=lambda member: Notice.objects.filter(recipient=member.pk).unread(),
    ),
}


def declare(name: str, waiting_for: Callable[[User], QuerySet]) -> None:
    """Add what `waiting_for(member)` holds to the header's counts, as `waiting.<name>`."""
    COUNTERS[name] = Counter(waiting_for)


def count_waiting(member: User) -> dict[str, int]:
    """Return each counter's number for a member, by one query or two."""
    look, count = _queries(tuple(COUNTERS.items()), tuple(KINDS.values()))
    found = dict(zip(COUNTERS, look.rows(member)[0], strict=True))
    dear = [name for name in COUNTERS if COUNTERS[name].perhaps]
    if any(found[name] for name in dear):
        found |= zip(dear, count.rows(member)[0], strict=True)
    return {name: int(number) for name, number in found.items()}


def first_look(member: User) -> QuerySet:
    """One row: the number of each counter in their order, or whether there may be something where it is dear."""
    return _row(
        member,
        [Exists(one.perhaps(member)) if one.perhaps else UpTo(one.rows(member), MOST) for one in COUNTERS.values()],
    )


def dear_counts(member: User) -> QuerySet:
    """One row: the numbers of the counters that are dear, in their order."""
    return _row(member, [UpTo(one.rows(member), MOST) for one in COUNTERS.values() if one.perhaps])


def _row(member: User, columns: list[Expression]) -> QuerySet:
    return User.objects.filter(pk=member.pk).values_list(*columns)


@lru_cache(maxsize=1)
def _queries(counters: tuple, kinds: tuple) -> tuple[WrittenOnce, WrittenOnce]:
    """The two queries, as long as the counters and kinds are the same, which is always but in tests."""
    return WrittenOnce(first_look), WrittenOnce(dear_counts)
