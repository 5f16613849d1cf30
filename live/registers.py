"""What the apps above know about events: who may go on listening, who may see what an event names, who hears of it.

An app adds its function in `ready()`. They are asked by the process that holds the streams, for every event anew.
"""

from collections.abc import Callable, Collection

may_go_on: list[Callable] = []
"""Called as `find(tickets)`: a dict of those tickets (`live.stream.Ticket`) that still hold, each with its member."""

who_find: list[Callable] = []
"""Called as `find(scope, key=number, among=numbers)`: those of some members in whose scope a key is."""

scopes: dict[str, Callable] = {}
"""By word, called as `scope(member)`: a QuerySet of what a key of this word may name for the member. Whoever doesn't
find it there is told nothing; without a scope, or a key, a word is nobody's secret but the member's own."""

hearers: dict[str, Callable] = {}
"""By word, called as `find(key=number, among=numbers)`: those members among some who might hear of it, where the action
names nobody because it would have to name thousands."""


def who_may_hear(what: str, key: int | None, *, among: Collection[int]) -> set[int]:
    """Return those of some members, by their numbers, who may hear of what an event names."""
    scope = scopes.get(what)
    if key is None or scope is None:
        return {*among}
    (find,) = who_find
    return find(scope, key=key, among=among)
