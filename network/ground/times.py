"""Whether two entries of CVs were at the same time: by months where they are known, by years otherwise.

An entry without an end goes on. One of which only the end is known says no more than that somebody was there then; one
without any year says nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = 12
ALWAYS = 10**6  # a month later than any


@dataclass(frozen=True)
class Stay:
    """A time at one place, as a CV says it; years and months may be unknown."""

    started_year: int | None = None
    started_month: int | None = None
    ended_year: int | None = None
    ended_month: int | None = None

    @property
    def first(self) -> int | None:
        """The first month that it may mean, counted from the year 0."""
        return None if self.started_year is None else _month(self.started_year, self.started_month or 1)

    @property
    def last(self) -> int | None:
        """The last month that it may mean; it goes on if it has a beginning and no end."""
        if self.ended_year is None:
            return None if self.started_year is None else ALWAYS
        return _month(self.ended_year, self.ended_month or MONTHS)

    @property
    def known(self) -> tuple[int, int] | None:
        """The months in which somebody was there, as far as the entry says so."""
        if self.last is None:
            return None
        if self.first is not None:
            return self.first, self.last
        return (self.last if self.ended_month else self.last - MONTHS + 1), self.last


@dataclass(frozen=True, order=True)
class Together:
    """The months, first and last, in which both were there; `goes_on` if they still are."""

    first: int
    last: int
    goes_on: bool = False

    @property
    def years(self) -> tuple[int, int]:
        return self.first // MONTHS, self.last // MONTHS


def together(one: Stay, other: Stay, *, today: date) -> Together | None:
    """Return when both were there, up to today; None if that isn't known."""
    if one.known is None or other.known is None:
        return None
    now = _month(today.year, today.month)
    first, last = max(one.known[0], other.known[0]), min(one.known[1], other.known[1])
    if first > min(last, now):
        return None
    return Together(first, min(last, now), goes_on=_goes_on(one, today) and _goes_on(other, today))


def apart(one: Stay, other: Stay) -> bool:
    """Whether it is sure that the two were not there at the same time."""
    return _ended_before(one, other) or _ended_before(other, one)


def longest(times: Iterable[Together]) -> Together | None:
    """Return the longest of some times, those that touch each other taken as one; of equal ones the last."""
    joined: list[Together] = []
    for time in sorted(times):
        if joined and time.first <= joined[-1].last + 1:
            before = joined[-1]
            joined[-1] = Together(before.first, max(before.last, time.last), before.goes_on or time.goes_on)
        else:
            joined.append(time)
    return max(joined, key=lambda time: (time.last - time.first, time.last), default=None)


def _ended_before(one: Stay, other: Stay) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


def _goes_on(stay: Stay, today: date) -> bool:
    """As `profiles.naming.going_on` says it of rows."""
    if stay.ended_year is None:
        return True
    return (stay.ended_year, stay.ended_month or 0) >= (today.year, today.month) or stay.ended_year > today.year


def _month(year: int, month: int) -> int:
    return year * MONTHS + month - 1
