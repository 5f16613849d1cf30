"""What members are told of groups."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Group, GroupInvitation, GroupRequest, Membership
from notifications.kinds import Family, Kind, declare


def declare_kinds_of_groups() -> None:
    """Add what happens in groups to what members can be told of."""
    declare(
        Kind(
            slug="group_request",
            family=Family.COMMUNITIES,
            label=_("Somebody asks to join a group that you moderate"),
            sentence=_("%(name)s asks to join a group."),
            why=_("You get this because somebody asked to join a group that you moderate."),
            subjects_visible_to=lambda viewer: GroupRequest.objects.waiting_for(viewer).select_related("group"),
            address=lambda asked: reverse("group_requests", args=[asked.group.slug]),
            link=_("Answer"),
            remark=lambda asked: asked.group.name,
            quote=lambda asked: asked.answer,
        )
    )
    declare(
        Kind(
            slug="group_joined",
            family=Family.COMMUNITIES,
            label=_("A group lets you in"),
            sentence=_("You are in the group %(name)s now."),
            why=_("You get this because you asked to join a group, and a moderator let you in."),
            subjects_visible_to=_own_memberships,
            address=lambda membership: membership.group.get_absolute_url(),
            named=lambda membership: membership.group.name,
            icon="users",
        )
    )
    declare(
        Kind(
            slug="group_invitation",
            family=Family.COMMUNITIES,
            label=_("Somebody invites you to a group"),
            sentence=_("%(name)s invites you to a group."),
            why=_("You get this because a connection of yours invited you to a group."),
            subjects_visible_to=lambda viewer: GroupInvitation.objects.open_to(viewer).select_related("group"),
            address=lambda invitation: invitation.group.get_absolute_url(),
            link=_("Answer"),
            remark=lambda invitation: invitation.group.name,
        )
    )
    declare(
        Kind(
            slug="group_moderator",
            family=Family.COMMUNITIES,
            label=_("You become a moderator of a group"),
            sentence=_("You are a moderator of %(name)s now."),
            why=_("You get this because you look after a group from now on."),
            subjects_visible_to=lambda viewer: _own_memberships(viewer).filter(is_moderator=True),
            address=lambda membership: membership.group.get_absolute_url(),
            named=lambda membership: membership.group.name,
            icon="shield",
        )
    )


def _own_memberships(viewer):
    inside = Group.objects.joined_by(viewer)
    return Membership.objects.filter(member=viewer, group__in=inside).select_related("group")
