"""The time of an event: said in a place's own time, also on the two nights on which the clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from accounts.zones import zone_names
from communities.times import NoSuchTime, moment_at, when

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@dataclass
class Meeting:
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo = PARIS


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_on_the_night_the_clocks_go_forward_half_past_two_does_not_exist():
    with pytest.raises(NoSuchTime) as skipped:
        moment_at(SPRING, time(2, 30), PARIS)
    assert (skipped.value.before.hour, skipped.value.before.minute) == (1, 30)
    assert (skipped.value.after.hour, skipped.value.after.minute) == (3, 30)
    assert moment_at(SPRING, time(1, 59), PARIS) == (at("2027-03-28T00:59"), False)
    assert moment_at(SPRING, time(3), PARIS) == (at("2027-03-28T01:00"), False)


def test_on_the_night_they_go_back_half_past_two_comes_twice_and_is_the_first():
    assert moment_at(AUTUMN, time(2, 30), PARIS) == (at("2027-10-31T00:30"), True)
    assert moment_at(AUTUMN, time(3), PARIS) == (at("2027-10-31T02:00"), False)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("America/New_York", date(2027, 3, 14), time(2, 30)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15)),  # by half an hour
        ("Africa/Cairo", date(2027, 4, 30), time(0, 30)),  # at midnight
    ],
)
def test_every_zone_has_its_own_night(zone, day, hour):
    with pytest.raises(NoSuchTime):
        moment_at(day, hour, ZoneInfo(zone))


@given(some.sampled_from(sorted(zone_names())), some.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1)))
def test_a_time_that_is_taken_reads_back_as_it_was_said(zone, local):
    zone = ZoneInfo(zone)
    try:
        moment, twice = moment_at(local.date(), local.time(), zone)
    except NoSuchTime as skipped:
        for there in (skipped.before, skipped.after):
            assert moment_at(there.date(), there.time(), zone)
    else:
        assert moment.astimezone(zone).replace(tzinfo=None, fold=0) == local
        if twice:
            assert moment < local.replace(tzinfo=zone, fold=1)


READERS = {
    "Europe/Berlin": "",
    "Asia/Tokyo": "Sunday 28 March 2027, 02:00 – 04:00 your time",
    "America/St_Johns": "14:30 – 16:30 your time",
}


@pytest.mark.parametrize("reader", READERS)
def test_it_is_shown_in_its_own_zone_first_and_in_the_readers_where_that_differs(reader):
    evening = Meeting(at("2027-03-27T17:00"), at("2027-03-27T19:00"))
    with timezone.override(ZoneInfo(reader)):
        shown = when(evening)
    assert (shown.words, shown.zone) == ("Saturday 27 March 2027, 18:00 – 20:00", "Paris time (UTC+1)")
    assert shown.yours == READERS[reader]


def test_an_event_across_the_change_says_both_offsets_and_its_true_length():
    night = Meeting(*(moment_at(*there, PARIS)[0] for there in ((date(2027, 3, 27), time(22)), (SPRING, time(4)))))
    assert (night.ends_at - night.starts_at).total_seconds() == 5 * 3600
    shown = when(night, to_visitor=True)
    assert shown.words == "Saturday 27 March 2027, 22:00 – Sunday 28 March 2027, 04:00"
    assert shown.zone == "Paris time (UTC+1, then UTC+2)"


def test_a_reader_where_only_the_end_differs_is_told_too():
    """Until the change both clocks agree; after it they don't."""
    night = Meeting(at("2027-03-28T00:00"), at("2027-03-28T05:00"))
    with timezone.override(ZoneInfo("Africa/Lagos")):
        assert when(night).yours == "01:00 – 06:00 your time"


def test_a_zone_of_half_hours_and_utc_are_named():
    evening = Meeting(at("2027-03-27T17:00"), at("2027-03-27T19:00"), ZoneInfo("Asia/Kolkata"))
    assert when(evening, to_visitor=True).zone == "Kolkata time (UTC+5:30)"
    assert when(Meeting(evening.starts_at, evening.ends_at, ZoneInfo("UTC")), to_visitor=True).zone == "UTC"
