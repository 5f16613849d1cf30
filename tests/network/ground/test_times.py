"""When two were at one place, compared with going through all months one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.ground.times import Stay, Together, apart, longest, together

TODAY = date(2026, 6, 15)
NOW = 2026 * 12 + 5
CENTURY = range(1990 * 12, 2040 * 12)

years, months = st.integers(2000, 2030) | st.none(), st.integers(1, 12) | st.none()


@st.composite
def stays(draw) -> Stay:
    """Any entry that the form of a CV takes."""
    start, end = draw(years), draw(years)
    month, last = draw(months) if start else None, draw(months) if end else None
    if start and end and (end, last or 12) < (start, month or 1):
        start, month, end, last = end, last, start, month
    return Stay(start, month, end, last)


def meant(stay: Stay) -> tuple[set[int], set[int]]:
    """The months in which somebody was there for all that is known, and those in which they may have been."""
    surely, perhaps = set(), set()
    for month in CENTURY:
        year, number = divmod(month, 12)
        number += 1
        begun = stay.started_year is None or (year, number) >= (stay.started_year, stay.started_month or 1)
        ended = stay.ended_year is not None and (year, number) > (stay.ended_year, stay.ended_month or 12)
        if begun and not ended:
            perhaps.add(month)
        at_the_end = stay.ended_year == year and stay.ended_month in (None, number)
        if begun and not ended and (stay.started_year is not None or at_the_end):
            surely.add(month)
    return surely, perhaps


@given(stays(), stays())
def test_two_are_together_in_the_months_in_which_both_were_there_up_to_now(one, other):
    both = {month for month in meant(one)[0] & meant(other)[0] if month <= NOW}
    found = together(one, other, today=TODAY)
    assert (found and (found.first, found.last)) == ((min(both), max(both)) if both else None)
    assert found == together(other, one, today=TODAY)


@given(stays(), stays())
def test_two_are_apart_only_if_there_is_no_month_in_which_both_may_have_been_there(one, other):
    assert apart(one, other) == apart(other, one) == (not meant(one)[1] & meant(other)[1])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 15)), max_size=6))
def test_times_that_touch_are_one_and_the_longest_counts(pairs):
    found = longest(Together(first, first + length) for first, length in pairs)
    months = {month for first, length in pairs for month in range(first, first + length + 1)}
    runs = [
        (first, last)
        for first in months
        for last in months
        if first <= last
        and set(range(first, last + 1)) <= months
        and first - 1 not in months
        and last + 1 not in months
    ]
    best = max(runs, key=lambda run: (run[1] - run[0], run[1]), default=None)
    assert (found and (found.first, found.last)) == best


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Stay(2006, None, 2008), Stay(2007, None, 2010), (2007, 2008)),
        (Stay(2006, None, 2008), Stay(2008, None, 2010), (2008, 2008)),  # years alone may touch
        (Stay(2006, 1, 2008, 3), Stay(2008, 4, 2010, 1), None),  # months say that they don't
        (Stay(2006, 1, 2008, 3), Stay(2008, 3, 2010, 1), (2008, 2008)),
        (Stay(2006), Stay(2020), (2020, 2026)),  # without an end it goes on
        (Stay(None, None, 2008), Stay(2006, None, 2010), (2008, 2008)),  # only the end is known
        (Stay(None, None, 2010), Stay(2006, None, 2008), None),
        (Stay(), Stay(2006), None),  # no year says nothing
        (Stay(2030), Stay(2020), None),  # still to come
        (Stay(2024, None, 2029), Stay(2025, None, 2028), (2025, 2026)),  # up to now
    ],
)
def test_the_years_of_both(one, other, expected):
    found = together(one, other, today=TODAY)
    assert (found and found.years) == expected


@pytest.mark.parametrize(
    ("one", "other", "goes_on"),
    [
        (Stay(2006), Stay(2020), True),
        (Stay(2006), Stay(2020, None, 2026), False),  # this year, no month: perhaps over
        (Stay(2006), Stay(2020, None, 2026, 6), True),
        (Stay(2006), Stay(2020, None, 2026, 5), False),
        (Stay(2006), Stay(2020, None, 2027), True),
    ],
)
def test_it_goes_on_while_both_do(one, other, goes_on):
    assert together(one, other, today=TODAY).goes_on is goes_on
