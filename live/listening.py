"""The one connection to the database with which a process listens for what is told, and asks who may hear it."""

import logging
import selectors
import time

import psycopg
from django.core.cache import cache
from django.db import DatabaseError, connection

from live.telling import CHANNEL, Told, read

PAUSES = (0.5, 1, 2, 4, 8, 15)
"""Seconds before the first, second, … attempt to reach the database again; later ones are as far apart as the last."""

HEARS_WITHIN = 5
"""Seconds within which it hears what is said to it as it begins, or it hears nothing at all."""
HELLO = '["hello",null,[]]'
NOTED_FOR = 300
"""Seconds for which it is known to operators that some process hears nothing; it says so each minute."""
_NOTE = "live-hears-nothing"
logger = logging.getLogger(__name__)


class Listener:
    """Listens on Django's connection of the thread that it is used in, which therefore nothing else may use.

    `since` is the moment from which everything was heard; None while nothing is. It is `deaf` where what stands between
    gives each transaction another connection, so that nothing ever arrives.
    """

    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.since: float | None = None
        self.hears = False
        self.attempts = 0
        self.again_at = 0.0
        self.watched = -1

    def begin(self) -> bool:
        """Listen, unless it does or it is too early to try again. Returns whether it began just now."""
        if self.since is not None or time.monotonic() < self.again_at:
            return False
        self.hears = False
        try:
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute("SET application_name TO 'acquaint, live'")
                cursor.execute(f"LISTEN {CHANNEL}")
            _say_hello()
        except (DatabaseError, psycopg.Error, OSError) as problem:
            self.lose(problem)
            return False
        self.watched = self.selector.register(connection.connection, selectors.EVENT_READ).fd
        self.since, self.attempts = time.time(), 0
        return True

    def is_deaf(self) -> bool:
        return self.since is not None and not self.hears and time.time() - self.since > HEARS_WITHIN

    def heard(self) -> list[Told]:
        """What was told since it was asked last, the same only once. Nothing while the database is away."""
        if self.since is None:
            return []
        try:
            payloads = dict.fromkeys(notify.payload for notify in connection.connection.notifies(timeout=0))
        except (DatabaseError, psycopg.Error, OSError) as problem:
            self.lose(problem)
            return []
        self.hears = self.hears or HELLO in payloads
        return [read(payload) for payload in payloads if payload != HELLO]

    def lose(self, problem: Exception) -> None:
        """Note that the database is away, and when to try again."""
        if self.attempts == 0:
            logger.warning("Live pages wait for the database: %s", str(problem).strip())
        if self.since is not None:
            self.selector.unregister(self.watched)  # before its number is another's
        pause = PAUSES[min(self.attempts, len(PAUSES) - 1)]
        self.since, self.attempts, self.again_at = None, self.attempts + 1, time.monotonic() + pause
        connection.close()


def _say_hello() -> None:
    """Say something by another connection: what one says itself one hears even where one hears nothing else."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, HELLO])
    finally:
        other.close()


def note_deafness() -> None:
    """Let operators know that a process hears nothing, whichever process they ask."""
    cache.set(_NOTE, True, NOTED_FOR)


def some_process_is_deaf() -> bool:
    """Whether a process of the web server has lately listened to the database and heard nothing."""
    return bool(cache.get(_NOTE))
