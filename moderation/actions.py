"""What members and operators do about what shouldn't be there.

Every act of an operator leaves a `Decision`, closes the case about the thing and tells those concerned.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.models import User
from accounts.refusals import Refusal
from communities.actions.groups import moderated
from communities.models import Event, Group, Organization
from feed.hiding import hide, restore
from feed.models import Comment, Post
from messaging.models import Message
from moderation import letters
from moderation.models import Case, Decision, Report, Subject
from moderation.subjects import evidence_of, group_of, kind_of, responsible_for
from network.models import Recommendation
from profiles.photos import forget_hidden

Action = Decision.Action
Hideable = Post | Comment | Organization | Group | Event | Recommendation
Said = Post | Comment
"""What a group's moderators hide and show."""


@transaction.atomic
def report_thing(thing, *, by: User, reason: str, words: str = "") -> Report:
    """Tell the operators about a member or something of theirs; once for each member and case.

    All reports about one thing make one case, until it is decided. What was said in a group its moderators see first
    (`Case.objects.with_reason`).
    """
    member = responsible_for(thing)
    if member == by:
        raise Refusal(_("You can't report yourself."))
    about = {"subject_kind": kind_of(thing), "subject_id": thing.pk}
    case, _new = Case.objects.select_for_update().get_or_create(
        **about, closed_at__isnull=True, defaults={"member": member, "group": group_of(thing)}
    )
    report, _new = Report.objects.get_or_create(
        case=case, reporter=by, defaults={"reason": reason, "words": words, "evidence": evidence_of(thing)}
    )
    return report


def holds_message(message: Message) -> bool:
    """Whether somebody reported a message: its files stay for operators when its sender deletes it."""
    return Case.objects.filter(subject_kind=Subject.MESSAGE, subject_id=message.pk).exists()


@transaction.atomic
def dismiss_case(case: Case, *, by: User, why: str) -> Decision:
    """Decide that nothing needs to be done about what was reported."""
    return _decide(Action.DISMISS, case.subject_kind, case.subject_id, case.member, by=by, why=why, case=case)


@transaction.atomic
def hide_thing(thing: Hideable, *, by: User, why: str, case: Case | None = None) -> Decision:
    """Hide a thing of any of these kinds, also one that a moderator of its group hid before."""
    return _hide(thing, by=by, why=why, case=case)


@transaction.atomic
def restore_thing(thing: Hideable, *, by: User, why: str, case: Case | None = None) -> Decision:
    return _restore(thing, by=by, why=why, case=case)


@transaction.atomic
def hide_post(post: Post, *, by: User, why: str, case: Case | None = None) -> Decision:
    """Hide a post from everyone but its author and operators."""
    return _hide(post, by=by, why=why, case=case)


@transaction.atomic
def hide_comment(comment: Comment, *, by: User, why: str, case: Case | None = None) -> Decision:
    """Hide a comment, and with it the replies to it."""
    return _hide(comment, by=by, why=why, case=case)


@transaction.atomic
def restore_post(post: Post, *, by: User, why: str, case: Case | None = None) -> Decision:
    return _restore(post, by=by, why=why, case=case)


@transaction.atomic
def restore_comment(comment: Comment, *, by: User, why: str, case: Case | None = None) -> Decision:
    return _restore(comment, by=by, why=why, case=case)


@transaction.atomic
def hide_photo(member: User, *, by: User, why: str, case: Case | None = None) -> Decision:
    """Show a member's initials where their photo was; the photo stays stored."""
    hidden = User.objects.filter(pk=member.pk, photo_hidden_at__isnull=True).exclude(photo_key="")
    if not hidden.update(photo_hidden_at=timezone.now()):
        raise Refusal(_("There is no photo to hide."))
    return _decide(Action.HIDE, Subject.PHOTO, member.pk, member, by=by, why=why, case=case)


@transaction.atomic
def restore_photo(member: User, *, by: User, why: str, case: Case | None = None) -> Decision:
    if not User.objects.filter(pk=member.pk, photo_hidden_at__isnull=False).update(photo_hidden_at=None):
        raise Refusal(_("The photo isn't hidden."))
    forget_hidden(member)
    return _decide(Action.RESTORE, Subject.PHOTO, member.pk, member, by=by, why=why, case=case)


@transaction.atomic
def suspend_member(member: User, *, by: User, why: str, until=None, case: Case | None = None) -> Decision:
    """Make a member vanish for everyone but operators, until a time, or for good; what they wrote stays stored."""
    if member.is_superuser and not by.is_superuser:
        raise Refusal(_("Only an operator with all permissions can suspend another one."))
    if until is not None and until <= timezone.now():
        raise Refusal(_("Choose a time that is still to come."))
    accounts.suspend_member(member, until=until, by=by)
    return _decide(Action.SUSPEND, Subject.MEMBER, member.pk, member, by=by, why=why, until=until, case=case)


@transaction.atomic
def reactivate_member(member: User, *, by: User, why: str, case: Case | None = None) -> Decision:
    """End a suspension before its time."""
    if not User.objects.filter(pk=member.pk, suspended_until__gt=timezone.now()).exists():
        raise Refusal(_("They are not suspended."))
    accounts.reactivate_member(member, by=by)
    return _decide(Action.REACTIVATE, Subject.MEMBER, member.pk, member, by=by, why=why, case=case)


@transaction.atomic
def hide_in_group(thing: Said, *, by: User, why: str) -> Decision:
    """Hide what was said in a group that `by` moderates; reports about it are answered by that. Raises `Refusal`."""
    _refuse_what_isnt_theirs(thing, by)
    if not hide(thing, by_group=True):
        raise Refusal(_("It is hidden already."))
    return _decide(Action.HIDE, kind_of(thing), thing.pk, thing.author, by=by, why=why, by_group=True)


@transaction.atomic
def show_in_group(thing: Said, *, by: User) -> Decision:
    """Show again what a moderator of the group hid; what an operator hid stays so. Raises `Refusal`."""
    _refuse_what_isnt_theirs(thing, by)
    if not restore(thing, by_group=True):
        raise Refusal(_("No moderator hid it."))
    why = _("A moderator of the group looked at it again.")
    return _decide(Action.RESTORE, kind_of(thing), thing.pk, thing.author, by=by, why=why, by_group=True)


@transaction.atomic
def keep_in_group(case: Case, *, by: User) -> Decision:
    """Decide as a moderator that nothing needs to be done about what was reported. Raises `Refusal`."""
    case = _theirs(case, by)
    why = _("A moderator of the group saw nothing wrong.")
    return _decide(
        Action.DISMISS, case.subject_kind, case.subject_id, case.member, by=by, why=why, case=case, by_group=True
    )


@transaction.atomic
def hand_on(case: Case, *, by: User) -> None:
    """Give a case about what was said in a group to the operators. Raises `Refusal`."""
    case = _theirs(case, by)
    Case.objects.filter(pk=case.pk).update(handed_on_at=timezone.now())


def _theirs(case: Case, by: User) -> Case:
    found = Case.objects.for_moderator(by).select_for_update(of=("self",)).filter(pk=case.pk).first()
    if found is None:
        raise Refusal(_("Somebody has decided this case already."))
    return found


def _refuse_what_isnt_theirs(thing: Said, by: User) -> None:
    """Refuse what wasn't said in a group that `by` moderates, or by another of its moderators."""
    group = group_of(thing)
    if group is None:
        raise Refusal(_("This is no longer there for you."))
    group = moderated(group, by)
    if thing.author != by and group.memberships.filter(member=thing.author, is_moderator=True).exists():
        raise Refusal(_("What a moderator said can only be hidden by the operators. Report it."))


def _hide(thing, *, by, why, case) -> Decision:
    if not hide(thing):
        raise Refusal(_("It is hidden already."))
    return _decide(Action.HIDE, kind_of(thing), thing.pk, responsible_for(thing), by=by, why=why, case=case)


def _restore(thing, *, by, why, case) -> Decision:
    if not restore(thing):
        raise Refusal(_("It isn't hidden."))
    return _decide(Action.RESTORE, kind_of(thing), thing.pk, responsible_for(thing), by=by, why=why, case=case)


def _decide(action, kind, number, member, *, by, why, until=None, case=None, by_group=False) -> Decision:
    """Record a decision, close the case that it answers, and tell the member and the reporters.

    A moderator's decision doesn't answer a case that was handed on to the operators.
    """
    if not why.strip():
        raise Refusal(_("Say why."))
    open_cases = Case.objects.select_for_update().filter(closed_at__isnull=True)
    if by_group:
        open_cases = open_cases.filter(handed_on_at__isnull=True)
    if case is None:
        case = open_cases.filter(subject_kind=kind, subject_id=number).first()
    elif not open_cases.filter(pk=case.pk).exists():
        raise Refusal(_("Somebody has decided this case already."))
    decision = Decision.objects.create(
        action=action,
        subject_kind=kind,
        subject_id=number,
        member=member,
        case=case,
        by=by,
        by_name=by.name or by.email,
        why=why.strip(),
        until=until,
        by_group=by_group,
    )
    if case is not None:
        Case.objects.filter(pk=case.pk).update(closed_at=decision.decided_at)
        letters.tell_reporters(decision)
    letters.tell_member(decision)
    return decision
