"""The whole way of an earlier system's people: import, claim, sign in; on a part of the reference network.

Where the data isn't at hand, sheets of the same form are made up. `benchmarks/reference_network.py` takes all of it.
"""

import csv
import random
import sys

import pytest

from accounts.models import User
from benchmarks import reference_network
from network.models import AgreedConnection, Connection

pytestmark = pytest.mark.django_db
PEOPLE = 60


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def part_of_the_reference_network(source, folder):
    """The people of the first connections, and what ties them."""
    ties = read(source / "connections.csv")
    around = dict.fromkeys(person for tie in ties for person in (tie["Email Address"], tie["Other Email Address"]))
    kept = set(list(around)[:PEOPLE])
    roster = [row for row in read(source / "roster.csv") if row["Email Address"] in kept]
    positions = [row for row in read(source / "positions.csv") if row["Email Address"] in kept]
    ties = [tie for tie in ties if {tie["Email Address"], tie["Other Email Address"]} <= kept]
    write(folder / "roster.csv", list(roster[0]), roster)
    write(folder / "positions.csv", list(positions[0]), positions)
    write(folder / "connections.csv", list(ties[0]), ties)
    return ties


def made_up_network(folder, sheets):
    """The same form, with a few people who know many."""
    dice = random.Random(1)
    emails = [f"person{number}@alumni.example" for number in range(PEOPLE)]
    roster = [
        {"First Name": f"Per{number}", "Last Name": "Øst", "Email Address": email, "Place": "Oslo, Norway",
         "Employer": "Works", "Employed Since": "2008", "School": "Høyskolen", "Class Year": "2006",
         "Interests": "Rivers; Chess", "Member Since": "2010-01-01"}
        for number, email in enumerate(emails)
    ]  # fmt: skip
    pairs = {tuple(sorted((int(dice.paretovariate(1)) % PEOPLE, dice.randrange(PEOPLE)))) for _ in range(500)}
    ties = [
        {"Email Address": emails[one], "Other Email Address": emails[other], "Connected On": "2011-05-06"}
        for one, other in sorted(pairs)
        if one != other
    ]
    positions = [{"Email Address": email, "Company Name": "Earlier", "Started On": "2001"} for email in emails]
    write(folder / "roster.csv", sheets["import_roster"], roster)
    write(folder / "positions.csv", sheets["import_positions"], positions)
    write(folder / "connections.csv", sheets["import_connections"], ties)
    return ties


SHEETS = {
    "import_roster": [
        "First Name", "Last Name", "Email Address", "Place", "Employer", "Employed Since", "School", "Class Year",
        "Interests", "Member Since",
    ],
    "import_positions": ["Email Address", "Company Name", "Started On"],
    "import_connections": ["Email Address", "Other Email Address", "Connected On"],
}  # fmt: skip


def test_everybody_claims_and_finds_their_network_as_it_was(tmp_path):
    source = reference_network.data_folder()
    if (source / "roster.csv").exists():
        ties = part_of_the_reference_network(source, tmp_path)
    else:
        sys.stderr.write("The reference network isn't at hand; made-up sheets take its place.\n")
        ties = made_up_network(tmp_path, SHEETS)
    reference_network.bring_in(tmp_path, tmp_path)
    assert not list(tmp_path.glob("bad-*"))
    assert AgreedConnection.objects.count() == len(ties)
    assert not Connection.objects.exists()
    assert reference_network.claim_everybody().count == PEOPLE
    assert not User.objects.filter(claimed_at__isnull=True).exists()
    assert Connection.objects.count() == 2 * len(ties)
    dates = {f"{agreed:%Y-%m-%d}" for agreed in Connection.objects.values_list("connected_at", flat=True)}
    assert dates == {tie["Connected On"] for tie in ties}
    assert reference_network.compare_with_graph(pairs=40) == []
    for page in reference_network.read_pages(reference_network.best_connected(), times=1):
        assert 0 < page.count <= (14 if "Profile" in page.what else 12 if page.what in ("Feed", "Search") else 10), page
