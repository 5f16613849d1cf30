"""Fits the note coach's points to notes that somebody labelled by hand."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from network.coach.note import Note
from network.coach.points import BASE, ENOUGH, SCALE, features
from network.coach.vocabulary import FOLDER
from network.management.commands.score_notes import read_rows

TURNS = 15  # how often all notes are gone through
STEP, SLOWER = 0.3, 0.3  # how far points move for a note, and by how much less in each turn
DRAWN_BACK = 10  # how strongly points are drawn towards nothing
SEEN = {"word": 2, "pair": 2}  # in how many notes a feature has to be
LEAST = 2  # points that are worth a line
HEAD = """\
# Points towards failing this line, by what a note has: words as stems, pairs of them, fields (fields.txt), kinds and
# signs; see points.py. Written by `manage.py fit_notes`: label more notes and fit again rather than change a number.
"""


class Command(BaseCommand):
    help = (
        "Fit the points of the note coach's lines (network/coach/words/en/points) to labelled notes, those in the "
        "columns that score_notes reads. Notes in a language that the coach doesn't know are left out. The same notes "
        "in the same order give the same points."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE.csv", help="labelled notes, in UTF-8")

    def handle(self, *args, **options) -> None:
        rows = [row for path in options["files"] for _place, row in read_rows(path, many=True)]
        notes = [Note(row["note"], recipient=row["recipient"], sender=row["sender"]) for row in rows]
        known = [(row, sorted(features(note))) for row, note in zip(rows, notes, strict=True) if note.language]
        for line in ENOUGH:
            points = fit([found for _row, found in known], [row[line].strip() == "0" for row, _found in known])
            path = FOLDER / "en" / "points" / f"{line}.txt"
            path.parent.mkdir(exist_ok=True)
            entries = "".join(f"{feature} = {points[feature]}\n" for feature in sorted(points))
            path.write_text(HEAD + entries, encoding="utf-8")
            self.stdout.write(f"{line}: {len(points)} features of {len(known)} notes have points.")


def fit(notes: Sequence[Sequence[str]], failing: Sequence[bool]) -> dict[str, int]:
    """Return the points of each feature: a logistic regression, by stochastic gradient descent, in whole numbers."""
    seen = Counter(feature for found in notes for feature in found)
    kept = [[feature for feature in found if seen[feature] >= _needed(feature)] for found in notes]
    weights: dict[str, float] = dict.fromkeys((feature for found in kept for feature in found), 0.0)
    order, shuffle = list(range(len(kept))), random.Random(1).shuffle  # noqa: S311: the same each time
    for turn in range(TURNS):
        shuffle(order)
        step = STEP / (1 + turn * SLOWER)
        for number in order:
            total = max(-20.0, min(20.0, sum(weights[feature] for feature in kept[number])))
            error = 1 / (1 + math.exp(-total)) - failing[number]
            for feature in kept[number]:
                back = 0 if feature == BASE else DRAWN_BACK * weights[feature] / len(kept)
                weights[feature] -= step * (STEP * error + back)
    points = {feature: round(weight * SCALE) for feature, weight in weights.items()}
    return {feature: value for feature, value in points.items() if abs(value) >= LEAST}


def _needed(feature: str) -> int:
    return SEEN["pair" if " " in feature and not feature.startswith(("field ", "kind ", "sign ")) else "word"]
