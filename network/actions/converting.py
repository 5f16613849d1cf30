"""From following to connecting (product.md §4)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from network.models import NotNow
from network.models.not_now import QUIET_FOR


@transaction.atomic
def put_off_connecting(member: User, *, by: User) -> None:
    """Say "not now" to connecting with somebody: the site is quiet about it for 180 days, and tells nobody."""
    NotNow.objects.update_or_create(member=by, other=member, defaults={"until": timezone.now() + QUIET_FOR})
