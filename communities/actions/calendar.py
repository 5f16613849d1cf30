"""The secret address of one's own calendar: a new one ends the old (product.md §12)."""

from django.db import transaction

from accounts.models import User
from communities.models import CalendarKey
from communities.models.event import new_key


@transaction.atomic
def renew_calendar_key(*, by: User) -> CalendarKey:
    """Make the address of one's calendar, or a new one; the old one ends."""
    return CalendarKey.objects.update_or_create(member=by, defaults={"key": new_key()})[0]


@transaction.atomic
def end_calendar_key(*, by: User) -> None:
    """End the address of one's calendar."""
    CalendarKey.objects.filter(member=by).delete()
