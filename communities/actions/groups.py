"""Starting groups, getting into them and out again, and looking after them (product.md §12)."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.circles import connected
from accounts.models import User
from accounts.refusals import Refusal
from accounts.slugs import free_slug
from communities.actions.seats import give_back_seats_in_group
from communities.models import Group, GroupBan, GroupInvitation, GroupRequest, Membership

RESERVED = frozenset(["new", "mine", "search"])


@transaction.atomic
def start_group(*, by: User, name: str, entry: str = Group.Entry.OPEN, key: UUID | None = None, **fields: str) -> Group:
    """Start a group, whose first member and moderator is its starter. A replay with the same `key` is the first one."""
    key, name = key or uuid4(), " ".join(name.split())
    slug = free_slug(name, taken=_is_taken, most=50, otherwise="group")
    told = {"name": name, "slug": slug, "entry": entry} | fields
    group, is_new = Group.objects.get_or_create(started_by=by, key=key, defaults=told)
    if is_new:
        Membership.objects.create(group=group, member=by, is_moderator=True)
    return group


@transaction.atomic
def change_group(group: Group, *, by: User, **fields: str) -> Group:
    """Set name, about, rules, entry or question of a group that `by` moderates. Raises `Refusal`.

    Where a group becomes open, those who asked to join are in it.
    """
    group = _moderated(group, by)
    for field, value in fields.items():
        setattr(group, field, value)
    if group.entry != Group.Entry.REQUEST:
        group.question = ""
    group.save()
    if group.entry == Group.Entry.OPEN:
        for asked in GroupRequest.objects.filter(group=group, declined_at__isnull=True).select_related("member"):
            _let_in(group, asked.member)
    return group


@transaction.atomic
def join_group(group: Group, *, by: User) -> Membership:
    """Join an open group, or one that `by` is invited to. A second time is the first. Raises `Refusal`."""
    group = _locked(Group.objects.visible_to(by), group)
    if known := Membership.objects.filter(group=group, member=by).first():
        return known
    _refuse_the_banned(group, by)
    if group.entry != Group.Entry.OPEN and not GroupInvitation.objects.open_to(by).filter(group=group).exists():
        raise Refusal(_("A moderator lets people into this group. Ask to join."))
    return _let_in(group, by)


@transaction.atomic
def ask_to_join(group: Group, *, by: User, answer: str = "") -> GroupRequest:
    """Ask to join a group, with the answer to its question. A second time changes the answer. Raises `Refusal`."""
    group = _locked(Group.objects.visible_to(by), group)
    _refuse_the_banned(group, by)
    if group.entry != Group.Entry.REQUEST or Membership.objects.filter(group=group, member=by).exists():
        raise Refusal(_("You don’t have to ask."))
    if group.question and not answer.strip():
        raise Refusal(_("Answer the question first."))
    asked, _made = GroupRequest.objects.update_or_create(group=group, member=by, defaults={"answer": answer.strip()})
    return asked


@transaction.atomic
def withdraw_from_asking(group: Group, *, by: User) -> None:
    """Take back that one asked to join; what was declined stays so."""
    GroupRequest.objects.filter(group=group, member=by, declined_at__isnull=True).delete()


@transaction.atomic
def let_in(asked: GroupRequest, *, by: User) -> Membership:
    """Let somebody in who asked to join. Raises `Refusal`."""
    group = _moderated(asked.group, by)
    if not GroupRequest.objects.filter(pk=asked.pk).exists():
        raise Refusal(_("They don’t ask any more."))
    _refuse_the_banned(group, asked.member)
    return _let_in(group, asked.member)


@transaction.atomic
def turn_down(asked: GroupRequest, *, by: User) -> None:
    """Set somebody's request aside, silently: to them it looks as it did before."""
    group = _moderated(asked.group, by)
    GroupRequest.objects.filter(pk=asked.pk, group=group).update(declined_at=timezone.now())


@transaction.atomic
def invite_to_group(group: Group, member: User, *, by: User) -> GroupInvitation | None:
    """Invite a connection to a group that `by` is in; None if they are in it already. Raises `Refusal`."""
    group = _locked(Group.objects.joined_by(by), group)
    if not User.objects.visible_to(by).filter(connected(by, member), pk=member.pk).exists():
        raise Refusal(_("Only connections can be invited."))
    if Membership.objects.filter(group=group, member=member).exists():
        return None
    return GroupInvitation.objects.get_or_create(group=group, member=member, by=by)[0]


@transaction.atomic
def decline_invitations(group: Group, *, by: User) -> None:
    """Decline what one is invited to; nobody is told."""
    GroupInvitation.objects.filter(group=group, member=by).delete()


@transaction.atomic
def leave_group(group: Group, *, by: User) -> None:
    """Leave a group. Its last moderator names another one first, unless nobody else is left. Raises `Refusal`."""
    group = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    mine = Membership.objects.filter(group=group, member=by)
    others = Membership.objects.filter(group=group).exclude(member=by)
    if mine.filter(is_moderator=True).exists() and others.exists() and not others.filter(is_moderator=True).exists():
        raise Refusal(_("Make somebody else a moderator first: the group needs one."))
    mine.delete()
    give_back_seats_in_group(by, group)


@transaction.atomic
def remove_from_group(group: Group, member: User, *, by: User, ban: bool = False) -> None:
    """Take somebody out of a group who doesn't moderate it; banned, they can't join again. Raises `Refusal`."""
    group = _moderated(group, by)
    if Membership.objects.filter(group=group, member=member, is_moderator=True).exists():
        raise Refusal(_("A moderator can’t be removed; operators can help."))
    for model in (Membership, GroupRequest, GroupInvitation):
        model.objects.filter(group=group, member=member).delete()
    give_back_seats_in_group(member, group)
    if ban:
        GroupBan.objects.get_or_create(group=group, member=member, defaults={"by": by})


@transaction.atomic
def lift_ban(group: Group, member: User, *, by: User) -> None:
    """Let somebody join again who was banned."""
    GroupBan.objects.filter(group=_moderated(group, by), member=member).delete()


@transaction.atomic
def make_moderator(group: Group, member: User, *, by: User) -> None:
    """Let a member of the group look after it too. Raises `Refusal`."""
    if not Membership.objects.filter(group=_moderated(group, by), member=member).update(is_moderator=True):
        raise Refusal(_("They are not in the group."))


def _let_in(group: Group, member: User) -> Membership:
    """Make somebody a member; their request and invitations have done their part."""
    GroupRequest.objects.filter(group=group, member=member).delete()
    GroupInvitation.objects.filter(group=group, member=member).delete()
    return Membership.objects.get_or_create(group=group, member=member)[0]


def _refuse_the_banned(group: Group, member: User) -> None:
    if GroupBan.objects.filter(group=group, member=member).exists():
        raise Refusal(_("This group can’t be joined at the moment."))


def _moderated(group: Group, by: User) -> Group:
    return _locked(Group.objects.moderated_by(by), group)


def _locked(scope, group: Group) -> Group:
    """Return a group from a scope, kept as it is until the transaction ends. Raises `Refusal`."""
    found = scope.select_for_update(of=("self",), no_key=True).filter(pk=group.pk).first()
    if found is None:
        raise Refusal(_("This is no longer there for you."))
    return found


def _is_taken(slug: str) -> bool:
    return slug in RESERVED or Group.objects.filter(slug=slug).exists()
