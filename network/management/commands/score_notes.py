"""Scores the note coach against notes that somebody labelled by hand."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.coach import coach
from network.models import ConnectionRequest

LINES = ("name", "short", "who", "specific", "no_pitch")
COLUMNS = ("recipient", "sender", "context", "note", *LINES)


class BadRowError(ValueError):
    """A row can't be scored, and why."""


@dataclass
class Score:
    """How well one line finds the notes that fail it."""

    found: int = 0
    missed: int = 0
    wrongly: int = 0
    passed: int = 0
    not_judged: int = 0

    @property
    def precision(self) -> float | None:
        """Of the failures that the coach found, how many are ones; None if it found none."""
        return _share(self.found, self.found + self.wrongly)

    @property
    def recall(self) -> float | None:
        """Of the failures that there are, how many the coach found; None if there are none."""
        return _share(self.found, self.found + self.missed)

    @property
    def accuracy(self) -> float | None:
        return _share(self.found + self.passed, self.found + self.passed + self.missed + self.wrongly)

    def count(self, *, ok: bool | None, labelled_ok: bool) -> None:
        """Count one note. A line that the coach can't judge counts as no failure found."""
        self.not_judged += ok is None
        if labelled_ok:
            self.passed, self.wrongly = self.passed + (ok is not False), self.wrongly + (ok is False)
        else:
            self.missed, self.found = self.missed + (ok is not False), self.found + (ok is False)


class Command(BaseCommand):
    help = (
        "Score the note coach against labelled notes: precision and recall of finding a failure, and accuracy, for "
        "each line, and the rows where the two differ. The columns are recipient, sender (full names), context ("
        + ", ".join(ConnectionRequest.Context.values)
        + "; scored as not proved), note, and 1 (kept) or 0 (failed) for "
        + ", ".join(LINES)
        + "; others are ignored. A line that the coach can't judge, as in a language that it doesn't know, counts as "
        "no failure found."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE.csv", help="labelled notes, in UTF-8")

    def handle(self, *args, **options) -> None:
        scores = {line: Score() for line in LINES}
        differing: list[str] = []
        bad: list[str] = []
        rows = 0
        for path in options["files"]:
            for place, row in read_rows(path, many=len(options["files"]) > 1):
                try:
                    differing += [f"{place}: {words}" for words in score(row, scores)]
                    rows += 1
                except BadRowError as reason:
                    bad.append(f"{place}: {reason}")
        self._print(scores, rows)
        self._list("Rows that differ", differing)
        self._list("Rows that can't be scored", bad)

    def _print(self, scores: dict[str, Score], rows: int) -> None:
        self.stdout.write(f"{rows} notes\n\n")
        self.stdout.write(
            f"{'line':10}{'precision':>10}{'recall':>10}{'accuracy':>10}{'failures':>10}{'not judged':>12}"
        )
        for line, score in scores.items():
            shares = "".join(f"{_figure(share):>10}" for share in (score.precision, score.recall, score.accuracy))
            self.stdout.write(f"{line:10}{shares}{score.found + score.missed:>10}{score.not_judged:>12}")

    def _list(self, title: str, sentences: list[str]) -> None:
        self.stdout.write(f"\n{title}: {len(sentences)}")
        for sentence in sentences:
            self.stdout.write(f"  {sentence}")


def score(row: dict[str, str], scores: dict[str, Score]) -> list[str]:
    """Count one row in `scores`; return a sentence for each line in which coach and label differ."""
    labels = {line: _label(row, line) for line in LINES}
    if not row["recipient"].strip():
        raise BadRowError("recipient is empty")
    if row["context"].strip() not in ConnectionRequest.Context.values:
        raise BadRowError(f"context is {row['context']!r}, none of {', '.join(ConnectionRequest.Context.values)}")
    note = row["note"]
    differing = []
    for line in coach(note, recipient=row["recipient"], sender=row["sender"], context=row["context"].strip()):
        scores[line.key].count(ok=line.ok, labelled_ok=labels[line.key])
        if labels[line.key] != (line.ok is not False):
            words = f" ({', '.join(line.words(note))})" if line.marks else ""
            says = {True: "kept", False: "failed", None: "not judged"}[line.ok]
            label = "kept" if labels[line.key] else "failed"
            differing.append(f"{line.key} is labelled {label}, the coach says {says}{words}: {' '.join(note.split())}")
    return differing


def _label(row: dict[str, str], line: str) -> bool:
    value = row[line].strip()
    if value not in ("0", "1"):
        raise BadRowError(f"{line} is {value!r}, neither 1 nor 0")
    return value == "1"


def read_rows(path: Path, *, many: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each row, and the words for where it stands; a row that lacks cells has them empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [cell.strip().casefold() for cell in next(reader, [])]
            if missing := [column for column in COLUMNS if column not in header]:
                raise CommandError(f"{path} has no column {', '.join(missing)}. It needs {', '.join(COLUMNS)}.")
            before = reader.line_num
            for cells in reader:
                place = f"{path.name}, line {before + 1}" if many else f"line {before + 1}"
                before = reader.line_num
                if any(cell.strip() for cell in cells):
                    yield place, dict.fromkeys(header, "") | dict(zip(header, cells, strict=False))
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not in UTF-8.") from error
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
    except csv.Error as error:
        raise CommandError(f"{path} can't be read as CSV: {error}.") from error


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _figure(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
