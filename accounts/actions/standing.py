"""Suspending a member, and a member's own leaving: at once for others, for good after 14 days."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import registers
from accounts.letters import send_letter
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from live.telling import tell

TIME_TO_CHANGE_ONES_MIND = timedelta(days=14)
"""From asking for deletion to deletion for good: product.md §14."""


@transaction.atomic
def suspend_member(member: User, *, by: User, until: datetime | None = None) -> User:
    """Let a member vanish for everyone but operators until then, or for good, and end their sessions.

    Suspending again replaces the time.
    """
    if member == by:
        raise Refusal(_("You can't suspend yourself."))
    if until is not None and until <= timezone.now():
        raise Refusal(_("Choose a time that is still to come."))
    member.suspended_until = until or FOR_GOOD
    User.objects.filter(pk=member.pk).update(suspended_until=member.suspended_until)
    end_sessions(member)
    return member


@transaction.atomic
def reactivate_member(member: User, *, by: User) -> User:
    """Let a suspended member back in before the time."""
    if not User.objects.filter(pk=member.pk, suspended_until__gt=timezone.now()).update(suspended_until=None):
        raise Refusal(_("They are not suspended."))
    member.suspended_until = None
    return member


@transaction.atomic
def leave(*, by: User) -> User:
    """Ask for one's account to be deleted: out of sight and signed out everywhere at once, gone in 14 days.

    Asked again, the date stays. Raises `Refusal` for operators: what they decided needs somebody to stand for it.
    """
    from accounts.tasks import delete_account

    member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if member.is_staff:
        raise Refusal(_("An operator's account can't be deleted. Ask another operator to make you a plain member."))
    if member.leaves_at:
        return member
    member.leaves_at = timezone.now() + TIME_TO_CHANGE_ONES_MIND
    member.save(update_fields=["leaves_at"])
    end_sessions(member)
    delete_account.using(run_after=member.leaves_at).enqueue(member.pk)
    send_letter("leaving", to=member.email, member=member, leaves_at=member.leaves_at)
    return member


@transaction.atomic
def keep_account(*, by: User) -> User:
    """Change one's mind about leaving: everything is as it was."""
    member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if member.leaves_at is None:
        return member
    member.leaves_at = None
    member.save(update_fields=["leaves_at"])
    send_letter("staying", to=member.email, member=member)
    return member


@transaction.atomic
def delete_departed(pk: int) -> bool:
    """Delete an account for good if its member still leaves and the time is up; say whether it was.

    What others keep (messages in their conversations) stays, without a name.
    """
    member = User.objects.select_for_update().filter(pk=pk, leaves_at__lte=timezone.now()).first()
    if member is None:
        return False
    for erase in registers.on_departure:
        erase(member=member)
    end_sessions(member)
    send_letter("gone", to=member.email)
    member.delete()
    return True


def end_sessions(member: User) -> None:
    """Sign a member out on every device."""
    for session in UserSession.objects.filter(user=member):
        session.end()
    tell([member.pk], "sessions")
