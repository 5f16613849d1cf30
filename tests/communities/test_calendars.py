"""Events as calendar files, read by a parser that is neither ours nor the one that writes them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus

from accounts.actions import suspend_member
from communities.actions import (
    be_interested,
    cancel_event,
    change_event,
    end_calendar_key,
    renew_calendar_key,
)
from communities.calendars import calendar_of_event
from communities.models import CalendarKey
from communities.times import moment_at
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]
LINK = "https://meet.example/secret"
PARIS = ZoneInfo("Europe/Paris")


def read(content: bytes) -> Calendar:
    text = content.decode()
    assert text.replace("\r\n", "").isprintable(), "lines end as they must, and nothing else is unprintable"
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "folded"
    return IcsCalendarStream.calendar_from_ics(text)


def unfolded(content: bytes) -> str:
    return content.decode().replace("\r\n ", "")


@pytest.fixture
def host():
    return MemberFactory(first_name="Zora", last_name="Host", public=True)


@pytest.fixture
def subscribed(client):
    """Return what a calendar program gets that knows a member's address, without signing in."""

    def fetch(member) -> bytes:
        key = CalendarKey.objects.filter(member=member).first() or renew_calendar_key(by=member)
        answer = client.get(reverse("calendar", args=[key.key]))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return answer.content

    return fetch


class TestOneEvent:
    def test_it_says_what_when_and_where_by_the_clocks_of_the_place(self, host, client):
        start = moment_at(date(2027, 3, 27), time(22), PARIS)[0]
        end = moment_at(date(2027, 3, 28), time(4), PARIS)[0]
        event = put_up_event(host, "River day", starts_at=start, ends_at=end, audience="public", about="Boots; a, b")
        answer = client.get(reverse("event_calendar", args=[event.slug]))
        (entry,) = read(answer.content).events
        assert 'filename="river-day.ics"' in answer["Content-Disposition"]
        assert (entry.summary, entry.location) == ("River day", "Lyon")
        assert entry.description.startswith("Boots; a, b")
        assert (entry.start_datetime.astimezone(UTC), entry.end_datetime.astimezone(UTC)) == (start, end)
        assert "DTSTART;TZID=Europe/Paris:20270327T220000" in answer.content.decode()
        assert (entry.end_datetime.astimezone(UTC) - start) == timedelta(hours=5), "one of the night's hours is skipped"
        assert answer.content.count(b"BEGIN:VTIMEZONE") == 1

    def test_its_zone_says_both_offsets_around_the_change(self, host):
        start = moment_at(date(2027, 3, 28), time(3, 30), PARIS)[0]
        event = put_up_event(host, starts_at=start, ends_at=start + timedelta(hours=1))
        (zone,) = read(calendar_of_event(event, viewer=host)).timezones
        assert zone.tz_id == "Europe/Paris"
        offsets = {rule.tz_offset_to.offset for rule in [*zone.standard, *zone.daylight]}
        assert offsets == {timedelta(hours=1), timedelta(hours=2)}

    def test_the_second_half_past_two_of_a_night_is_not_taken_for_the_first(self, host):
        first = moment_at(date(2027, 10, 31), time(2, 30), PARIS)[0]
        for start in (first, first + timedelta(hours=1)):
            event = put_up_event(host, starts_at=start, ends_at=start + timedelta(hours=3))
            (entry,) = read(calendar_of_event(event, viewer=host)).events
            assert entry.start_datetime.astimezone(UTC) == start
            assert entry.end_datetime.astimezone(UTC) == start + timedelta(hours=3)

    @given(
        title=some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=150),
        about=some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400),
        place=some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
    )
    @example(title="Bring: soup, bread; \\n 🌊" * 5, about="END:VEVENT\r\nBEGIN:VEVENT\n\n", place="1, Quai; Lyon")
    @example(title="👩‍👩‍👧‍👦" * 20, about="\x85\u2028\u2029\x0b\x0c\x1c", place='"quoted":^n')
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_is_written_comes_back_and_stays_one_event(self, odd_event, title, about, place):
        odd_event.title, odd_event.about, odd_event.place = title, about, place
        content = calendar_of_event(odd_event, viewer=odd_event.host)
        entries = IcsCalendarStream.calendar_from_ics(content.decode()).events
        assert len(entries) == content.count(b"\r\nBEGIN:VEVENT\r\n") == 1
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert letters(entries[0].summary or "") == letters(title)
        assert letters(entries[0].description).startswith(letters(about))

    @pytest.fixture
    def odd_event(self, host):
        return put_up_event(host, link=LINK)


def letters(text: str) -> str:
    """What a text says, whatever its spaces and signs that no file may have."""
    return "".join(sign for sign in text if sign.isalnum())


class TestSubscription:
    @pytest.fixture
    def guest(self):
        return MemberFactory()

    def test_it_has_all_that_one_answered_or_hosts_and_nothing_else(self, host, guest, subscribed):
        seated, waited = put_up_event(host, "Seated"), put_up_event(host, "Waited", capacity=1)
        maybe, own = put_up_event(host, "Maybe"), put_up_event(guest, "Own")
        put_up_event(host, "Another")
        seat(seated, guest)
        seat(waited, host, guest)
        be_interested(maybe, by=guest)
        entries = {entry.summary: entry.status for entry in read(subscribed(guest)).events}
        assert entries == {
            "Seated": EventStatus.CONFIRMED,
            "Waited": EventStatus.TENTATIVE,
            "Maybe": EventStatus.TENTATIVE,
            "Own": EventStatus.CONFIRMED,
        }
        assert own

    def test_the_private_link_is_there_only_with_a_seat_and_who_comes_never(self, host, guest, subscribed):
        other = MemberFactory(first_name="Quentin", last_name="Unseen", email="quentin@example.com")
        seat(put_up_event(host, link=LINK), guest, other)
        full = put_up_event(host, link=f"{LINK}-of-the-full-one", capacity=1)
        seat(full, host, guest)
        content = unfolded(subscribed(guest))
        assert LINK in content
        assert "of-the-full-one" not in content
        for unsaid in ("Quentin", "quentin", "Unseen", "ATTENDEE", "ORGANIZER", "mailto"):
            assert unsaid not in content

    def test_a_change_is_a_later_revision_of_the_same_entry_and_a_cancelled_one_says_so(self, host, guest, subscribed):
        event = put_up_event(host)
        seat(event, guest)
        (before,) = read(subscribed(guest)).events
        change_event(event, by=host, place="Paris")
        (changed,) = read(subscribed(guest)).events
        cancel_event(event, by=host)
        (cancelled,) = read(subscribed(guest)).events
        assert before.uid == changed.uid == cancelled.uid
        assert (before.sequence, changed.sequence, cancelled.sequence) == (0, 1, 2)
        assert before.dtstamp <= changed.dtstamp <= cancelled.dtstamp
        assert cancelled.status == EventStatus.CANCELLED

    def test_it_is_the_same_bytes_until_something_changes(self, host, guest, subscribed):
        seat(put_up_event(host), guest)
        assert subscribed(guest) == subscribed(guest)

    def test_events_in_several_zones_bring_each_zone_along(self, host, guest, subscribed):
        zones = {"Europe/Paris", "Asia/Tokyo", "America/St_Johns"}
        for zone in zones:
            seat(put_up_event(host, zone, time_zone=zone), guest)
        seat(put_up_event(host, "UTC", time_zone="UTC"), guest)
        assert {zone.tz_id for zone in read(subscribed(guest)).timezones} == zones

    def test_a_new_address_ends_the_old_one_and_ending_it_ends_it(self, guest, client):
        old = reverse("calendar", args=[renew_calendar_key(by=guest).key])
        new = reverse("calendar", args=[renew_calendar_key(by=guest).key])
        assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
        end_calendar_key(by=guest)
        assert client.get(new).status_code == 404

    def test_of_a_suspended_member_there_is_none(self, guest, client):
        address = reverse("calendar", args=[renew_calendar_key(by=guest).key])
        suspend_member(guest, by=MemberFactory(is_staff=True))
        assert client.get(address).status_code == 404

    def test_what_one_may_not_see_any_more_is_gone_from_it(self, host, guest, subscribed):
        seat(put_up_event(host), guest)
        suspend_member(host, by=MemberFactory(is_staff=True))
        assert not read(subscribed(guest)).events

    def test_it_costs_the_same_with_fifty_events(self, host, guest, subscribed, django_assert_num_queries):
        renew_calendar_key(by=guest)
        for number in (1, 49):
            for _each in range(number):
                seat(put_up_event(host), guest)
            with django_assert_num_queries(4):  # one of them is this test looking for the address
                subscribed_events = read(subscribed(guest)).events
        assert len(subscribed_events) == 50

    def test_what_is_long_over_is_left_out(self, host, guest, subscribed):
        event = put_up_event(host)
        seat(event, guest)
        move_event(event, starts_at=timezone.now() - timedelta(days=370))
        assert not read(subscribed(guest)).events


def test_the_page_makes_renews_and_ends_the_address(as_member, host):
    browser, page = as_member(host), reverse("my_calendar")
    assert ".ics" not in browser.get(page).content.decode()
    browser.post(page, {"do": "renew"})
    first = CalendarKey.objects.get().key
    assert f"http://testserver/events/calendar/{first}.ics" in browser.get(page).content.decode()
    browser.post(page, {"do": "renew"})
    assert CalendarKey.objects.get().key != first
    browser.post(page, {"do": "end"})
    assert not CalendarKey.objects.exists()


def test_times_are_written_to_the_second(host):
    event = put_up_event(host, starts_at=datetime(2027, 5, 1, 10, 0, 0, 123456, tzinfo=UTC))
    assert read(calendar_of_event(event, viewer=host)).events[0].start_datetime.microsecond == 0
