"""How Highlights puts the feed in order.

Each post that the feed holds gets points for five things, and the post with the most points stands first:

- **It is new.** 40 points when it is posted, half as many after a day, a quarter after two, and so on.
- **Who says it.** 24 points if you are connected with whoever says it or passes it on, 12 if you follow them, 10 if an
  organization says it that you follow, or somebody in a group of yours, or with a tag that you follow, 6 if it is your
  own. In its first hour your own
  gets 60, so that you see it arrive.
- **You answer each other.** 6 points for each day of the last 60 on which you and they answered each other's posts or
  comments, up to four days.
- **What you share.** Up to 16 points for your common ground: mutual connections, groups, events, employers, schools.
- **What others make of it.** Likes, comments by people you may see, and reposts: 4 points for one of them, and 4 more
  each time their number doubles, up to 20.

If you chose to see less of somebody, what they say gets a quarter of its points. Connections hold at least half of
every page while there is anything left from them. Nothing else counts: nobody pays for a place, and nothing that you
read, how long you read it, or what you look for is kept or used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import log2

NEW, HALVES_EVERY = 40, timedelta(days=1)
TIES = {"connection": 24, "follow": 12, "organization": 10, "group": 10, "tag": 10, "own": 6}
OWN_AT_FIRST, FIRST = 60, timedelta(hours=1)
DAY_OF_ANSWERS, MOST_DAYS = 6, 4
GROUND, MUCH_GROUND = 16, 40
"""Points for common ground that weighs as much as `MUCH_GROUND` or more, by `network.ground.weights`; less for less."""
RESPONSE, MOST_FOR_RESPONSE = 4, 20
LESS = 0.25


class Signal(StrEnum):
    """What gives a post points."""

    NEW = "n"
    TIE = "t"
    ANSWERS = "a"
    GROUND = "g"
    RESPONSE = "r"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a post for one reader at one moment.

    `tie` is a key of `TIES`; `days`, on which reader and author answered each other; `ground`, how much they share;
    `responses`, how many likes, comments and reposts there are; `is_less`, that the reader wants to see less of them.
    """

    posted_at: datetime
    tie: str
    days: int = 0
    ground: int = 0
    responses: int = 0
    is_less: bool = False


def points(facts: Facts, *, at: datetime) -> dict[Signal, float]:
    """Return how many points each signal gives."""
    age = max(at - facts.posted_at, timedelta())
    given = {
        Signal.NEW: NEW * 0.5 ** (age / HALVES_EVERY),
        Signal.TIE: OWN_AT_FIRST if facts.tie == "own" and age < FIRST else TIES[facts.tie],
        Signal.ANSWERS: DAY_OF_ANSWERS * min(facts.days, MOST_DAYS),
        Signal.GROUND: GROUND * min(facts.ground / MUCH_GROUND, 1),
        Signal.RESPONSE: min(RESPONSE * log2(1 + facts.responses), MOST_FOR_RESPONSE),
    }
    return {signal: number * LESS for signal, number in given.items()} if facts.is_less else given


def strongest(given: dict[Signal, float]) -> Signal:
    """Return the signal that gave the most; of equal ones, the first."""
    return max(given, key=lambda signal: given[signal])


def compose(near: Sequence[tuple], far: Sequence[tuple], *, limit: int) -> list[tuple]:
    """Return a page of the best of both, in order, at least half of it from `near` while anything of that is left.

    Each of the two is in order; of two rows, the smaller comes first.
    """
    page: list[tuple] = []
    taken_near = taken_far = 0
    while len(page) < limit and (taken_near < len(near) or taken_far < len(far)):
        is_full = taken_far >= limit // 2
        if taken_near == len(near) or (taken_far < len(far) and not is_full and far[taken_far] < near[taken_near]):
            page.append(far[taken_far])
            taken_far += 1
        else:
            page.append(near[taken_near])
            taken_near += 1
    return page
