"""When something is: said in a place's own time, kept as a moment, shown in the event's zone and in the reader's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.zones import in_words


class NoSuchTime(ValueError):
    """On that night the clocks go forward past this time; `before` and `after` are the nearest ones that exist."""

    def __init__(self, before: datetime, after: datetime):
        super().__init__(f"skipped, between {before} and {after}")
        self.before, self.after = before, after


def moment_at(day: date, hour: time, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return the moment at which clocks of a zone show this, and whether they show it twice: then it is the first.

    Raises `NoSuchTime` for a time that the clocks skip.
    """
    local = datetime.combine(day, hour, zone)
    moment = local.astimezone(UTC)
    again = local.replace(fold=1).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(before=again.astimezone(zone), after=moment.astimezone(zone))
    return moment, again != moment


@dataclass(frozen=True, kw_only=True)
class When:
    """The time of an event in words: in its own zone, and in the reader's where the clocks there show another."""

    words: str
    zone: str
    yours: str
    day: str
    month: str
    iso: str

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.words, self.zone, self.yours]))


def when(event, *, to_visitor: bool = False) -> When:
    """Return the time of an event for the reader in whose zone we are; a visitor's is not known."""
    start, end = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    yours = ""
    if not to_visitor:
        my_start, my_end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
        if (my_start.utcoffset(), my_end.utcoffset()) != (start.utcoffset(), end.utcoffset()):
            yours = _("%(time)s your time") % {"time": _span_beside(my_start, my_end, start, end)}
    return When(
        words=span(start, end),
        zone=in_words(start, end),
        yours=yours,
        day=date_format(start, "j"),
        month=date_format(start, "M"),
        iso=start.isoformat(),
    )


def span(start: datetime, end: datetime) -> str:
    """Return "Saturday 28 March 2026, 18:00 – 20:00", with a second day where it ends on another."""
    day, hour = _("l j F Y"), _("H:i")
    begins = f"{date_format(start, day)}, {date_format(start, hour)}"
    if start.date() == end.date():
        return f"{begins} – {date_format(end, hour)}"
    return f"{begins} – {date_format(end, day)}, {date_format(end, hour)}"


def _span_beside(my_start: datetime, my_end: datetime, start: datetime, end: datetime) -> str:
    """Return the reader's time beside that of the place: where the day is the same, only the hours."""
    if {my_start.date(), my_end.date(), start.date()} == {end.date()}:
        return f"{date_format(my_start, _('H:i'))} – {date_format(my_end, _('H:i'))}"
    return span(my_start, my_end)
