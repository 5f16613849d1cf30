"""Telling the open pages of members that there is something to fetch.

An action calls `tell`; the messages go through PostgreSQL (`NOTIFY`), to whoever listens on `CHANNEL`.
"""

import json
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection, transaction

CHANNEL = "live"
LONGEST = 7_900  # bytes of a payload; PostgreSQL takes less than 8,000
UNTOLD = 0.5
"""Seconds in which a process tells of no more of the same, after it has told of one more (`tell_of_one_more`)."""
MOST_REMEMBERED = 1_000
WORDS = frozenset({"messages", "requests", "notices", "posts", "sessions"})
"""What there may be to fetch:

- `messages`: the conversation that is the key: written in, edited, read, put aside
- `requests`: the request that is the key, received or sent, under Network
- `notices`: what is under Notices
- `posts`: what is new in the feed; the key is the post, and nobody is named (`announce`)
- `sessions`: nothing; the streams of these members look whether they may go on
"""


def tell(members: Iterable[int], what: str, key: int | None = None) -> None:
    """Tell the open pages of `members`, by their numbers, that there is something to fetch: one of `WORDS`.

    It is part of the transaction: PostgreSQL sends it when that commits, the same only once, and never after a
    rollback. It costs one short statement, for however many members, and reaches those who have a page open now.
    It is no promise that anything may be seen; whoever fetches it is asked again.
    """
    if what not in WORDS:
        raise ValueError(f"Nobody listens for {what!r}; live.telling.WORDS says what there is.")
    if payloads := written(sorted(set(members)), what, key):
        send(payloads)


def announce(what: str, key: int) -> None:
    """Tell whoever hears of it, without naming them: the processes that hold the streams find them out.

    It is told like anything else, by one short statement, however many hear of it (`live.registers.hearers`).
    """
    if what not in WORDS:
        raise ValueError(f"Nobody listens for {what!r}; live.telling.WORDS says what there is.")
    send([_written([], what, key)])


def tell_of_one_more(member: int, what: str, key: int) -> None:
    """Tell a member that there is one more in what a key names, where there may be a hundred in a second.

    A process tells it only now and then, and says so: those who listen look again once it would have told of the next
    (`live.pacing`). Whether to tell is decided after the commit, so what isn't told is there when they look. It costs
    one who comes after others a look into memory, and no statement.
    """
    transaction.on_commit(lambda: _tell_now_and_then(member, what, key), robust=True)


_told_at: dict[tuple[int, str, int], float] = {}
"""When this process last told a member of one more in what a key names."""


def _tell_now_and_then(member: int, what: str, key: int) -> None:
    now, thing = time.monotonic(), (member, what, key)
    if now - _told_at.get(thing, -UNTOLD) < UNTOLD:
        return
    if len(_told_at) >= MOST_REMEMBERED:
        _told_at.clear()  # at worst it tells once more
    send([_written([member], what, key, more=True)])
    _told_at[thing] = now  # from before it was sent: who listens counts from later


def written(members: list[int], what: str, key: int | None) -> list[str]:
    """Return the payloads that name these members, each short enough for PostgreSQL."""
    at_once = (LONGEST - len(_written([], what, key))) // (len(str(max(members))) + 1) if members else 1
    return [_written(members[start : start + at_once], what, key) for start in range(0, len(members), at_once)]


class Told(NamedTuple):
    """What was told: to whom, the word, and the key; and whether more may follow that isn't told."""

    members: list[int]
    what: str
    key: int | None
    more: bool = False


def read(payload: str) -> Told:
    what, key, members, *more = json.loads(payload)
    return Told(members, what, key, bool(more))


def send(payloads: list[str]) -> None:
    """Let PostgreSQL send the payloads when the transaction commits; at once, if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) payload", [CHANNEL, payloads])


def _written(members: list[int], what: str, key: int | None, *, more: bool = False) -> str:
    return json.dumps([what, key, members, *[1] * more], separators=(",", ":"))
