"""Groups, and who is in them, by the real actions."""

from accounts.models import User
from communities.actions import invite_to_group, join_group, make_moderator, start_group
from communities.models import Group, GroupBan, GroupInvitation, Membership


def group_of(moderator: User, *members: User, name: str = "Low water", **fields) -> Group:
    """`moderator` starts a group; the others are in it, whoever may join."""
    group = start_group(by=moderator, name=name, **fields)
    Membership.objects.bulk_create(Membership(group=group, member=member) for member in members)
    return group


def join(member: User, group: Group) -> Membership:
    """`member` joins an open group, or one that they are invited to."""
    return join_group(group, by=member)


def invite_into(group: Group, member: User, *, by: User) -> GroupInvitation:
    """`by` invites a connection."""
    (invitation,) = invite_to_group(group, [member], by=by)
    return invitation


def moderates_too(group: Group, member: User, *, by: User) -> None:
    """`by` makes a member of the group its moderator."""
    make_moderator(group, member, by=by)


def ban_from(group: Group, member: User) -> GroupBan:
    """`member` may not join any more."""
    return GroupBan.objects.create(group=group, member=member)
