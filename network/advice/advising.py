"""From facts to one piece of advice: no queries, no clock, the same answer for the same facts."""

from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from network.advice.facts import Facts
from network.advice.moves import HOW, REACHING_OUT, WHAT_ELSE, Move
from network.advice.table import CONVERTING, OTHERWISE, TABLE, Row

REASONS = 2
"""How many reasons stand beside an advice at the most: §4."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One recommendation, why, and the other choice (product.md §4)."""

    row: str
    """The name of the row of the table that it comes from."""
    move: Move
    other: Move | None
    title: str
    reasons: tuple[str, ...]
    why: str
    context: str
    """What the page to ask has ticked already."""
    facts: Facts

    @property
    def query(self) -> str:
        """How the address of the page to ask goes on, so that it knows what stands here."""
        known = {"context": self.context, "said": self.facts.said}
        return urlencode({name: value for name, value in known.items() if value})

    @property
    def asks_for_more(self) -> bool:
        """Whether what the site can't know would change it: it says to listen first, and asking is open."""
        return self.facts.may_ask and self.move not in REACHING_OUT

    @property
    def is_converting(self) -> bool:
        return self.row == CONVERTING.name


def advise(facts: Facts) -> Advice | None:
    """Return what to do about somebody; None if nothing at all is open.

    The first row that holds decides. If what it advises isn't open, as at a closed door, what is open takes its place.
    """
    holding = [row for row in [CONVERTING, *TABLE] if row.holds(facts)] or [OTHERWISE]
    row = holding[0]
    move = _first_open((*row.advice, *WHAT_ELSE), facts)
    if move is None:
        return None
    return Advice(
        row=row.name,
        move=move,
        other=_first_open(HOW[move].others, facts),
        title=_title(row, move) % facts.words,
        reasons=tuple(_reasons(holding, facts)),
        why=_why(row, move) % facts.words,
        context=row.context or (facts.together_as if row.name == "together" else ""),
        facts=facts,
    )


def _first_open(moves: tuple[Move, ...], facts: Facts) -> Move | None:
    return next((move for move in moves if HOW[move].is_open(facts)), None)


def _title(row: Row, move: Move) -> str:
    if move == Move.CONNECT and row.naming:
        return _("Connect, and name %(it)s") % {"it": row.naming}
    return str(HOW[move].title)


def _why(row: Row, move: Move) -> str:
    """Why this move: in the words of the row where it is what the row advises, else in the move's own."""
    by_row = row.why if move in row.advice and move != Move.KEEP_FOLLOWING else ""
    return str(by_row or HOW[move].why)


def _reasons(holding: list[Row], facts: Facts) -> list[str]:
    """The facts that speak for it: that of the row which decides, and of the next one that points the same way."""
    first, *rest = holding
    alike = (row for row in rest if (row.advice[0] in REACHING_OUT) == (first.advice[0] in REACHING_OUT))
    rows = [first, *islice((row for row in alike if row.name != "nothing_shared"), REASONS - 1)]
    return [str(row.because) % facts.words for row in rows]
