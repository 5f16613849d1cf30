"""Events as calendar programs read them: iCalendar (RFC 5545), with every time zone that they name.

Who comes is never in it. The private link is, for those who have a seat.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import icalendar
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Community, User
from communities.models import Attendance, Event
from notifications.emails import absolute

KEPT_FOR = timedelta(days=365)
"""How long a subscription still has events that are over."""
MOST = 1000
YEAR = timedelta(days=366)


def calendar_of_event(event: Event, *, viewer) -> bytes:
    """Return one event as a file."""
    mine = Attendance.objects.filter(event=event, member=viewer if viewer.is_authenticated else None).first()
    event.has_answered, event.has_seat = mine is not None, mine is not None and mine.seated_at is not None
    return _file([event], name=event.title)


def calendar_of(member: User) -> bytes:
    """Return all that a member answered or hosts, from a year ago on, as a calendar that programs fetch again."""
    mine = Attendance.objects.filter(event=OuterRef("pk"), member=member)
    events = (
        Event.objects.visible_to(member)
        .concerning(member)
        .filter(starts_at__gt=timezone.now() - KEPT_FOR)
        .annotate(has_seat=Exists(mine.seated()), has_answered=Exists(mine))
        .order_by("starts_at", "pk")[:MOST]
    )
    return _file(events, name=_("%(community)s: your events") % {"community": Community.current().name})


def _file(events: Iterable[Event], *, name: str) -> bytes:
    """Return a file of events that know whether the viewer has answered them and has a seat."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Acquaint//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("name", in_a_line(name))
    calendar.add("x-wr-calname", in_a_line(name))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    moments = []
    for event in events:
        calendar.add_component(_entry(event))
        moments += [event.starts_at, event.ends_at]
    if moments:
        calendar.add_missing_timezones((min(moments) - YEAR).date(), (max(moments) + YEAR).date())
    return calendar.to_ical()


def _entry(event: Event) -> icalendar.Event:
    entry, address = icalendar.Event(), absolute(event.get_absolute_url())
    entry.add("uid", f"{event.pk}-{event.key}@acquaint")
    entry.add("dtstamp", event.changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("created", event.created_at.astimezone(UTC).replace(microsecond=0))
    entry.add("last-modified", event.changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("sequence", event.revision)
    for name, moment in zip(("dtstart", "dtend"), _by_clock(event), strict=True):
        entry.add(name, moment)
    entry.add("summary", in_a_line(event.title))
    link = event.link if event.has_seat else ""
    entry.add("location", in_a_line(event.place or link or _("Online")))
    entry.add("description", plain("\n\n".join(filter(None, [event.about, link, address]))))
    entry.add("url", address)
    unsure = event.has_answered and not event.has_seat
    entry.add("status", "CANCELLED" if event.cancelled_at else "TENTATIVE" if unsure else "CONFIRMED")
    return entry


def _by_clock(event: Event) -> tuple[datetime, datetime]:
    """Begin and end by the clocks of the place; where they show a time the second time in a night, without them.

    A file can't say which of the two it means, and whoever reads it takes the first (RFC 5545, 3.3.5).
    """
    times = [moment.replace(microsecond=0).astimezone(event.zone) for moment in (event.starts_at, event.ends_at)]
    if any(moment.fold for moment in times):
        times = [moment.astimezone(UTC) for moment in times]
    return times[0], times[1]


def plain(text: str) -> str:
    """Return text without the signs that no calendar file may have."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def in_a_line(text: str) -> str:
    return " ".join(plain(text).split())
