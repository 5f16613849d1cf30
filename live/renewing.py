"""How many rows a list has that an open page asks for anew."""

from math import ceil

MOST_HELD = 100
"""Rows that an open page may ask for at once."""


def whole_pages(held: int, *, of: int) -> int:
    """Return how many rows to find for a page that holds so many: whole pages `of` a size, up to `MOST_HELD` rows."""
    return of * max(1, ceil(min(held, MOST_HELD) / of))
