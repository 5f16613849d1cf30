"""In a member's quiet hours emails wait, by the clocks where they live; emails about the account never do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.mail import send_mail

from notifications.actions import mark_all_read
from notifications.models import Choice, Email, QuietHours
from notifications.quiet import end_of, end_quiet, keep_quiet, quiet_until
from tests.factories import request

pytestmark = pytest.mark.django_db
ADDRESS = "/settings/emails/"
NIGHT = QuietHours(begins_at=time(22), ends_at=time(7))
NAP = QuietHours(begins_at=time(13), ends_at=time(15))
UNTIL_THREE = QuietHours(begins_at=time(22), ends_at=time(3))
UNTIL_TWO = QuietHours(begins_at=time(22), ends_at=time(2))
UNTIL_HALF_PAST_TWO = QuietHours(begins_at=time(22), ends_at=time(2, 30))
UNTIL_ONE = QuietHours(begins_at=time(22), ends_at=time(1))
UNTIL_MIDNIGHT = QuietHours(begins_at=time(20), ends_at=time(0))

# hours, zone, now in UTC, their end in UTC
NIGHTS = {
    "in the evening": (NIGHT, "Europe/Berlin", "2026-03-02 21:30", "2026-03-03 06:00"),
    "at their very beginning": (NIGHT, "Europe/Berlin", "2026-03-02 21:00", "2026-03-03 06:00"),
    "after midnight": (NIGHT, "Europe/Berlin", "2026-03-03 02:00", "2026-03-03 06:00"),
    "at their very end": (NIGHT, "Europe/Berlin", "2026-03-03 06:00", None),
    "by day": (NIGHT, "Europe/Berlin", "2026-03-03 12:00", None),
    "the same moment far away": (NIGHT, "Asia/Tokyo", "2026-03-03 12:00", None),
    "and further": (NIGHT, "America/Los_Angeles", "2026-03-03 12:00", "2026-03-03 15:00"),
    "a nap": (NAP, "Europe/Berlin", "2026-03-02 12:10", "2026-03-02 14:00"),
    "before a nap": (NAP, "Europe/Berlin", "2026-03-02 11:59", None),
    "until midnight": (UNTIL_MIDNIGHT, "Europe/Berlin", "2026-03-02 20:00", "2026-03-02 23:00"),
    "the night in which clocks go forward is shorter": (NIGHT, "Europe/Berlin", "2026-03-28 21:00", "2026-03-29 05:00"),
    "the night in which they go back is longer": (NIGHT, "Europe/Berlin", "2026-10-24 20:00", "2026-10-25 06:00"),
    "an end that is skipped is the moment of the skip": (
        UNTIL_TWO,
        "Europe/Berlin",
        "2026-03-28 22:00",
        "2026-03-29 01:00",
    ),
    "an end that comes twice is the first": (UNTIL_TWO, "Europe/Berlin", "2026-10-24 22:00", "2026-10-25 00:00"),
    "after the first, the second doesn't count": (UNTIL_TWO, "Europe/Berlin", "2026-10-25 01:30", None),
    "nor does it while clocks show what came before the first": (
        UNTIL_HALF_PAST_TWO,
        "Europe/Berlin",
        "2026-10-25 01:15",
        None,
    ),
    "in the hour that comes again": (UNTIL_THREE, "Europe/Berlin", "2026-10-25 01:30", "2026-10-25 02:00"),
    "midnight is skipped": (UNTIL_MIDNIGHT, "Africa/Cairo", "2026-04-23 19:00", "2026-04-23 22:00"),
    "an hour comes again just before the end": (UNTIL_ONE, "America/Havana", "2026-11-01 04:30", "2026-11-01 06:00"),
}


@pytest.mark.parametrize("situation", NIGHTS)
def test_the_end_of_quiet_hours(situation):
    hours, zone, now, end = NIGHTS[situation]
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert end_of(hours, at=moment) == (end and datetime.fromisoformat(end).replace(tzinfo=UTC))


def test_no_end_lies_in_the_past_on_any_quarter_of_an_hour_of_a_year():
    """Else the worker would try the same email again and again."""
    for zone in ("Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo"):
        for hours in (NIGHT, NAP, UNTIL_ONE, UNTIL_TWO, UNTIL_HALF_PAST_TWO, UNTIL_THREE, UNTIL_MIDNIGHT):
            moment = datetime(2026, 1, 1, tzinfo=UTC)
            while moment.year == 2026:
                end = end_of(hours, at=moment.astimezone(ZoneInfo(zone)))
                assert end is None or moment < end < moment + timedelta(hours=11)
                moment += timedelta(minutes=45)


@pytest.fixture
def night(ines, worker):
    """Half past nine in the evening where Ines lives, who wants quiet from nine to seven."""
    ines.time_zone = "Europe/Berlin"
    ines.save(update_fields=["time_zone"])
    keep_quiet(time(21), time(7), by=ines)
    with time_machine.travel(datetime(2026, 3, 2, 20, 30, tzinfo=UTC), tick=False) as clock:
        yield clock


def test_an_email_waits_until_they_are_over_and_comes_once(night, ines, lina, worker, mailoutbox):
    request(lina, ines)
    worker()
    worker()
    waits = Email.objects.get()
    assert (mailoutbox, waits.attempts) == ([], 0)
    assert waits.due_at == datetime(2026, 3, 3, 6, tzinfo=UTC)
    night.shift(timedelta(hours=9, minutes=30))
    worker()
    worker()
    assert [letter.to for letter in mailoutbox] == [[ines.email]]


def test_what_was_read_meanwhile_does_not_come(night, ines, lina, worker, mailoutbox):
    request(lina, ines)
    worker()
    mark_all_read(by=ines)
    night.shift(timedelta(hours=10))
    worker()
    assert mailoutbox == []


def test_emails_about_the_account_come_at_once(night, ines, worker, mailoutbox):
    send_mail("Set a new password", "Here", None, [ines.email])
    worker()
    assert len(mailoutbox) == 1


def test_others_get_theirs_at_once(night, ines, lina, tomasz, worker, mailoutbox):
    request(lina, tomasz)
    worker()
    assert "Lina Svensson asks to connect." in [letter.subject for letter in mailoutbox]


def test_a_member_chooses_and_ends_them_beside_what_comes(as_member, ines):
    browser, kinds = as_member(ines), {"in_app": ["comment"], "by_email": ["reply"]}
    assert browser.post(ADDRESS, kinds | {"begins_at": "22:00:00", "ends_at": "07:00:00"}).status_code == 302
    assert str(QuietHours.objects.get(member=ines)) == "22:00–07:00"
    page = browser.get(ADDRESS).text
    assert (page.count(" checked"), page.count('<option value="22:00:00" selected>')) == (2, 1)
    assert browser.post(ADDRESS, kinds | {"begins_at": "", "ends_at": ""}).status_code == 302
    assert not QuietHours.objects.exists()
    end_quiet(by=ines)
    assert quiet_until(ines) is None


@pytest.mark.parametrize(
    ("begins_at", "ends_at", "said"),
    [
        ("22:00:00", "", "Choose both, or neither."),
        ("", "07:00:00", "Choose both, or neither."),
        ("07:00:00", "07:00:00", "Choose another hour than the first."),
        ("22:30:00", "07:00:00", "22:30:00 is not one of the available choices."),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(as_member, ines, begins_at, ends_at, said):
    answer = as_member(ines).post(ADDRESS, {"in_app": ["reply"], "begins_at": begins_at, "ends_at": ends_at})
    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count(" checked") == 1
    assert not Choice.objects.exists()
    assert not QuietHours.objects.exists()
