"""What the words of a note add up to: points for each, fitted to labelled notes by `manage.py fit_notes`.

Phrases know what they mean, and miss whatever nobody listed. Points mean nothing by themselves, but every word of a
note has a say: "our", "clients" and "save" next to each other sell, whatever is sold. The two verdicts are added up.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from network.coach.line import Span
from network.coach.note import Cell, Note
from network.coach.vocabulary import pairs

SCALE = 20  # points that make the odds of failing e times as high
ENOUGH = {"who": -5, "specific": 0, "no_pitch": -18}  # a note fails above these
FEW = 16  # words; in a shorter note the phrases count for more
MARKED = 4  # words that are named as those that made a note fail
BASE = "*"  # what every note has
_FLAGS = "rwevit"  # kinds of words that count; see `patterns.KINDS`
_TOGETHER = (
    ("trade", "benefit"), ("trade", "contact"), ("trade", "target"), ("benefit", "target"),
    ("recruit", "contact"), ("money", "trade"), ("urgent", "trade"), ("past", "thanks"),
)  # fmt: skip
_LONG = 8  # words of a step of length
_SHOUTED = 3  # words in capitals that are shouting
_MONEY = re.compile(r"[$€£₹]")


def fails(note: Note, line: str, *, phrases: int) -> bool:
    """Whether a note fails a line, by its own points and by `phrases`, those for what the phrases say of it.

    Where a language has no points, the phrases decide.
    """
    points = pairs(note.language, f"points/{line}") if note.language else {}
    if not points or not note.cells:
        return phrases > 0
    total = sum(int(points.get(feature, 0)) for feature in features(note))
    return total + phrases * max(1, FEW / len(note.cells)) > ENOUGH[line]


def fields(note: Note) -> Counter[str]:
    """Return how many different words of each field (`fields.txt`) a note has."""
    return Counter(field for word in {cell.word for cell in note.cells} for field in _fields(note.language, word))


def heaviest(note: Note, line: str) -> list[Span]:
    """Return the words that weigh most for failing `line`, in their order."""
    points = pairs(note.language, f"points/{line}")
    weights = Counter()
    for feature, cells in features(note).items():
        for cell in cells:
            weights[cell.start, cell.end] += int(points.get(feature, 0)) / len(cells)
    return sorted(span for span, weight in weights.most_common(MARKED) if weight > 0)


def features(note: Note) -> dict[str, list[Cell]]:
    """Return what of a note may have points, and the words that have it: words, pairs, fields, kinds and signs."""
    cells, read = note.cells, [_as_read(cell) for cell in note.cells]
    found: dict[str, list[Cell]] = {BASE: []}
    for cell, word in zip(cells, read, strict=True):
        found.setdefault(word, []).append(cell)
        for flag in set(cell.flags) & set(_FLAGS):
            found.setdefault(f"kind {flag}", []).append(cell)
    for (one, left), (other, right) in pairwise(zip(cells, read, strict=True)):
        found.setdefault(f"{left} {right}", []).extend((one, other))
    return found | _counted(note) | _signs(note)


def _counted(note: Note) -> dict[str, list[Cell]]:
    """Return the fields, by how many words of them there are, and those that stand together."""
    found: dict[str, list[Cell]] = {}
    for field, count in fields(note).items():
        bearing = [cell for cell in note.cells if field in _fields(note.language, cell.word)]
        found |= {f"field {field} {least}": bearing for least in (1, 2, 3, 4) if count >= least}
    for one, other in _TOGETHER:
        if f"field {one} 1" in found and f"field {other} 1" in found:
            found[f"field {one} and {other}"] = []
    if "field trade 1" in found:
        said = {cell.word for cell in note.cells}
        found |= {"field trade and we": []} if said & {"we", "our", "us"} else {}
        found |= {"field trade and ?": []} if "?" in note.read else {}
    if ("field trade 1" in found or "field benefit 1" in found) and any(cell.word == "your" for cell in note.cells):
        found["field trade and your"] = []
    return found


def _signs(note: Note) -> dict[str, list[Cell]]:
    things = sum("i" in cell.flags for cell in note.cells)
    names = sum("c" in cell.flags and "s" not in cell.flags for cell in note.cells)
    shouted = sum(token.raw.isupper() and len(token.raw) > len("OK") for token in note.tokens)
    signs = [f"? {min(note.read.count('?'), 2)}", f"! {min(note.read.count('!'), 3)}"]
    signs += [f"long {min(len(note.cells) // _LONG, 6)}"]
    signs += [f"things {least}" for least in (1, 2, 3, 4, 6) if things >= least]
    signs += [f"names {least}" for least in (1, 2, 3, 4, 6) if names >= least]
    signs += ["percent"] * ("%" in note.read) + ["money"] * bool(_MONEY.search(note.read))
    signs += ["shouting"] * (shouted >= _SHOUTED)
    return {f"sign {sign}": [] for sign in signs}


def _as_read(cell: Cell) -> str:
    """Return what stands for a word: its stem, or of which kind it is where it is a name, a number or an address."""
    for flag, kind in (("n", "<you>"), ("m", "<me>"), ("u", "<url>"), ("q", "<number>")):
        if flag in cell.flags:
            return kind
    if "c" in cell.flags and "s" not in cell.flags and "o" not in cell.flags:
        return "<name>"
    return _stem(cell.word)


@lru_cache(4096)
def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > len("the"):
            return word.removesuffix(ending)
    return word.rstrip("e") if len(word) > len("there") - 1 else word


@lru_cache(4096)
def _fields(language: str, word: str) -> tuple[str, ...]:
    return tuple(field for field, listed in pairs(language, "fields").items() if word in listed.split())
