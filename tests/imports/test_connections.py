import itertools
from datetime import UTC, date, datetime

import pytest

from accounts import registers
from accounts.actions import block_member
from accounts.models import Community, User
from network.actions import disconnect
from network.models import AgreedConnection, Connection, Follow
from notifications.models import Email, Notice
from tests.factories import MemberFactory, UnclaimedFactory

pytestmark = pytest.mark.django_db
HEADER = ["Email Address", "Other Email Address", "Connected On"]


@pytest.fixture
def ada():
    return UnclaimedFactory(first_name="Ada", email="ada@example.com")


@pytest.fixture
def wei():
    return UnclaimedFactory(first_name="Wei", email="wei@example.com")


def row(one, other, day="2010-01-15"):
    return {
        "Email Address": getattr(one, "email", one),
        "Other Email Address": getattr(other, "email", other),
        "Connected On": day,
    }


def claim(person):
    from django.utils import timezone

    User.objects.filter(pk=person.pk).update(claimed_at=timezone.now(), welcomed_at=timezone.now())
    person.refresh_from_db()
    for welcome in registers.on_claim:
        welcome(member=person)


def connected(one, other):
    return Connection.objects.filter(member=one, other=other).exists()


def test_a_connection_opens_when_both_have_claimed(run, sheet, ada, wei):
    assert "1 added" in run("import_connections", sheet(row(wei, ada), header=HEADER))
    assert not connected(ada, wei)
    claim(ada)
    assert not connected(ada, wei)
    claim(wei)
    for one, other in ((ada, wei), (wei, ada)):
        assert Connection.objects.get(member=one, other=other).connected_at == datetime(2010, 1, 15, tzinfo=UTC)
        assert Follow.objects.open().filter(follower=one, followed=other).exists()


def test_between_members_it_opens_at_once_without_notices_and_beyond_quotas(run, sheet):
    Community.objects.create(connections=0)
    one, other = MemberFactory(), MemberFactory()
    said = run("import_connections", sheet(row(one, other), header=HEADER))
    assert "1 connections are open already" in said
    assert connected(one, other)
    assert not (Notice.objects.exists())
    assert not (Email.objects.exists())


def test_a_second_run_changes_nothing(run, sheet, ada, wei):
    path = sheet(row(ada, wei), header=HEADER)
    run("import_connections", path)
    assert "Nothing changed." in run("import_connections", path)
    claim(ada)
    claim(wei)
    assert "Nothing changed." in run("import_connections", path)
    assert AgreedConnection.objects.count() == 1
    assert Connection.objects.count() == 2


def test_whoever_ended_a_connection_is_not_connected_again(run, sheet, ada, wei):
    path = sheet(row(ada, wei), header=HEADER)
    run("import_connections", path)
    claim(ada)
    claim(wei)
    disconnect(ada, by=wei)
    run("import_connections", path)
    assert not connected(ada, wei)


def test_nothing_opens_through_a_block(run, sheet):
    one, other = MemberFactory(), MemberFactory()
    block_member(one, by=other)
    run("import_connections", sheet(row(one, other), header=HEADER))
    assert not connected(one, other)


def test_a_corrected_day_counts_until_it_opens(run, sheet, ada, wei):
    run("import_connections", sheet(row(ada, wei), header=HEADER))
    assert "1 changed" in run("import_connections", sheet(row(ada, wei, "2011-02-03"), header=HEADER))
    assert AgreedConnection.objects.get().agreed_on == date(2011, 2, 3)


def test_bad_rows_are_named_and_the_others_are_taken(run, sheet, ada, wei, mended):
    third = UnclaimedFactory(email="third@example.com")
    said = run(
        "import_connections",
        sheet(
            row(ada, "nobody@example.com"),
            row(ada, ada),
            row(ada, wei, ""),
            row(ada, wei, "15/01/2010"),
            row(ada, wei),
            row(wei, ada, "2012-01-01"),
            row(ada, third),
            header=HEADER,
        ),
    )
    for line, reason in {
        2: "nobody here has the address nobody@example.com",
        3: "both addresses are the same",
        4: "Connected On is empty",
        5: "Connected On is no day",
        7: "line 6 gives another day for the same two people",
    }.items():
        assert f"line {line}: {reason}" in said
    assert len(mended()) == 5
    assert AgreedConnection.objects.count() == 2


def test_a_dry_run_changes_nothing(run, sheet):
    one, other = MemberFactory(), MemberFactory()
    said = run("import_connections", sheet(row(one, other), header=HEADER), dry_run=True)
    assert "1 added" in said
    assert not (Connection.objects.exists())
    assert not (AgreedConnection.objects.exists())


@pytest.mark.parametrize("rows", [1, 30])
def test_rows_are_looked_up_and_written_together(rows, run, sheet, django_assert_max_num_queries):
    people = [UnclaimedFactory() for _ in range(rows + 1)]
    path = sheet(*(row(one, other) for one, other in itertools.pairwise(people)), header=HEADER)
    with django_assert_max_num_queries(12):
        run("import_connections", path)
    assert AgreedConnection.objects.count() == rows
