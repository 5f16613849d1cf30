"""Who of many sees something, by the sentence that says it of one."""

from collections.abc import Callable, Collection
from functools import cache

from accounts.written_once import WrittenOnce


def who_find(scope: Callable, *, key: int, among: Collection[int]) -> set[int]:
    """Return those of some members, by their numbers, for whom `scope(member)` holds a key: one statement for all."""
    return _has(scope).whose(among, number=key)


@cache
def _has(scope: Callable) -> WrittenOnce:
    return WrittenOnce(lambda member, number: scope(member).filter(pk=number).values("pk"))
