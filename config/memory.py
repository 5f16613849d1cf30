"""Keeping a worker of the web server small, but for its connections.

What is written once in a process (statements, templates) takes much more memory while it is written than afterwards,
and with glibc's way of giving memory out to threads it isn't given back: a worker kept 20 MB that it had used once.
"""

import contextlib
import ctypes
import resource
from collections.abc import Callable
from itertools import count

EVERY = 500
"""After so many requests of a worker, what isn't used is given back to the system; it takes a millisecond or two."""
M_ARENA_MAX = -8
MOST_OPEN = 20_000

_requests = count(1)


def use_one_heap() -> None:
    """Let all threads of this process share one heap; only one of them runs Python at a time anyhow."""
    if mallopt := _of_glibc("mallopt"):
        mallopt(M_ARENA_MAX, 1)


def give_back_now_and_then() -> None:
    """Give what isn't used back to the system, every so many calls."""
    if next(_requests) % EVERY == 0 and (trim := _of_glibc("malloc_trim")):
        trim(0)


def allow_many_connections() -> None:
    """Let this process hold as many connections as the system allows, up to `MOST_OPEN`: each open page is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # some systems say that they allow more than they do
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_connections() -> int:
    """How many connections and files this process may hold."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_OPEN if soft == resource.RLIM_INFINITY else min(soft, MOST_OPEN)


def _of_glibc(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, where it has it: others than glibc don't."""
    return getattr(ctypes.CDLL(None), name, None)
