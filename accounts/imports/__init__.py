"""Bringing people and what is known of them from a spreadsheet of an earlier system.

- `Sheet`: a CSV file, checked as a whole before its first row is taken (`sheet.py`)
- `Line`, `BadRowError`: one row of it, and why a row can't be taken (`sheet.py`)
- `ImportCommand`: a command that takes a sheet row by row, and tells how it went (`command.py`)
- `email_address`, `year`, `day`: what cells say (`cells.py`)
"""

from accounts.imports.cells import day, email_address, text, year
from accounts.imports.command import ImportCommand, Outcome
from accounts.imports.sheet import BadRowError, Line, Sheet, UnreadableSheetError

__all__ = [
    "BadRowError",
    "ImportCommand",
    "Line",
    "Outcome",
    "Sheet",
    "UnreadableSheetError",
    "day",
    "email_address",
    "text",
    "year",
]
