"""Telling members what happened, and letting them say what they want to hear of, and where."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from live.telling import tell, tell_of_one_more
from notifications.kinds import KINDS, Kind
from notifications.models import Choice, Notice
from notifications.standing import NOT_WITHIN, find_standing


@transaction.atomic
def notify(*, recipient: User, kind: str, actor: User | None, subject) -> Notice | None:
    """Tell `recipient`, once, what `actor` did to `subject`: in the app and by email, as they chose.

    Without an actor it is the subject that has something to tell (`Kind.named`).

    Nobody is told of what they did themselves, nor of anybody whom they may not see. Whether they may see the
    subject is asked when the notice is shown and again when the email is sent. Also what they want to hear of neither
    here nor there is written down as told.
    """
    from notifications.tasks import email_notice

    if actor is not None and (
        recipient == actor or not User.objects.visible_to(recipient).filter(pk=actor.pk).exists()
    ):
        return None
    choice = choice_of(recipient, kind)
    notice, is_new = Notice.objects.get_or_create(
        recipient=recipient,
        kind=kind,
        actor=actor,
        subject_id=subject.pk,
        defaults={"in_app": choice.in_app, "read_at": None if choice.in_app else timezone.now()},
    )
    if is_new and choice.in_app:
        tell([recipient.pk], "notices", notice.pk)
    if is_new and KINDS[kind].by_email and choice.by_email:
        waits = KINDS[kind].waits
        task = email_notice.using(run_after=timezone.now() + waits) if waits else email_notice
        task.enqueue(notice.pk)
    return notice


@transaction.atomic(savepoint=False)  # two statements less in the transaction of what it tells
def notify_again(*, recipient: User, kind: str, subject, standing: int | None = None) -> None:
    """Tell `recipient` that one more did what many do to `subject`, in one notice for all of them (§10).

    It comes back on top, as new, once it was read, but not within a day, and is emailed only the first time. Whoever
    does it after others only looks whether the notice is there (or has looked: then it is `standing`, by its number):
    among 20,000 as among three. The subject has to be locked, so that no worker takes the notice away in the same
    moment (`notifications.standing.forget_empty`).
    """
    if number := standing or find_standing(kind, recipient=recipient, subject=subject):
        tell_of_one_more(recipient.pk, "notices", number)
        return
    about = Notice.objects.filter(recipient=recipient, kind=kind, actor=None, subject_id=subject.pk)
    before = about.first()
    if before is None:
        notify(recipient=recipient, kind=kind, actor=None, subject=subject)
    elif before.read_at and before.created_at < timezone.now() - NOT_WITHIN and choice_of(recipient, kind).in_app:
        deleted, _by_model = before.delete()
        if deleted:  # by no other at the same moment
            again = Notice.objects.create(recipient=recipient, kind=kind, actor=None, subject_id=subject.pk)
            tell([recipient.pk], "notices", again.pk)


def choice_of(member: User, kind: str) -> Choice:
    """Return where a member wants to be told of a kind."""
    return _as_stopped(Choice.objects.filter(member=member, kind=kind).first() or at_first(KINDS[kind], member), member)


def choices_of(member: User) -> dict[str, Choice]:
    """Return where a member wants to be told of each kind."""
    chosen = {choice.kind: choice for choice in Choice.objects.filter(member=member)}
    return {kind.slug: _as_stopped(chosen.get(kind.slug) or at_first(kind, member), member) for kind in KINDS.values()}


def _as_stopped(choice: Choice, member: User) -> Choice:
    if member.emails_stopped_at:
        choice.by_email = False
    return choice


def at_first(kind: Kind, member: User) -> Choice:
    """Return where a member is told of a kind who has chosen nothing."""
    return Choice(member=member, kind=kind.slug, in_app=True, by_email=kind.by_email_at_first)


def wants_email(member: User, kind: str) -> bool:
    """Whether a kind comes to a member by email."""
    return KINDS[kind].by_email and choice_of(member, kind).by_email


def mark_read(notices, *, by: User) -> int:
    """Mark those of one's own `notices` as read that aren't yet. Returns how many there were."""
    numbers = [notice.pk for notice in notices]
    return _read(Notice.objects.unread().filter(recipient=by, pk__in=numbers), by)


def mark_unread(notice: Notice, *, by: User) -> None:
    """Keep one of one's own notices for later, as if it were new."""
    Notice.objects.filter(recipient=by, pk=notice.pk, in_app=True).update(read_at=None)
    tell([by.pk], "notices")


def mark_all_read(*, by: User) -> int:
    """Mark all of one's own notices as read."""
    return _read(Notice.objects.unread().filter(recipient=by), by)


def _read(notices: QuerySet[Notice], by: User) -> int:
    number = notices.update(read_at=timezone.now())
    if number:
        tell([by.pk], "notices")
    return number


@transaction.atomic
def choose(*, by: User, in_app: Collection[str], by_email: Collection[str]) -> None:
    """Be told of the kinds of `in_app` in the app, of those of `by_email` by email, and of no others.

    Who chooses any by email wants emails again, if they had stopped all.
    """
    if by_email:
        _stop_emails(by, at=None)
    chosen = []
    for kind in KINDS.values():
        usual, slug = at_first(kind, by), kind.slug
        choice = Choice(
            member=by,
            kind=slug,
            in_app=slug in in_app if kind.in_app else usual.in_app,
            by_email=slug in by_email if kind.by_email else usual.by_email,
        )
        if (choice.in_app, choice.by_email) != (usual.in_app, usual.by_email):
            chosen.append(choice)
    Choice.objects.filter(member=by).exclude(kind__in=[choice.kind for choice in chosen]).delete()
    _keep(chosen)


@transaction.atomic
def switch_email_off(kind: str, *, by: User) -> None:
    """Send `by` no more emails of a kind. A second time changes nothing."""
    choice = choice_of(by, kind)
    _keep([Choice(member=by, kind=kind, in_app=choice.in_app, by_email=False)])


@transaction.atomic
def switch_emails_off(*, by: User) -> None:
    """Send `by` no more emails of any kind, those included that the site learns to send later."""
    _stop_emails(by, at=by.emails_stopped_at or timezone.now())


def _stop_emails(member: User, *, at: datetime | None) -> None:
    User.objects.filter(pk=member.pk).update(emails_stopped_at=at)
    member.emails_stopped_at = at


def _keep(choices: list[Choice]) -> None:
    Choice.objects.bulk_create(
        choices, update_conflicts=True, unique_fields=["member", "kind"], update_fields=["in_app", "by_email"]
    )
