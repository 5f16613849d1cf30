"""Starting groups, and looking after them: what they are called, who may join, who moderates (product.md §12)."""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from accounts.slugs import free_slug
from communities.actions.seats import give_back_seats_in_group
from communities.models import Group, GroupBan, GroupInvitation, GroupRequest, Membership
from notifications.actions import notify

RESERVED = frozenset(["new", "mine", "search"])
Entry = Group.Entry


@transaction.atomic
def start_group(*, by: User, name: str, entry: str = Entry.OPEN, key: UUID | None = None, **fields: str) -> Group:
    """Start a group, whose first member and moderator is its starter. A replay with the same `key` is the first one.

    The address of an unlisted group says nothing: if it were its name, somebody who starts a group of that name
    would see from their own address that it is taken.
    """
    key, name = key or uuid4(), " ".join(name.split())
    if known := Group.objects.filter(started_by=by, key=key).first():
        return known
    told = {"name": name, "entry": entry} | _with_a_question_only_for_those_who_ask(entry, fields)
    group = _created(by=by, key=key, told=told)
    Membership.objects.get_or_create(group=group, member=by, defaults={"is_moderator": True})
    return group


def _created(*, by: User, key: UUID, told: dict) -> Group:
    """Create the group; if somebody takes its address at the same moment, with another one."""
    for _attempt in range(3):
        try:
            with transaction.atomic():
                return Group.objects.create(started_by=by, key=key, slug=_free(told["name"], told["entry"]), **told)
        except IntegrityError:
            if known := Group.objects.filter(started_by=by, key=key).first():
                return known
    raise Refusal(_("That didn’t work. Try once more."))


@transaction.atomic
def change_group(group: Group, *, by: User, **fields: str) -> Group:
    """Set name, about, rules, entry or question of a group that `by` moderates. Raises `Refusal`.

    Where a group becomes open, those who asked to join are in it. Where it becomes unlisted, it gets another address,
    and those who asked know nothing of it any more.
    """
    group = moderated(group, by)
    before = group.entry
    for field, value in _with_a_question_only_for_those_who_ask(fields.get("entry", before), fields).items():
        setattr(group, field, value)
    if group.entry == Entry.UNLISTED and before != Entry.UNLISTED:
        group.slug = _free(group.name, group.entry)
    group.save()
    if before == Entry.REQUEST and group.entry != Entry.REQUEST:
        _answer_all(group)
    return group


def _answer_all(group: Group) -> None:
    """What becomes of requests where nobody asks any more: those of an open group let people in."""
    asked = GroupRequest.objects.filter(group=group)
    if group.entry == Entry.OPEN:
        waiting = User.objects.filter(group_requests__in=asked.filter(declined_at=None, withdrawn_at=None))
        for membership in Membership.objects.bulk_create(Membership(group=group, member=one) for one in waiting):
            notify(recipient=membership.member, kind="group_joined", actor=None, subject=membership)
    asked.delete()


@transaction.atomic
def make_moderator(group: Group, member: User, *, by: User) -> None:
    """Let a member of the group look after it too, and tell them. Raises `Refusal`."""
    group = moderated(group, by)
    theirs = Membership.objects.filter(group=group, member=member, member__in=User.objects.visible_to(by))
    if not theirs.exists():
        raise Refusal(_("They are not in the group."))
    _give_it_to(theirs.get())


@transaction.atomic
def appoint_moderator(membership: Membership, *, by: User) -> None:
    """Make somebody a moderator as an operator, where a group has nobody to do it."""
    if not by.is_staff:
        raise Refusal(_("Only operators appoint moderators."))
    _keep(membership.group)
    _give_it_to(Membership.objects.get(pk=membership.pk))


def _give_it_to(membership: Membership) -> None:
    if Membership.objects.filter(pk=membership.pk, is_moderator=False).update(is_moderator=True):
        notify(recipient=membership.member, kind="group_moderator", actor=None, subject=membership)


@transaction.atomic
def step_down(group: Group, *, by: User) -> None:
    """Look after a group no more, and stay in it. Raises `Refusal` for its last moderator."""
    group = moderated(group, by)
    if not Membership.objects.moderating().filter(group=group).exclude(member=by).exists():
        raise Refusal(_("Make somebody else a moderator first: the group needs one."))
    Membership.objects.filter(group=group, member=by).update(is_moderator=False)


@transaction.atomic
def leave_group(group: Group, *, by: User) -> None:
    """Leave a group. Its last moderator makes another one first, unless nobody else is there. Raises `Refusal`.

    A group that everybody left is out of sight; operators can show it again.
    """
    _keep(group)
    mine = Membership.objects.filter(group=group, member=by)
    others = Membership.objects.filter(group=group).exclude(member=by)
    if mine.filter(is_moderator=True).exists() and others.counted().exists() and not others.moderating().exists():
        raise Refusal(_("Make somebody else a moderator first: the group needs one."))
    mine.delete()
    give_back_seats_in_group(by, group)
    _hide_if_empty(group)


def leave_groups(*, member: User) -> None:
    """Leave all groups, as somebody does whose account is deleted for good.

    Where they were the last moderator, whoever is in the group longest moderates it from now on. For somebody who is
    suspended nothing of this happens, since they may return: operators can appoint another moderator.
    """
    for group in Group.objects.filter(memberships__member=member).order_by("pk"):
        _keep(group)
        Membership.objects.filter(group=group, member=member).delete()
        rest = Membership.objects.filter(group=group)
        if not rest.moderating().exists() and (oldest := rest.counted().order_by("joined_at", "pk").first()):
            _give_it_to(oldest)
        _hide_if_empty(group)


def _hide_if_empty(group: Group) -> None:
    if not Membership.objects.filter(group=group).exists():
        Group.objects.filter(pk=group.pk, hidden_at__isnull=True).update(hidden_at=timezone.now())


@transaction.atomic
def remove_from_group(group: Group, member: User, *, by: User, ban: bool = False) -> None:
    """Take somebody out of a group who doesn't moderate it; banned, they can't join again. Raises `Refusal`."""
    group = moderated(group, by)
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
    GroupBan.objects.filter(group=moderated(group, by), member=member).delete()


def moderated(group: Group, by: User) -> Group:
    """Return a group that `by` moderates, kept as it is until the transaction ends. Raises `Refusal`."""
    return kept(Group.objects.moderated_by(by), group)


def kept(scope: QuerySet[Group], group: Group) -> Group:
    """Return a group from a scope, kept as it is until the transaction ends. Raises `Refusal`.

    The scope is asked once the group is locked: who may do something may have changed while waiting for it.
    """
    _keep(group)
    found = scope.filter(pk=group.pk).first()
    if found is None:
        raise Refusal(_("This is no longer there for you."))
    return found


def _keep(group: Group) -> None:
    """Let one transaction at a time change who is in a group."""
    list(Group.objects.select_for_update(no_key=True).filter(pk=group.pk).values_list("pk"))


def _with_a_question_only_for_those_who_ask(entry: str, fields: dict[str, str]) -> dict[str, str]:
    return fields if entry == Entry.REQUEST else fields | {"question": ""}


def _free(name: str, entry: str) -> str:
    return free_slug("" if entry == Entry.UNLISTED else name, taken=_is_taken, most=50, otherwise="group")


def _is_taken(slug: str) -> bool:
    return slug in RESERVED or Group.objects.filter(slug=slug).exists()
