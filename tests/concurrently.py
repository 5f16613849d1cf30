"""Doing things at the same moment, in real transactions of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from accounts.refusals import Refusal


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each in a thread with a connection of its own.

    Returns what each returned, or the `Refusal` it raised; anything else that is raised is raised here.
    """
    start = Barrier(len(doings))

    def run(doing: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return doing()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, doing) for doing in doings]]
