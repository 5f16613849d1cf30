"""Members whose ties are set by hand, so that pages can be measured by how many sources a reader has.

They have the lowest numbers. In a small community large numbers are cut to a share of everybody.
"""

SOURCES = {0: (3, 4), 100: (5, 6), 1_000: (7, 8), 10_000: (9, 10)}
"""Readers by how many members they follow; they are connected with most of them."""
STARS = (11, 12, 13)
"""Followed by a fifth of everybody."""
QUIET = (14, 15)
"""Followed by ten."""
HUBS = (1, 2, 16, 17)
"""Connected with 10,000."""
LAST = 20

CONNECTED = 0.6
"""Of a reader's sources."""


def sources(members: int) -> dict[int, int]:
    """Readers, and how many sources they have in a community of such a size."""
    return {reader: min(many, members * 4 // 5) for many, readers in SOURCES.items() for reader in readers}


def hub(members: int) -> int:
    return min(10_000, members // 5)
