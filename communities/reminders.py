"""What is due without anybody asking: reminding of events the day before, and asking afterwards who was there."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from communities.actions.seats import REMINDED_BEFORE
from communities.models import Attendance
from notifications.actions import notify

ASKED_WITHIN = timedelta(days=3)
"""Who couldn't be asked for so long, as no worker ran, isn't asked any more."""
AT_ONCE = 200
"""How many are told in one transaction."""


def remind() -> int:
    """Remind those who have a seat 24 hours before an event begins; return how many were.

    Once, however many workers there are: a row is locked, marked and told in one transaction. Whoever took their seat
    within those 24 hours knows already.
    """
    return _tell("event_reminder", "reminded_at", _to_be_reminded)


def ask_who_was_there() -> int:
    """Ask those who had a seat, once an event is over, whether they were there; return how many were."""
    return _tell("event_ended", "asked_at", _to_be_asked)


def _to_be_reminded():
    now = timezone.now()
    return Attendance.objects.seated().filter(
        event__starts_at__gt=now,
        event__starts_at__lte=now + REMINDED_BEFORE,
        event__cancelled_at__isnull=True,
        event__hidden_at__isnull=True,
        seated_at__lte=F("event__starts_at") - REMINDED_BEFORE,
        reminded_at__isnull=True,
        member__in=User.objects.present(),
    )


def _to_be_asked():
    now = timezone.now()
    return Attendance.objects.seated().filter(
        event__ends_at__lte=now,
        event__ends_at__gt=now - ASKED_WITHIN,
        event__cancelled_at__isnull=True,
        event__hidden_at__isnull=True,
        confirmed_at__isnull=True,
        asked_at__isnull=True,
        member__in=User.objects.present(),
    )


def _tell(kind: str, mark: str, due) -> int:
    told = 0
    while some := _tell_some(kind, mark, due()):
        told += some
    return told


@transaction.atomic
def _tell_some(kind: str, mark: str, due) -> int:
    unlocked = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
    rows = list(unlocked.select_related("event", "member")[:AT_ONCE])
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(**{mark: timezone.now()})
    for row in rows:
        notify(recipient=row.member, kind=kind, actor=None, subject=row.event)
    return len(rows)
