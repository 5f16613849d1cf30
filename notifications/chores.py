"""What has to be done from time to time without anybody asking for it: reminders, saved searches, tidying.

An app above adds its chore in `ready()`. Every worker does all of them every few minutes
(`notifications.presence.TIDIES_EVERY`); so a chore looks for itself what is due, locks it, skips what another worker
has locked, and finds nothing to do the second time.
"""

from collections.abc import Callable

CHORES: list[Callable[[], object]] = []


def declare(chore: Callable[[], object]) -> None:
    """Let the workers do this from time to time."""
    CHORES.append(chore)
