"""Moments in few words, in the reader's time zone."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.zones import in_words


def how_long_ago(at: datetime, *, now: datetime | None = None) -> str:
    """Return "now", "5 min", "2 h", "yesterday", "4 days", "12 March" or "12 March 2024"."""
    now = timezone.localtime(now or timezone.now())
    at = timezone.localtime(at)
    age, days = now - at, (now.date() - at.date()).days
    if age < timedelta(minutes=1):
        return _("now")
    if age < timedelta(hours=1):
        return _("%(minutes)s min") % {"minutes": age.seconds // 60}
    if days <= 0 or age < timedelta(hours=6):
        return _("%(hours)s h") % {"hours": age.seconds // 3600}
    if days == 1:
        return _("yesterday")
    if days < 7:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return _day(at.date(), at.year == now.year, get_language())


@lru_cache(maxsize=2_000)
def _day(day: date, is_this_year: bool, language: str | None) -> str:
    return date_format(day, _("j F") if is_this_year else _("j F Y"))


def short_moment(at: datetime) -> str:
    """Return "14:05" for today, "3 Mar" for this year, "3 Mar 2025" before."""
    at, now = timezone.localtime(at), timezone.localtime()
    if at.date() == now.date():
        return date_format(at, _("H:i"))
    return date_format(at, _("j M") if at.year == now.year else _("j M Y"))


def day_in_words(at: datetime) -> str:
    """Return "Today", "Yesterday", "Monday 3 March" or "3 March 2025"."""
    at, now = timezone.localtime(at), timezone.localtime()
    days = (now.date() - at.date()).days
    if days in (0, 1):
        return _("Yesterday") if days else _("Today")
    return date_format(at, _("l j F") if at.year == now.year else _("j F Y"))


def exactly(at: datetime) -> str:
    """Return day and time of day."""
    return _to_the_minute(at.replace(second=0, microsecond=0), timezone.get_current_timezone(), get_language())


def by_the_clock(at: datetime) -> str:
    """Return day, time of day and whose clocks show it: "3 March 2026, 06:30, Tokyo time (UTC+9)"."""
    return f"{exactly(at)}, {in_words(timezone.localtime(at))}"


@lru_cache(maxsize=10_000)
def _to_the_minute(at: datetime, zone: tzinfo, language: str | None) -> str:
    return date_format(timezone.localtime(at, zone), "DATETIME_FORMAT")
