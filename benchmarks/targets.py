"""What each page may take, in times of the floor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """At most so many times the floor's figure of the same name."""

    most: float
    figure: str = "p50"


def target_of(page: str, members: int) -> Target | None:
    """Return what a page may take; None of one that nothing is said about."""
    if page.startswith(("feed, 1,000", "feed, 10,000")):  # 2.5 times what somebody with a hundred sources waits
        return Target(1.75 * 2.5)
    if page.startswith(("feed", "highlights, 100 ")):
        return Target(1.75)
    if page.startswith("search"):
        return Target(6, "p95")
    if page.startswith("suggestions"):
        return Target(3)
    if page.startswith(("profile", "network", "connections", "conversation", "posting", "asking")):
        return Target(2)
    return None


PER_SECOND = 0.6
"""Of the floor's answers a second, by eight at once, that the feed gives at least."""
MEMORY = 110
"""MB of a worker, at most."""
HTML = 90 * 1024
"""Bytes of the feed's first page, uncompressed, at most."""
