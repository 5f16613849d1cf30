"""Telling the open pages of members that there is something to fetch.

An action calls `tell`; the messages go through PostgreSQL (`NOTIFY`), to whoever listens on `CHANNEL`.
"""

import json
from collections.abc import Iterable

from django.db import connection

CHANNEL = "live"
LONGEST = 7_900  # bytes of a payload; PostgreSQL takes less than 8,000
WORDS = frozenset({"messages", "requests", "notices", "posts", "sessions"})
"""What there may be to fetch:

- `messages`: the conversation that is the key: written in, edited, read, put aside
- `requests`: what waits for an answer under Network
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


def written(members: list[int], what: str, key: int | None) -> list[str]:
    """Return the payloads that name these members, each short enough for PostgreSQL."""
    at_once = (LONGEST - len(_written([], what, key))) // (len(str(max(members))) + 1) if members else 1
    return [_written(members[start : start + at_once], what, key) for start in range(0, len(members), at_once)]


def read(payload: str) -> tuple[list[int], str, int | None]:
    """Return what was told: to whom, the word, and the key."""
    what, key, members = json.loads(payload)
    return members, what, key


def send(payloads: list[str]) -> None:
    """Let PostgreSQL send the payloads when the transaction commits; at once, if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) payload", [CHANNEL, payloads])


def _written(members: list[int], what: str, key: int | None) -> str:
    return json.dumps([what, key, members], separators=(",", ":"))
