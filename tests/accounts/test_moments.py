"""How moments are said, in the reader's time zone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.moments import day_in_words, exactly, how_long_ago, short_moment

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=11), "11 h"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=6), "6 days"),
        (timedelta(days=7), "11 March"),
        (timedelta(days=365), "18 March 2025"),
    ],
)
def test_how_long_ago_something_was(before, words):
    assert how_long_ago(NOON - before, now=NOON) == words


@pytest.mark.parametrize(
    ("before", "words", "day"),
    [
        (timedelta(hours=2), "10:00", "Today"),
        (timedelta(hours=13), "17 Mar", "Yesterday"),
        (timedelta(days=9), "9 Mar", "Monday 9 March"),
        (timedelta(days=365), "18 Mar 2025", "18 March 2025"),
    ],
)
def test_a_moment_and_its_day(before, words, day):
    with time_machine.travel(NOON, tick=False):
        assert short_moment(NOON - before) == words
        assert day_in_words(NOON - before) == day


def test_moments_are_those_of_the_reader():
    late = datetime(2026, 3, 17, 23, 30, tzinfo=UTC)
    with time_machine.travel(NOON, tick=False), timezone.override("Europe/Warsaw"):
        assert short_moment(late) == "00:30"
        assert day_in_words(late) == "Today"
        assert exactly(late) == "18 March 2026, 00:30"
