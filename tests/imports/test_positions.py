import pytest

from accounts.models import User
from profiles.models import Position

pytestmark = pytest.mark.django_db
HEADER = ["Email Address", "Company Name", "Started On"]


def row(company="Delta Works", started="2004", email="ada@alumni.example"):
    return {"Email Address": email, "Company Name": company, "Started On": started}


@pytest.fixture(autouse=True)
def person(run, sheet, ada):
    run("import_roster", sheet(ada))
    return User.objects.get()


def test_positions_join_the_cv(run, sheet, person):
    said = run("import_positions", sheet(row(), row("Hydro Board", ""), header=HEADER))
    assert "2 added" in said
    assert {(job.organization, job.started_year) for job in person.positions.all()} == {
        ("River Authority", 2009),
        ("Delta Works", 2004),
        ("Hydro Board", None),
    }


def test_a_position_that_the_roster_brought_is_not_doubled(run, sheet, person):
    said = run("import_positions", sheet(row("RIVER authority", "2008"), header=HEADER))
    assert "1 changed" in said
    assert [(job.organization, job.started_year) for job in person.positions.all()] == [("RIVER authority", 2008)]


def test_a_second_run_changes_nothing(run, sheet):
    path = sheet(row(), row("Hydro Board"), header=HEADER)
    run("import_positions", path)
    before = list(Position.objects.order_by("pk").values())
    assert "Nothing changed." in run("import_positions", path)
    assert list(Position.objects.order_by("pk").values()) == before


def test_bad_rows_are_named(run, sheet, mended):
    said = run(
        "import_positions",
        sheet(
            row(email="nobody@alumni.example"),
            row(""),
            row(started="soon"),
            row(),
            row(started="2005"),
            row(),
            header=HEADER,
        ),
    )
    assert "line 2: nobody here has the address nobody@alumni.example; import the roster first" in said
    assert "line 3: Company Name is empty" in said
    assert "line 4: Started On is no year" in said
    assert "line 6: line 5 says something else of the same person and company" in said
    assert len(mended()) == 4


def test_members_keep_their_cv(run, sheet, ines):
    run("import_positions", sheet(row(email="ines@example.com"), header=HEADER))
    assert not ines.positions.exists()


def test_a_dry_run_changes_nothing(run, sheet, person):
    assert "1 added" in run("import_positions", sheet(row(), header=HEADER), dry_run=True)
    assert person.positions.count() == 1
