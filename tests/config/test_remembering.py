"""The cast is built by real actions once in each process; what is put back afterwards is the same, and as young."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from network.models import Connection, Follow
from notifications.models import Email
from tests import remembering
from tests.cast import one_of_the_cast
from tests.factories import connect
from tests.remembering import TIME, Memory, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records(monkeypatch, memory) -> dict:
    """What is remembered: nothing at first, and forgotten again after the test."""
    records: dict = {}
    monkeypatch.setattr(remembering, "RECORDS", records)
    return records


def without_times(found: remembering.Rows) -> set[tuple[str, str]]:
    return {(table, TIME.sub("then", text)) for table, text in found}


def not_again() -> User:
    raise AssertionError("built a second time")


def test_what_is_put_back_is_what_was_built(memory, ines):
    def build() -> User:
        member = one_of_the_cast("vera")
        connect(member, ines)
        return member

    with transaction.atomic():
        built, found, letters = memory.build("a friend", build, ines), rows(), len(mail.outbox)
        transaction.set_rollback(True)
    mail.outbox.clear()
    assert not User.objects.filter(handle="vera").exists()
    member = Memory().build("a friend", not_again, ines)
    assert member == built
    assert without_times(rows()) == without_times(found)
    assert len(mail.outbox) == letters > 0
    member.refresh_from_db()
    assert {name: value for name, value in vars(member).items() if name.endswith("name")}["first_name"] == "Vera"
    assert Connection.objects.filter(member=member, other=ines).exists()
    assert Follow.objects.filter(follower=ines, followed=member).exists()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",), "foreign keys and triggers hold again"


def test_where_no_letter_is_delivered_it_is_built_apart(memory, ines, settings):
    def build() -> User:
        member = one_of_the_cast("vera")
        connect(member, ines)
        return member

    for mailers in ({"default": settings.MAILERS["delivery"]}, settings.MAILERS):
        settings.MAILERS = mailers
        with transaction.atomic():
            memory.build("a friend", build, ines)
            assert Email.objects.waiting().exists() is ("delivery" not in mailers)
            transaction.set_rollback(True)


def test_its_times_are_those_of_now(memory, records):
    with transaction.atomic():
        memory.build("vera", lambda: one_of_the_cast("vera"))
        transaction.set_rollback(True)
    (record,) = [record for key, record in records.items() if key[0] == "vera"]
    record.at -= timedelta(hours=3)
    record.thing.claimed_at -= timedelta(hours=3)
    record.sql = TIME.sub(lambda found: remembering.later(found.group(), -timedelta(hours=3)), record.sql)
    member = Memory().build("vera", not_again)
    for claimed_at in (member.claimed_at, User.objects.get(handle="vera").claimed_at):
        assert timezone.now() - claimed_at < timedelta(minutes=1)
    assert timezone.now() - User.objects.get(handle="vera").joined_at > timedelta(days=399)
    assert EmailAddress.objects.get(user=member).email == "vera@example.com"


def test_what_changes_rows_that_were_there_is_built_each_time(memory, ines, records):
    def build() -> User:
        User.objects.filter(pk=ines.pk).update(headline="Hydrologist")
        return one_of_the_cast("vera")

    for headline in ("Hydrologist", "Hydrologist"):
        with transaction.atomic():
            memory.build("changing", build, ines)
            assert User.objects.get(pk=ines.pk).headline == headline
            transaction.set_rollback(True)
    assert [record for key, record in records.items() if key[0] == "changing"] == [None]


def test_who_travels_in_time_or_is_not_alone_builds_by_themselves(memory, records):
    with time_machine.travel("2026-03-02"), transaction.atomic():
        assert memory.build("vera", lambda: one_of_the_cast("vera")).claimed_at.month == 3
        transaction.set_rollback(True)
    one_of_the_cast("bill")
    memory.build("vera", lambda: one_of_the_cast("vera"))
    assert not [key for key in records if key[0] == "vera"]
