"""Ways to reach a member, where the message box would be (product.md §4): only those that are really open.

Later apps add theirs through `network.registers.ways`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Membership, Organization, OrganizationFollow
from network import registers
from network.degrees import mutual_connections
from network.standing import Standing
from profiles.models import ContactDetail
from profiles.organizations import current_positions


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way: a sentence, where it leads, and the face or icon beside it."""

    text: str
    url: str = ""
    face: User | None = None
    icon: str = "send"
    label: str = ""


def ways_to_reach(member: User, *, viewer, standing: Standing, details: Sequence[ContactDetail]) -> list[Way]:
    """Return the ways that are open to the viewer, the most direct first.

    None to oneself, nor to a connection: they write to each other. `details` are the contact details that the
    viewer may see, the preferred one first: the profile lists them all, here stands the first.
    """
    if standing.is_self or standing.connected_at:
        return []
    ways = []
    if standing.may_ask and not standing.sent_pk and not standing.received:
        url = reverse("ask_to_connect", args=[member.handle])
        ways.append(Way(text=_("Send %(name)s a request") % {"name": member.first_name}, url=url, icon="user-plus"))
    if viewer.is_authenticated:
        ways += _through_somebody(member, viewer)
        ways += [*_in_a_group(member, viewer), *_their_organization(member, viewer)]
    for more in registers.ways:
        ways += more(member=member, viewer=viewer)
    return [*ways, *map(_detail, details[:1])]


def _through_somebody(member: User, viewer) -> list[Way]:
    """Return the mutual connection to talk to."""
    somebody = mutual_connections(member, viewer).order_by("pk").first()
    if somebody is None:
        return []
    names = {"name": somebody.first_name, "other": member.first_name}
    return [
        Way(text=_("Talk to %(name)s, who knows %(other)s") % names, url=somebody.get_absolute_url(), face=somebody)
    ]


def _their_organization(member: User, viewer) -> list[Way]:
    """Return the page of where they work now, unless the viewer follows it already."""
    keys = current_positions(member).values("organization_key")
    followed = OrganizationFollow.objects.filter(follower=viewer, organization=OuterRef("pk"))
    pages = Organization.objects.visible_to(viewer).filter(~Exists(followed), names__key__in=keys)
    page = pages.order_by("pk").first()
    if page is None:
        return []
    return [
        Way(text=_("Follow %(name)s, where they work") % {"name": page}, url=page.get_absolute_url(), icon="landmark")
    ]


def _in_a_group(member: User, viewer) -> list[Way]:
    """Return the group that both are in, the one that the member joined last."""
    shared = Membership.objects.visible_to(viewer).filter(member=member).select_related("group")
    membership = shared.order_by("-joined_at", "-pk").first()
    if membership is None:
        return []
    text = _("You are both in %(name)s") % {"name": membership.group.name}
    return [Way(text=text, url=membership.group.get_absolute_url(), icon="users")]


_ICONS = {
    ContactDetail.Kind.EMAIL: "mail",
    ContactDetail.Kind.PHONE: "phone",
    ContactDetail.Kind.WEBSITE: "globe",
    ContactDetail.Kind.ADDRESS: "map-pin",
}


def _detail(detail: ContactDetail) -> Way:
    icon = _ICONS.get(ContactDetail.Kind(detail.kind), "info")
    return Way(text=detail.text, url=detail.href, icon=icon, label=detail.get_kind_display())
