"""Sheets of an earlier system, and the commands that take them."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

ROSTER = [
    "First Name",
    "Last Name",
    "Email Address",
    "Place",
    "Employer",
    "Employed Since",
    "School",
    "Class Year",
    "Interests",
    "Member Since",
]


@pytest.fixture
def sheet(tmp_path):
    """Return a function that writes a CSV file: rows are dictionaries, or texts as they should stand there."""

    def write(*rows, header=ROSTER, encoding="utf-8", name="people.csv"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            for row in rows:
                writer.writerow(row) if isinstance(row, dict) else file.write(row)
        return path

    return write


@pytest.fixture
def run(tmp_path):
    """Return a function that runs an import and returns what it says."""

    def run_import(command, path, **options):
        out, err = StringIO(), StringIO()
        call_command(
            command, path, **{"errors": tmp_path / "to-mend.csv"} | options, stdout=out, stderr=err, no_color=True
        )
        return out.getvalue() + err.getvalue()

    return run_import


@pytest.fixture
def mended(tmp_path):
    """The rows in the file of bad rows."""

    def read():
        with (tmp_path / "to-mend.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


ADA = {
    "First Name": "Ada",
    "Last Name": "Núñez de la  Cruz",
    "Email Address": "Ada@Alumni.example",
    "Place": "Lyon, France",
    "Employer": "River Authority",
    "Employed Since": "2009",
    "School": "École des Ponts",
    "Class Year": "2008",
    "Interests": "Rivers; Chess;rivers ; Opera",
    "Member Since": "2010-03-04",
}
WEI = {"First Name": "伟", "Last Name": "王", "Email Address": "wei@alumni.example"}


@pytest.fixture
def ada() -> dict:
    return dict(ADA)


@pytest.fixture
def wei() -> dict:
    return dict(WEI)
