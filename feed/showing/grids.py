"""The pictures of a card: how they stand, and how wide, said before a browser knows: it chooses the file by that.

The numbers are those of the style sheets (`layout.css`, `card.css`, `picture.css`); a browser test compares both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from feed.models import Picture
from feed.pictures import Shown, shown

CLASSES = ("", "picture", "picture two", "picture three", "picture four")
"""By how many there are."""


@dataclass(frozen=True)
class Column:
    """How wide the words of a card are, in rem: beside other columns, on their own, and what the phone leaves out."""

    beside: float
    alone: float
    edges: float


FEED = Column(30.5, 42, 4)
PAGE = Column(46.5, 42, 4)
"""Any other page; some have no second column, and are a little narrower."""

_TALLEST = 34
"""Of a picture that stands alone, in rem."""
_COVER = (1, 1 / 2)
_CELLS = {2: (1 / 2, 1 / 2), 3: (1 / 2, 1 / 3), 4: (1 / 2, 1 / 3)}
_FIRST_OF_THREE = (1 / 2, 2 / 3)
"""Width and height of a place that a picture fills, as shares of the column's width."""


def in_quote(column: Column) -> Column:
    """Return the column of what a card quotes."""
    return Column(column.beside - 2, column.alone - 2, column.edges + 2)


def in_grid(pictures: Sequence[Picture], column: Column) -> list[Shown]:
    """Return how the pictures of a card are shown."""
    cells = [_CELLS.get(len(pictures)) for _picture in pictures]
    if len(cells) == 3:
        cells[0] = _FIRST_OF_THREE
    return [_shown(picture, cell, column) for picture, cell in zip(pictures, cells, strict=True)]


def as_cover(pictures: Sequence[Picture], column: Column) -> Shown | None:
    """Return how the first picture of an article is shown on its card."""
    return _shown(pictures[0], _COVER, column) if pictures else None


def _shown(picture: Picture, cell: tuple[float, float] | None, column: Column) -> Shown:
    return shown(picture, sizes=_sizes(round(picture.width / picture.height, 1), cell, column))


@lru_cache(maxsize=1000)
def _sizes(ratio: float, cell: tuple[float, float] | None, column: Column) -> str:
    """A place that is filled cuts off what is too much of a picture, so that one may be wider than its place."""
    share = max(cell[0], cell[1] * ratio) if cell else 1
    most = inf if cell else _TALLEST * ratio
    beside, alone = (min(width * share, most) for width in (column.beside, column.alone))
    return (
        f"(min-width:64rem) {beside:.3g}rem,(min-width:40rem) {alone:.3g}rem,"
        f"calc({100 * share:.3g}vw - {column.edges * share:.3g}rem)"
    )
