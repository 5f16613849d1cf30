"""What the import commands share."""

import csv
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from itertools import batched
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from tqdm import tqdm

from accounts.imports.sheet import NOTES, BadRowError, Line, Sheet, UnreadableSheetError


class Outcome(StrEnum):
    """What became of a row that could be taken."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "the same as before"
    THEIRS = "left to members who have claimed their accounts"


class ImportCommand(BaseCommand):
    """Takes a sheet row by row: each wholly or not at all, safe to repeat, bad rows kept in a file to mend.

    A command says its `columns`, and in `take(line)` what a row does; it raises `BadRowError` if it can't.
    """

    columns: tuple[str, ...]
    rows_together = 250
    """How many rows are written in one transaction, each behind a savepoint of its own."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help=f"with the columns {', '.join(self.columns)}")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--errors", type=Path, metavar="FILE", help="where bad rows are kept (NAME.to-mend.csv)")

    def handle(self, *args, **options) -> None:
        try:
            sheet = Sheet(options["file"], self.columns)
            errors = options["errors"] or Path(f"{options['file'].stem}.to-mend.csv")
            if errors.exists() and errors.samefile(options["file"]):
                raise UnreadableSheetError(f"Bad rows can't be kept in {errors}, which is being read. Choose --errors.")
            self.options = options
            self.dry_run = options["dry_run"]
            self.tally: Counter[str] = Counter()
            self.bad: list[tuple[Line, str]] = []
            self.take_all(sheet)
            self.finish()
        except UnreadableSheetError as reason:
            raise CommandError(str(reason)) from None
        self.report(sheet, errors)

    def take_all(self, sheet: Sheet) -> None:
        progress = tqdm(sheet, total=sheet.rows, unit=" rows", file=self.stderr._out, disable=None, leave=False)
        for lines in batched(progress, self.rows_together):
            with transaction.atomic():
                self.take_together(self._well_shaped(sheet, lines))
                if self.dry_run:
                    transaction.set_rollback(True)

    def take_together(self, lines: Iterable[Line]) -> None:
        """Take some rows within one transaction."""
        for line in lines:
            try:
                with transaction.atomic():
                    self.tally[self.take(line)] += 1
            except BadRowError as reason:
                self.keep(line, str(reason))
            except DatabaseError as error:
                self.keep(line, f"the database refuses it: {str(error).splitlines()[0]}")

    def take(self, line: Line) -> Outcome:
        """Take one row; raise `BadRowError` if it can't be."""
        raise NotImplementedError

    def finish(self) -> None:
        """Do what comes after the last row."""

    def keep(self, line: Line, reason: str) -> None:
        """Keep a bad row and its reason."""
        self.bad.append((line, reason))

    def _well_shaped(self, sheet: Sheet, lines: Iterable[Line]) -> list[Line]:
        good = []
        for line in lines:
            try:
                sheet.check(line)
            except BadRowError as reason:
                self.keep(line, str(reason))
            else:
                good.append(line)
        return good

    def report(self, sheet: Sheet, errors: Path) -> None:
        """Say what happened, in plain words, and write the bad rows to their file."""
        say, taken = self.stdout.write, sum(self.tally.values())
        say(f"{sheet.path}: {taken + len(self.bad)} rows" + (" (a dry run: nothing was changed)" * self.dry_run))
        for outcome, count in sorted(self.tally.items()):
            say(f"  {count} {outcome}")
        if taken and not self.bad and set(self.tally) <= {Outcome.SAME, Outcome.THEIRS}:
            say("Nothing changed.")
        if not self.bad:
            return
        self.bad.sort(key=lambda one: one[0].number)
        for line, reason in self.bad[:20]:
            self.stderr.write(f"  line {line.number}: {reason}")
        if len(self.bad) > 20:
            self.stderr.write(f"  … and {len(self.bad) - 20} more")
        own = [column for column in sheet.header if column not in NOTES]
        with errors.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*own, *NOTES])
            for line, reason in self.bad:
                writer.writerow([*(line.values.get(column, "") for column in own), line.number, reason])
        self.stderr.write(f"  {len(self.bad)} bad rows are kept in {errors}; mend them there and import that file.")
