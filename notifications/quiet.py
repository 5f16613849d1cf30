"""Quiet hours: when a member's emails wait until morning, by the clocks where they live."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.zones import zone_of
from notifications.models import QuietHours


@transaction.atomic
def set_quiet_hours(begins_at: time | None, ends_at: time | None, *, by: User) -> None:
    """Let emails wait between two times of day, or come at any hour where there are none."""
    if begins_at and ends_at:
        keep_quiet(begins_at, ends_at, by=by)
    else:
        end_quiet(by=by)


@transaction.atomic
def keep_quiet(begins_at: time, ends_at: time, *, by: User) -> None:
    """Let emails wait from one time of day until another, each day; the night may lie between."""
    QuietHours.objects.update_or_create(member=by, defaults={"begins_at": begins_at, "ends_at": ends_at})


def end_quiet(*, by: User) -> None:
    """Let emails come at any hour."""
    QuietHours.objects.filter(member=by).delete()


def quiet_until(member: User) -> datetime | None:
    """Return when the quiet hours end in which a member is now; None if they are in none."""
    hours = QuietHours.objects.filter(member=member).first()
    return end_of(hours, at=timezone.localtime(timezone=zone_of(member))) if hours else None


def end_of(hours: QuietHours, *, at: datetime) -> datetime | None:
    """Return the end of the quiet hours in which the local moment `at` lies; None if it lies in none.

    An end that clocks skip is the moment in which they skip it; of one that they show twice it is the first, after
    which the hours are over for good.
    """
    clock, over_night = at.time(), hours.ends_at < hours.begins_at
    began, goes_on = clock >= hours.begins_at, clock < hours.ends_at
    if not (began or goes_on if over_night else began and goes_on):
        return None
    day = at.date() if goes_on else at.date() + timedelta(days=1)
    ends = datetime.combine(day, hours.ends_at, tzinfo=at.tzinfo).astimezone(UTC)
    return ends if ends > at.astimezone(UTC) else None
