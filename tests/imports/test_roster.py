from datetime import UTC, datetime

import pytest
from django.core.management import CommandError
from django.urls import reverse

from accounts.models import Invitation, User
from notifications.models import Email, Notice
from profiles.models import Interest, Position

pytestmark = pytest.mark.django_db


def test_a_row_becomes_an_account_that_waits_to_be_claimed(run, sheet, ada):
    said = run("import_roster", sheet(ada))
    assert "1 added" in said
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.email) == ("Ada", "Núñez de la Cruz", "ada@alumni.example")
    assert (user.handle, user.place) == ("ada-nunez-de-la-cruz", "Lyon, France")
    assert user.joined_at == datetime(2010, 3, 4, tzinfo=UTC)
    assert user.claimed_at is None
    assert not user.has_usable_password()
    assert [(job.organization, job.started_year) for job in user.positions.all()] == [("River Authority", 2009)]
    assert [(one.school, one.ended_year) for one in user.educations.all()] == [("École des Ponts", 2008)]
    assert [interest.name for interest in user.interests.all()] == ["Rivers", "Chess", "Opera"]


def test_unclaimed_people_are_seen_by_nobody(run, sheet, ada, as_member, ines, visitor):
    run("import_roster", sheet(ada))
    ada = User.objects.get(email="ada@alumni.example")
    for viewer in (ines, visitor):
        assert ada not in User.objects.visible_to(viewer)
        assert as_member(viewer).get(reverse("report", args=["member", ada.pk])).status_code in (302, 404)
    assert not ada.is_active


def test_empty_cells_stay_empty(run, sheet, wei):
    run("import_roster", sheet(wei))
    user = User.objects.get()
    assert user.name == "伟 王"
    assert user.handle.startswith("m-")
    assert not (user.positions.exists())
    assert not (user.educations.exists())
    assert not (user.interests.exists())


def test_a_second_run_changes_nothing_and_says_so(run, sheet, ada, wei, django_assert_max_num_queries):
    path = sheet(ada, wei)
    run("import_roster", path)
    before = list(User.objects.order_by("pk").values())
    interests = list(Interest.objects.order_by("pk").values())
    said = run("import_roster", path)
    assert "Nothing changed." in said
    assert "2 the same as before" in said
    assert list(User.objects.order_by("pk").values()) == before
    assert list(Interest.objects.order_by("pk").values()) == interests


def test_a_corrected_sheet_corrects_people_who_have_not_claimed(run, sheet, ada):
    run("import_roster", sheet(ada))
    fixed = {"First Name": "Adela", "Employer": "Rhône Authority", "Class Year": "2007", "Interests": "Chess; Go"}
    said = run("import_roster", sheet(ada | fixed))
    assert "1 changed" in said
    user = User.objects.get()
    assert user.name_folded == "adela nunez de la cruz"
    assert [job.organization_folded for job in user.positions.all()] == ["rhone authority"]
    assert user.educations.get().ended_year == 2007
    assert {interest.name for interest in user.interests.all()} == {"Chess", "Go"}


def test_a_roster_keeps_the_positions_that_cvs_brought(run, sheet, ada):
    run("import_roster", sheet(ada))
    user = User.objects.get()
    Position.objects.create(member=user, organization="Delta Works", started_year=2004)
    run("import_roster", sheet(ada))
    assert user.positions.count() == 2


def test_whoever_has_claimed_is_left_alone(run, sheet, ada, ines):
    said = run("import_roster", sheet(ada | {"Email Address": "INES@example.com"}))
    assert "1 left to members who have claimed" in said
    ines.refresh_from_db()
    assert ines.name == "Ines Moreau"
    assert not ines.positions.exists()


BAD = [
    ({"First Name": ""}, "First Name is empty"),
    ({"First Name": "x" * 101}, "First Name has 101 characters"),
    ({"First Name": "A\x07da"}, "control character"),
    ({"Email Address": "ada at home"}, "Email Address is no email address"),
    ({"Email Address": ""}, "Email Address is no email address"),
    ({"Place": "x" * 121}, "Place has 121"),
    ({"Employed Since": "nineteen"}, "Employed Since is no year"),
    ({"Employed Since": "1492"}, "Employed Since is no year"),
    ({"Employer": ""}, "Employer is empty"),
    ({"School": ""}, "School is empty"),
    ({"Class Year": "２００８"}, "Class Year is no year"),
    ({"Interests": "y" * 81}, "an interest has more than 80"),
    ({"Member Since": "04.03.2010"}, "Member Since is no day"),
    ({"Member Since": "2010-02-30"}, "Member Since is no day"),
    ({"Member Since": "2999-01-01"}, "still to come"),
]


@pytest.mark.parametrize(("wrong", "reason"), BAD)
def test_a_bad_row_is_named_kept_and_brings_nothing(wrong, reason, run, sheet, ada, wei, mended):
    said = run("import_roster", sheet(wei, ada | wrong))
    assert f"line 3: {reason}" in said or (reason in said and "line 3:" in said)
    assert User.objects.get().email == "wei@alumni.example"
    assert not Position.objects.exists()
    (row,) = mended()
    assert row["Line"] == "3"
    assert reason in row["Reason"]
    assert row["Last Name"] == ada["Last Name"]


def test_a_row_that_fails_halfway_leaves_nothing(run, sheet, ada, wei, monkeypatch):
    from django.db import IntegrityError

    from profiles import roster

    def refuse(user, person):
        if person.school:
            raise IntegrityError("no more schools")
        return False

    monkeypatch.setattr(roster, "_correct_education", refuse)
    said = run("import_roster", sheet(ada, wei))
    assert "line 2: the database refuses it: no more schools" in said
    assert [user.email for user in User.objects.all()] == ["wei@alumni.example"]
    assert not Position.objects.exists()


def test_the_file_of_bad_rows_is_mended_and_imported(run, sheet, ada, mended, tmp_path):
    run("import_roster", sheet(ada | {"Class Year": "two thousand"}))
    file = tmp_path / "to-mend.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("two thousand", "2000"), encoding="utf-8-sig")
    run("import_roster", file, errors=tmp_path / "again.csv")
    assert User.objects.get().educations.get().ended_year == 2000


def test_the_same_address_twice_counts_once(run, sheet, ada):
    said = run("import_roster", sheet(ada, ada | {"Email Address": "ADA@alumni.example"}))
    assert "line 3: the same address as line 2" in said
    assert User.objects.count() == 1


def test_a_row_with_too_few_cells_is_bad_and_line_breaks_inside_of_cells_count(run, sheet, ada, wei):
    said = run("import_roster", sheet(ada | {"Place": "Lyon\nFrance"}, "Bob,Only\r\n", wei))
    assert "line 4: has 2 cells where the header has 10" in said
    assert User.objects.count() == 2
    assert User.objects.get(first_name="Ada").place == "Lyon France"


def test_a_dry_run_changes_nothing_and_finds_the_same(run, sheet, ada, wei):
    said = run("import_roster", sheet(ada, wei | {"First Name": ""}), dry_run=True)
    assert "1 added" in said
    assert "nothing was changed" in said
    assert "line 3: First Name is empty" in said
    assert not User.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_its_mark(encoding, run, sheet, ada):
    run("import_roster", sheet(ada, encoding=encoding))
    assert User.objects.get().place == "Lyon, France"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_other_encodings_are_refused_before_anything_is_imported(encoding, run, sheet, ada):
    with pytest.raises(CommandError, match="is not in UTF-8"):
        run("import_roster", sheet(ada, encoding=encoding))
    assert not User.objects.exists()


def test_a_wrong_header_is_explained(run, sheet, tmp_path):
    with pytest.raises(CommandError, match=r"Missing: Email Address\. Not known: Mail\."):
        run("import_positions", sheet(header=["Mail", "Company Name", "Started On"]))
    path = tmp_path / "semicolons.csv"
    path.write_text("Email Address;Company Name;Started On\n")
    with pytest.raises(CommandError, match="Separate the columns by commas"):
        run("import_positions", path)
    path.write_text("")
    with pytest.raises(CommandError, match="Missing"):
        run("import_positions", path)
    with pytest.raises(CommandError, match="can't be read"):
        run("import_positions", tmp_path / "nowhere.csv")


def test_columns_may_stand_in_any_order(run, sheet, ada):
    run("import_roster", sheet(ada, header=sorted(ada)))
    assert User.objects.get().name == "Ada Núñez de la Cruz"


def test_nothing_is_sent_and_nobody_is_told(run, sheet, ada):
    run("import_roster", sheet(ada))
    assert not (Email.objects.exists())
    assert not (Notice.objects.exists())
    assert not (Invitation.objects.exists())


def test_with_send_everybody_gets_one_link_once(run, sheet, ada, wei, ines):
    path = sheet(ada, wei, ada | {"Email Address": "ines@example.com"})
    run("import_roster", path)
    assert "2 emails" in run("import_roster", path, send=True)
    assert sorted(Email.objects.values_list("to", flat=True)) == ["ada@alumni.example", "wei@alumni.example"]
    assert "0 emails" in run("import_roster", path, send=True)
    assert Email.objects.count() == 2


def test_a_dry_run_sends_nothing(run, sheet, ada):
    run("import_roster", sheet(ada), send=True, dry_run=True)
    assert not Email.objects.exists()


@pytest.mark.parametrize("rows", [1, 40])
def test_known_people_are_looked_up_together(rows, run, sheet, ada, django_assert_max_num_queries):
    path = sheet(*(ada | {"Email Address": f"ada{number}@alumni.example"} for number in range(rows)))
    run("import_roster", path)
    with django_assert_max_num_queries(11 + 4 * rows):  # savepoints around each row, and nothing else
        run("import_roster", path)
