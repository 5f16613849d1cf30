"""Getting into groups: by joining, by asking, by invitation; and hearing less of them (product.md §12)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.circles import connected
from accounts.models import User
from accounts.refusals import Refusal
from communities.actions.groups import kept, moderated
from communities.models import Group, GroupBan, GroupInvitation, GroupRequest, Membership
from notifications.actions import notify

AT_ONCE = 50
"""How many people one invites at once."""


@transaction.atomic
def join_group(group: Group, *, by: User) -> Membership:
    """Join an open group, or one that `by` is invited to. A second time is the first. Raises `Refusal`."""
    group = kept(Group.objects.visible_to(by), group)
    if known := Membership.objects.filter(group=group, member=by).first():
        return known
    _refuse_the_banned(group, by)
    if group.entry != Group.Entry.OPEN and not GroupInvitation.objects.open_to(by).filter(group=group).exists():
        raise Refusal(_("A moderator lets people into this group. Ask to join."))
    return _let_in(group, by)


@transaction.atomic
def ask_to_join(group: Group, *, by: User, answer: str = "") -> GroupRequest:
    """Ask to join a group, with the answer to its question, and tell its moderators. Raises `Refusal`.

    A second time changes the answer. Whoever was turned down may ask again, and sees nothing else than the others do;
    no moderator hears of it.
    """
    group, answer = kept(Group.objects.visible_to(by), group), answer.strip()
    _refuse_the_banned(group, by)
    if group.entry != Group.Entry.REQUEST or Membership.objects.filter(group=group, member=by).exists():
        raise Refusal(_("You don’t have to ask."))
    if group.question and not answer:
        raise Refusal(_("Answer the question first."))
    known = GroupRequest.objects.of(by).filter(group=group).first()
    asked_at = known.asked_at if known else timezone.now()
    asked, _made = GroupRequest.objects.update_or_create(
        group=group, member=by, defaults={"answer": answer, "asked_at": asked_at, "withdrawn_at": None}
    )
    if asked.declined_at is None:
        for moderator in User.objects.filter(memberships__in=Membership.objects.moderating().filter(group=group)):
            notify(recipient=moderator, kind="group_request", actor=by, subject=asked)
    return asked


@transaction.atomic
def withdraw_from_asking(group: Group, *, by: User) -> None:
    """Take back that one asked to join."""
    GroupRequest.objects.of(by).filter(group=group).update(withdrawn_at=timezone.now())


@transaction.atomic
def let_in(asked: GroupRequest, *, by: User) -> Membership:
    """Let somebody in who asks to join, and tell them. Raises `Refusal`."""
    group = moderated(asked.group, by)
    if not GroupRequest.objects.of(asked.member).filter(pk=asked.pk).exists():
        raise Refusal(_("They don’t ask any more."))
    _refuse_the_banned(group, asked.member)
    membership = _let_in(group, asked.member)
    notify(recipient=asked.member, kind="group_joined", actor=None, subject=membership)
    return membership


@transaction.atomic
def turn_down(asked: GroupRequest, *, by: User) -> None:
    """Set somebody's request aside, silently: to them it looks as it did before."""
    group = moderated(asked.group, by)
    GroupRequest.objects.filter(pk=asked.pk, group=group).update(declined_at=timezone.now())


@transaction.atomic
def invite_to_group(group: Group, people: Iterable[User], *, by: User) -> list[GroupInvitation]:
    """Invite connections to a group that `by` is in, and tell them. Raises `Refusal`.

    Returns the new invitations: whoever is in the group, or was invited by `by` before, gets none.
    """
    group, wanted = kept(Group.objects.joined_by(by), group), {member.pk for member in people}
    if len(wanted) > AT_ONCE:
        raise Refusal(_("Invite up to %(most)s people at once.") % {"most": AT_ONCE})
    known = User.objects.visible_to(by).filter(connected(by, OuterRef("pk")), pk__in=wanted)
    if known.count() < len(wanted):
        raise Refusal(_("Only connections can be invited."))
    invited = GroupInvitation.objects.filter(group=group, by=by, member__in=wanted)
    inside = Membership.objects.filter(group=group, member__in=wanted)
    new = known.exclude(pk__in=invited.values("member")).exclude(pk__in=inside.values("member")).order_by("pk")
    made = GroupInvitation.objects.bulk_create(GroupInvitation(group=group, member=one, by=by) for one in new)
    for invitation in made:
        notify(recipient=invitation.member, kind="group_invitation", actor=by, subject=invitation)
    return made


@transaction.atomic
def decline_invitations(group: Group, *, by: User) -> None:
    """Decline what one is invited to; nobody is told."""
    GroupInvitation.objects.open_to(by).filter(group=group).update(declined_at=timezone.now())


def end_invitations_between(*, blocker: User, blocked: User) -> None:
    """What a block ends: the invitations of either to the other."""
    pair = [blocker, blocked]
    GroupInvitation.objects.filter(by__in=pair, member__in=pair).delete()


@transaction.atomic
def mute_group(group: Group, *, by: User, until: datetime) -> None:
    """Keep what is said in a group out of one's feed until a moment, or `FOR_GOOD`."""
    Membership.objects.filter(group=group, member=by).update(muted_until=until)


@transaction.atomic
def unmute_group(group: Group, *, by: User) -> None:
    """Let a muted group into the feed again."""
    Membership.objects.filter(group=group, member=by).update(muted_until=None)


def _let_in(group: Group, member: User) -> Membership:
    """Make somebody a member; their request and invitations have done their part."""
    GroupRequest.objects.filter(group=group, member=member).delete()
    GroupInvitation.objects.filter(group=group, member=member).delete()
    return Membership.objects.get_or_create(group=group, member=member)[0]


def _refuse_the_banned(group: Group, member: User) -> None:
    if GroupBan.objects.filter(group=group, member=member).exists():
        raise Refusal(_("This group can’t be joined at the moment."))
