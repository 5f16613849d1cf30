from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from communities.actions import attend_event, confirm_attendance, start_event
from communities.models import Attendance, Event

HOUR = timedelta(hours=1)


def put_up_event(host: User, title: str = "River day", *, starts_at: datetime | None = None, **fields: Any) -> Event:
    """`host` puts up an event of two hours, in ten days unless `starts_at` says otherwise; it may be long past."""
    starts_at = starts_at or timezone.now() + timedelta(days=10)
    ends_at = fields.pop("ends_at", starts_at + 2 * HOUR)
    where = {} if "place" in fields or "link" in fields else {"place": "Lyon"}
    soon = timezone.now() + timedelta(days=1)
    told = {"title": title, "time_zone": "Europe/Paris"} | where | fields
    event = start_event(by=host, starts_at=soon, ends_at=soon + HOUR, **told)
    return move_event(event, starts_at=starts_at, ends_at=ends_at)


def move_event(event: Event, *, starts_at: datetime, ends_at: datetime | None = None) -> Event:
    """Let an event be at another time as if it always had been, also in the past; nobody is told."""
    event.starts_at, event.ends_at = starts_at, ends_at or starts_at + 2 * HOUR
    event.save(update_fields=["starts_at", "ends_at"])
    return event


def seat(event: Event, *members: User, confirmed: bool = False) -> None:
    """Members say that they come, also to an event that is over; and afterwards that they were there."""
    times = event.starts_at, event.ends_at
    if event.is_over:
        move_event(event, starts_at=timezone.now() + timedelta(days=10))
    for member in members:
        attend_event(event, by=member)
    Attendance.objects.filter(event=event, member__in=members, seated_at__isnull=False).update(
        seated_at=min(timezone.now(), times[0]) - timedelta(days=8)
    )
    move_event(event, starts_at=times[0], ends_at=times[1])
    if confirmed:
        for member in members:
            confirm_attendance(event, by=member)
