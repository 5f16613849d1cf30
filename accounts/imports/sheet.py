"""A CSV file that an operator hands over."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NOTES = ("Line", "Reason")
"""The columns that the file of bad rows has beside the sheet's own; they are ignored when it comes back."""


class UnreadableSheetError(ValueError):
    """The file as a whole can't be taken, and why."""


class BadRowError(ValueError):
    """A row can't be taken, and why."""


@dataclass
class Line:
    """One row of a sheet: its number as an editor counts lines, and its cells as they stand there."""

    number: int
    cells: list[str]
    values: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.values[column]


class Sheet:
    """A CSV file in UTF-8 with the columns that are asked for, in any order; read row by row, never as a whole."""

    def __init__(self, path: Path, columns: tuple[str, ...]):
        self.path, self.columns = path, columns
        self.rows = self._check_encoding()
        self.header = self._check_header()

    def __iter__(self) -> Iterator[Line]:
        """Give the rows, bad ones too: `check` says what is wrong with the shape of one."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            next(reader)
            while True:
                number = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise UnreadableSheetError(
                        f"Line {number} can't be read as CSV ({error}). Mend it first."
                    ) from None
                if any(cell.strip() for cell in cells):
                    yield Line(number, cells, dict(zip(self.header, (cell.strip() for cell in cells), strict=False)))

    def check(self, line: Line) -> None:
        """Raise `BadRowError` if the row doesn't have the shape of the header, or holds what no text holds."""
        if len(line.cells) != len(self.header):
            raise BadRowError(f"has {len(line.cells)} cells where the header has {len(self.header)}")
        for column, value in line.values.items():
            if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in value):
                raise BadRowError(f"{column} holds a control character")

    def _check_encoding(self) -> int:
        """Read the file once to see that all of it is UTF-8; return about how many rows it has."""
        decoder, lines = codecs.getincrementaldecoder("utf-8")(), 0
        try:
            with self.path.open("rb") as file:
                while block := file.read(1 << 16):
                    decoder.decode(block)
                    lines += block.count(b"\n")
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise UnreadableSheetError(
                f"{self.path} is not in UTF-8 (near line {lines + 1}). "
                "Save it again as “CSV UTF-8”; nothing was imported."
            ) from None
        except OSError as error:
            raise UnreadableSheetError(f"{self.path} can't be read: {error.strerror}.") from None
        return max(lines - 1, 0)

    def _check_header(self) -> list[str]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            try:
                header = [cell.strip() for cell in next(csv.reader(file, strict=True), [])]
            except csv.Error as error:
                raise UnreadableSheetError(f"The first line of {self.path} can't be read as CSV: {error}.") from None
        missing = [column for column in self.columns if column not in header]
        unknown = [column for column in header if column not in (*self.columns, *NOTES)]
        twice = [column for column in dict.fromkeys(header) if header.count(column) > 1]
        if not (missing or unknown or twice):
            return header
        wrong = [
            f"{sentence}: {', '.join(columns)}."
            for sentence, columns in (("Missing", missing), ("Not known", unknown), ("More than once", twice))
            if columns
        ]
        hint = " Separate the columns by commas." if len(header) == 1 and ";" in header[0] else ""
        raise UnreadableSheetError(
            f"The first line of {self.path} must name the columns {', '.join(self.columns)}. {' '.join(wrong)}{hint}"
        )
