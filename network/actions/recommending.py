"""Recommending a connection, and deciding what stands on one's own profile (product.md §7)."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import User
from accounts.refusals import Refusal
from network.models import Connection, Recommendation
from notifications.actions import notify
from notifications.models import Notice

TOLD_ONCE_IN = timedelta(days=30)
"""Whoever writes, takes back and writes again is told of once in this time."""


@transaction.atomic
def recommend_member(
    subject: User, *, by: User, relationship: str, text: str, key: UUID | None = None
) -> Recommendation:
    """Write a recommendation of a connection, or change the one that one wrote. Raises `Refusal`.

    Changed words ask for approval anew, and until then aren't shown; the same words change nothing. A replay with
    the same `key` returns what stands.
    """
    key, words = key or uuid4(), {"relationship": relationship, "text": text.strip()}
    lock_pair(subject, by)
    if replayed := Recommendation.objects.filter(author=by, key=key).defer("set_aside_at").first():
        return replayed
    if not User.objects.visible_to(by).filter(pk=subject.pk).exists():
        raise Refusal(_("This member can't be recommended."))
    if not Connection.objects.filter(member=by, other=subject).exists():
        raise Refusal(_("Only a connection can recommend %(name)s, and you are not connected.") % _named(subject))
    written = Recommendation.objects.written_by(by).filter(subject=subject).first()
    if written is None:
        written = Recommendation.objects.create(author=by, subject=subject, key=key, **words)
        _tell_subject(written)
    elif (written.relationship, written.text) != (words["relationship"], words["text"]):
        _change(written, key=key, **words)
    return written


def _tell_subject(written: Recommendation) -> None:
    """Tell the subject that a recommendation came; once in a while, however often its author takes it back."""
    told = Notice.objects.filter(recipient=written.subject, kind="recommendation", actor=written.author)
    if not told.filter(created_at__gt=timezone.now() - TOLD_ONCE_IN).update(subject_id=written.pk):
        notify(recipient=written.subject, kind="recommendation", actor=written.author, subject=written)


def _change(written: Recommendation, **words) -> None:
    """Put other words in the place of those that stand. Who approved the former ones hears that they are gone.

    Whoever hasn't answered yet, or set it aside, reads the new words in the same place and is not told again.
    """
    was_approved = written.approved_at is not None
    waits = {"approved_at": None, "set_aside_at": None, "hidden_by_subject_at": None}
    for field, value in (words | waits | {"changed_at": timezone.now()}).items():
        setattr(written, field, value)
    written.save(update_fields=[*words, *waits, "changed_at"])
    if was_approved:
        _tell_anew(written, kind="recommendation_changed", recipient=written.subject, actor=written.author)


@transaction.atomic
def approve_recommendation(recommendation: Recommendation, *, by: User, fingerprint: str) -> None:
    """Put a recommendation on one's profile; one that was set aside, too. A second time changes nothing.

    `fingerprint` says which words were read: if its author has changed them meanwhile, that is a `Refusal`.
    """
    fresh = _received(recommendation, by=by)
    if fresh.fingerprint != fingerprint:
        raise Refusal(
            _("%(name)s has changed these words since you read them. Read them again.") % _named(fresh.author)
        )
    if fresh.approved_at:
        return
    Recommendation.objects.filter(pk=fresh.pk).update(approved_at=timezone.now(), set_aside_at=None)
    _tell_anew(fresh, kind="recommendation_approved", recipient=fresh.author, actor=by)


@transaction.atomic
def set_aside_recommendation(recommendation: Recommendation, *, by: User) -> None:
    """Leave a recommendation off one's profile, silently: nothing that its author can reach changes."""
    fresh = _received(recommendation, by=by)
    waiting = Recommendation.objects.filter(pk=fresh.pk, approved_at__isnull=True, set_aside_at__isnull=True)
    waiting.update(set_aside_at=timezone.now())


@transaction.atomic
def hide_recommendation(recommendation: Recommendation, *, by: User) -> None:
    """Take an approved recommendation off one's profile; its author is not told."""
    fresh = _received(recommendation, by=by)
    shown = Recommendation.objects.filter(pk=fresh.pk, approved_at__isnull=False, hidden_by_subject_at__isnull=True)
    shown.update(hidden_by_subject_at=timezone.now())


@transaction.atomic
def show_recommendation(recommendation: Recommendation, *, by: User) -> None:
    """Put a recommendation that one hid on one's profile again."""
    fresh = _received(recommendation, by=by)
    Recommendation.objects.filter(pk=fresh.pk).update(hidden_by_subject_at=None)


@transaction.atomic
def take_back_recommendation(recommendation: Recommendation, *, by: User) -> None:
    """Take back what one wrote, connected or not: it is gone. Its subject is not told."""
    lock_pair(recommendation.subject, by)
    Recommendation.objects.filter(pk=recommendation.pk, author=by).delete()


def _received(recommendation: Recommendation, *, by: User) -> Recommendation:
    """The recommendation as it is now, under the lock of the pair."""
    lock_pair(recommendation.author, by)
    fresh = Recommendation.objects.received_by(by).select_related("author").filter(pk=recommendation.pk).first()
    if fresh is None:
        raise Refusal(_("This recommendation is no longer there."))
    return fresh


def _tell_anew(recommendation: Recommendation, *, kind: str, recipient: User, actor: User) -> None:
    """Tell something that can happen again and means something each time: in the place of what was told before."""
    Notice.objects.filter(recipient=recipient, kind=kind, actor=actor, subject_id=recommendation.pk).delete()
    notify(recipient=recipient, kind=kind, actor=actor, subject=recommendation)


def _named(member: User) -> dict[str, str]:
    return {"name": member.first_name}
