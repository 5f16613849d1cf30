"""Telling members what happened, and letting them say what they want to hear by email."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.kinds import KINDS, emailed
from notifications.models import EmailChoice, Notice

NOT_WITHIN = timedelta(days=1)
"""How soon a notice that tells what many do doesn't come back."""


@transaction.atomic
def notify(*, recipient: User, kind: str, actor: User | None, subject) -> Notice | None:
    """Tell `recipient`, once, what `actor` did to `subject`: in the app, and by email unless that is switched off.

    Without an actor it is the subject that has something to tell (`Kind.named`).

    Nobody is told of what they did themselves, nor of anybody whom they may not see. Whether they may see the
    subject is asked when the notice is shown and again when the email is sent.
    """
    from notifications.tasks import email_notice

    if actor is not None and (
        recipient == actor or not User.objects.visible_to(recipient).filter(pk=actor.pk).exists()
    ):
        return None
    notice, is_new = Notice.objects.get_or_create(recipient=recipient, kind=kind, actor=actor, subject_id=subject.pk)
    if is_new and KINDS[kind].by_email and wants_email(recipient, kind):
        email_notice.enqueue(notice.pk)
    return notice


@transaction.atomic
def notify_again(*, recipient: User, kind: str, subject) -> None:
    """Tell `recipient` that one more did what many do to `subject`, in one notice for all of them (§10).

    It comes back on top, as new, once it was read, but not within a day, and is emailed only the first time. The
    subject has to be locked.
    """
    notice = notify(recipient=recipient, kind=kind, actor=None, subject=subject)
    if notice is not None and notice.read_at and notice.created_at < timezone.now() - NOT_WITHIN:
        notice.delete()
        Notice.objects.create(recipient=recipient, kind=kind, actor=None, subject_id=subject.pk)


def wants_email(member: User, kind: str) -> bool:
    """Whether a member has left a kind of email switched on."""
    return not EmailChoice.objects.filter(member=member, kind=kind).exists()


def mark_read(notices, *, by: User) -> int:
    """Mark those of one's own `notices` as read that aren't yet. Returns how many there were."""
    numbers = [notice.pk for notice in notices]
    return Notice.objects.unread().filter(recipient=by, pk__in=numbers).update(read_at=timezone.now())


def mark_all_read(*, by: User) -> int:
    """Mark all of one's own notices as read."""
    return Notice.objects.unread().filter(recipient=by).update(read_at=timezone.now())


@transaction.atomic
def choose_emails(wanted: Collection[str], *, by: User) -> None:
    """Switch the kinds of email in `wanted` on, and all others off."""
    EmailChoice.objects.filter(member=by, kind__in=wanted).delete()
    for kind in {kind.slug for kind in emailed()} - set(wanted):
        EmailChoice.objects.get_or_create(member=by, kind=kind)


@transaction.atomic
def switch_email_off(kind: str, *, by: User) -> None:
    """Send `by` no more emails of a kind. A second time changes nothing."""
    EmailChoice.objects.get_or_create(member=by, kind=kind)
