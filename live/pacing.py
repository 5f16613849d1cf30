"""What goes on being told for a while: one more, of which a process tells only now and then.

`live.telling.tell_of_one_more` is what an action calls.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from live.telling import UNTOLD

APART = UNTOLD + 0.1
"""Seconds between one time that a page is told and the next; by then all is there of which a process didn't tell."""
Thing = tuple[int, str, int | None]
"""A member, and what there is to fetch: a word and a key."""
Things = dict[int, dict[tuple[str, int | None], None]]
"""By member, what there is to fetch: words and keys."""


@dataclass
class Turn:
    """When a thing is told next, and until when something may have happened that nobody tells."""

    at: float
    until: float


class Paced:
    """The things of which more may follow: each is told at once, and again while more is heard of, but not sooner.

    So the last one arrives too, and twenty thousand cost a page no more than they last.
    """

    def __init__(self) -> None:
        self.turns: dict[Thing, Turn] = {}

    def heard(self, things: Iterable[Thing], *, now: float) -> Iterator[Thing]:
        """Take note that there is more of some things; yields those that are told at once."""
        for thing in things:
            if thing in self.turns:
                self.turns[thing].until = now + APART
            else:
                self.turns[thing] = Turn(at=now + APART, until=now + APART)
                yield thing

    def next_at(self) -> float:
        """When something is told again; never, if nothing is."""
        return min((turn.at for turn in self.turns.values()), default=float("inf"))

    def due(self, *, now: float) -> list[Thing]:
        """Return what is to be told again by now."""
        due = [(thing, turn) for thing, turn in self.turns.items() if turn.at <= now]
        for thing, turn in due:
            if turn.until <= now:
                del self.turns[thing]
            else:
                turn.at = now + APART
        return [thing for thing, _turn in due]


def of_each(things: Iterable[Thing]) -> Things:
    """By member, what there is to fetch."""
    found: Things = {}
    for member, what, key in things:
        found.setdefault(member, {})[what, key] = None
    return found
