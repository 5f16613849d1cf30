"""Reminding of events the day before, and asking afterwards who was there (product.md §10, §12)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import suspend_member
from communities.actions import attend_event, cancel_event, change_event, confirm_attendance, stay_away
from communities.models import Attendance
from communities.reminders import ask_who_was_there, remind
from notifications import chores, presence
from notifications.actions import switch_email_off
from notifications.models import Email, Notice
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db]
HOUR = timedelta(hours=1)


def text_of(letter) -> str:
    return letter.message().get_body(("plain",)).get_content()


@pytest.fixture
def host():
    return MemberFactory()


@pytest.fixture
def tomorrow(host):
    """An event that begins in less than a day, put up long ago."""
    return put_up_event(host, starts_at=timezone.now() + 23 * HOUR)


def test_both_are_chores_of_every_worker():
    assert {remind, ask_who_was_there} <= set(chores.CHORES)


def test_who_has_a_seat_is_reminded_once_and_nobody_else(tomorrow, mailoutbox):
    seated, interested = MemberFactory(), MemberFactory()
    seat(tomorrow, seated)
    Attendance.objects.create(event=tomorrow, member=interested, answer="interested")
    for _run in range(2):
        presence.tidy()
    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        ([seated.email], "River day begins within a day.")
    ]
    assert Notice.objects.get().recipient == seated


@pytest.mark.parametrize(("before", "reminded"), [(25 * HOUR, 0), (23 * HOUR, 1), (-HOUR, 0)])
def test_it_is_the_day_before(host, before, reminded):
    event = put_up_event(host, starts_at=timezone.now() + before)
    seat(event, MemberFactory())
    assert remind() == reminded


def test_nobody_is_reminded_of_what_is_cancelled_or_hidden_or_of_a_host_who_is_not_there(host, mailoutbox):
    for number in range(3):
        seat(put_up_event(host, f"Day {number}", starts_at=timezone.now() + 23 * HOUR), MemberFactory())
    events = [row.event for row in Attendance.objects.order_by("pk")]
    cancel_event(events[0], by=host)
    mailoutbox.clear()
    events[1].hidden_at = timezone.now()
    events[1].save()
    suspend_member(host, by=MemberFactory(is_staff=True))
    remind()
    assert not mailoutbox


def test_whoever_takes_a_seat_within_the_last_day_is_not_told_what_they_just_read(tomorrow):
    attend_event(tomorrow, by=MemberFactory())
    assert remind() == 0


def test_an_event_that_is_moved_is_reminded_of_anew_unless_the_news_is_the_reminder(host, mailoutbox):
    event, guest = put_up_event(host, starts_at=timezone.now() + 23 * HOUR), MemberFactory()
    seat(event, guest)
    assert remind() == 1
    later = timezone.now() + timedelta(days=9)
    change_event(event, by=host, starts_at=later, ends_at=later + HOUR)
    move_event(event, starts_at=timezone.now() + 23 * HOUR)
    assert remind() == 1, "when that day comes"
    soon = timezone.now() + 3 * HOUR
    change_event(event, by=host, starts_at=soon, ends_at=soon + HOUR)
    assert remind() == 0, "the change said when"
    told = [letter.subject for letter in mailoutbox if letter.to == [guest.email]]
    assert told == [
        "River day begins within a day.",
        "Time or place of River day changed.",
        "River day begins within a day.",
        "Time or place of River day changed.",
    ]


READERS = {
    "Europe/Warsaw": "Saturday 27 March 2027, 20:00 – 22:00 · Paris time (UTC+1) · Lyon",
    "Asia/Tokyo": "Sunday 28 March 2027, 04:00 – 06:00 your time",
    "America/New_York": "15:00 – 17:00 your time",
}


@pytest.mark.parametrize("zone", READERS)
def test_the_email_says_the_time_in_its_readers_zone(host, mailoutbox, zone):
    event = put_up_event(host, starts_at=datetime(2027, 3, 27, 19, tzinfo=UTC))
    seat(event, MemberFactory(time_zone=zone))
    with time_machine.travel(datetime(2027, 3, 26, 20, tzinfo=UTC), tick=False):
        assert remind() == 1
    assert READERS[zone] in text_of(mailoutbox[0])
    assert ("your time" in text_of(mailoutbox[0])) is (zone != "Europe/Warsaw")


@pytest.mark.parametrize(
    ("now", "reminded"), [("2027-03-27T00:59", 0), ("2027-03-27T01:01", 1)], ids=["before", "after"]
)
def test_a_day_is_24_hours_also_in_the_night_of_23(host, now, reminded):
    """The event begins at 03:00 in Paris, an hour after 01:59."""
    event = put_up_event(host, starts_at=datetime(2027, 3, 28, 1, tzinfo=UTC))
    seat(event, MemberFactory())
    with time_machine.travel(datetime.fromisoformat(now).replace(tzinfo=UTC), tick=False):
        assert remind() == reminded


def test_each_kind_of_email_can_be_switched_off(tomorrow, mailoutbox):
    guest = MemberFactory()
    seat(tomorrow, guest)
    switch_email_off("event_reminder", by=guest)
    assert remind() == 1
    assert not mailoutbox
    assert Notice.objects.get().kind == "event_reminder"


def test_a_reminder_that_waits_is_not_sent_to_who_gave_the_seat_back(tomorrow, worker, mailoutbox):
    guest = MemberFactory()
    seat(tomorrow, guest)
    remind()
    stay_away(tomorrow, by=guest)
    worker()
    assert not mailoutbox
    assert not Email.objects.filter(to=guest.email).exists()


class TestAfterwards:
    def test_who_had_a_seat_and_has_not_said_so_is_asked_once(self, host, mailoutbox):
        event = put_up_event(host, starts_at=timezone.now() - 3 * HOUR)
        silent, confirmed = MemberFactory(), MemberFactory()
        seat(event, silent, confirmed)
        confirm_attendance(event, by=confirmed)
        for _run in range(2):
            ask_who_was_there()
        assert [(letter.to, letter.subject) for letter in mailoutbox] == [([silent.email], "Were you at River day?")]

    @pytest.mark.parametrize("starts", [-HOUR, -timedelta(days=4)], ids=["not over yet", "long over"])
    def test_not_before_the_end_nor_long_after_it(self, host, starts):
        event = put_up_event(host, starts_at=timezone.now() + starts)
        seat(event, MemberFactory())
        assert ask_who_was_there() == 0
