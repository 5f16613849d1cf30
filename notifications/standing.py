"""The one notice of what many do, where it stands already. Nearly all of them only look, so that is written once."""

from datetime import timedelta
from functools import cache

from django.db import transaction
from django.db.models import Q, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.written_once import WrittenOnce
from notifications.kinds import KINDS
from notifications.models import Notice

NOT_WITHIN = timedelta(days=1)
"""How soon a notice that tells what many do doesn't come back."""


def standing(kind: str, *, recipient, subject) -> Subquery:
    """The number of a notice that needn't be written: unread, or not a day old. Part of a query about its subject."""
    needs_nothing = Q(read_at__isnull=True) | Q(created_at__gte=timezone.now() - NOT_WITHIN)
    notice = Notice.objects.filter(needs_nothing, recipient=recipient, kind=kind, actor=None, subject_id=subject)
    return Subquery(notice.values("pk"))


def find_standing(kind: str, *, recipient: User, subject) -> int | None:
    """Return the number of a member's notice of what many did to `subject`; None if it has to be written."""
    [(number,)] = _look(kind).rows(recipient, number=subject.pk)
    return number


@cache
def _look(kind: str) -> WrittenOnce:
    def query(member, number):
        return User.objects.filter(pk=member.pk).values_list(standing(kind, recipient=member, subject=number))

    return WrittenOnce(query)


@transaction.atomic
def forget_empty(*, recipient: User, kind: str, subject_id: int) -> None:
    """Take away a notice of what many did that was never told, if none of them is left.

    Whoever does it later is then the first again, and told by email too. It waits for those who are doing it now.
    """
    if kind not in KINDS or not KINDS[kind].waits or not User.objects.present().filter(pk=recipient.pk).exists():
        return
    subjects = KINDS[kind].subjects_visible_to(recipient).filter(pk=subject_id)
    list(subjects.model.objects.select_for_update(no_key=True).filter(pk=subject_id).values_list("pk"))
    if not subjects.exists():
        about = Notice.objects.filter(recipient=recipient, kind=kind, actor=None, subject_id=subject_id)
        about.filter(Q(read_at__isnull=True) | Q(in_app=False)).delete()
