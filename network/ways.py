"""Ways to reach a member, where the message box would be (product.md §4): only those that are really open.

Later apps add theirs through `network.registers.ways`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.written_once import Among, WrittenOnce
from communities.models import Membership, Organization, OrganizationFollow
from network import registers
from network.introducing import first_to_introduce
from network.models import Connection
from network.standing import Standing
from profiles.models import ContactDetail, Position
from profiles.naming import going_on
from profiles.organizations import current_positions

GROUPS = 2
PEOPLE = 3
POSITIONS_EACH = 4
"""So many positions at one place are read of a person, that enough people are found."""


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

    None to oneself, nor to a connection: they write to each other. `details` are contact details that the viewer
    may see, the preferred one first.
    """
    if standing.is_self or standing.connected_at:
        return []
    ways = []
    if standing.may_ask_now and not standing.sent_pk and not standing.received:
        url = reverse("ask_to_connect", args=[member.handle])
        ways.append(Way(text=_("Send %(name)s a request") % {"name": member.first_name}, url=url, icon="user-plus"))
    if viewer.is_authenticated:
        ways += _introduction(member, viewer, standing)
    for more in registers.ways:
        ways += more(member=member, viewer=viewer)
    ways += map(_detail, details)
    if viewer.is_authenticated:
        ways += [*_groups_in_common(member, viewer), *_people_of_mine_there(member, viewer)]
        ways += _their_organizations(member, viewer)
    return ways


def _introduction(member: User, viewer, standing: Standing) -> list[Way]:
    """Return the mutual connection who can be asked for an introduction."""
    somebody = first_to_introduce(member, viewer=viewer, standing=standing)
    if somebody is None:
        return []
    url = f"{reverse('ask_for_introduction', args=[member.handle])}?through={somebody.handle}"
    names = {"name": somebody.first_name}
    return [Way(text=_("Ask %(name)s for an introduction") % names, url=url, face=somebody)]


def _groups_in_common(member: User, viewer) -> list[Way]:
    """Return the groups that both are in, those first that the member joined last."""
    return [
        Way(
            text=_("You are both in %(name)s") % {"name": membership.group.name},
            url=membership.group.get_absolute_url(),
            icon="users",
        )
        for membership in _shared_groups().objects(viewer, number=member.pk)
    ]


@cache
def _shared_groups() -> WrittenOnce:
    def query(viewer, other) -> QuerySet[Membership]:
        shared = Membership.objects.visible_to(viewer).filter(member=other).select_related("group")
        return shared.order_by("-joined_at", "-pk")[:GROUPS]

    return WrittenOnce(query)


def _people_of_mine_there(member: User, viewer) -> list[Way]:
    """Return connections of the viewer who work or worked where the member works, those first who still do."""
    people: dict[int, Way] = {}
    for position in _positions_of_mine_there().objects(viewer, number=member.pk):
        text = _("%(name)s works at %(place)s") if position.is_now else _("%(name)s worked at %(place)s")
        names = {"name": position.member.name, "place": position.organization}
        url = position.member.get_absolute_url()
        people.setdefault(position.member_id, Way(text=text % names, url=url, face=position.member))
    return list(people.values())[:PEOPLE]


@cache
def _positions_of_mine_there() -> WrittenOnce:
    def query(viewer, other) -> QuerySet[Position]:
        keys = current_positions(other).exclude(organization_key="").values("organization_key")
        there = (
            Position.objects.visible_to(viewer)
            .filter(
                # both as arrays, for the index: of a large organization it isn't everybody that is looked at
                Among(F("organization_key"), ArraySubquery(keys)),
                Among(F("member"), ArraySubquery(Connection.objects.of(viewer).values("other"))),
            )
            .annotate(is_now=Case(When(going_on(), then=Value(True)), default=Value(False)))
            .select_related("member")
        )
        return there.order_by("-is_now", "member__name_folded", "member", "-pk")[: PEOPLE * POSITIONS_EACH]

    return WrittenOnce(query)


def _their_organizations(member: User, viewer) -> list[Way]:
    """Return the page of where they work now, unless the viewer follows it already."""
    return [
        Way(text=_("Follow %(name)s, where they work") % {"name": page}, url=page.get_absolute_url(), icon="landmark")
        for page in _page_to_follow().objects(viewer, number=member.pk)
    ]


@cache
def _page_to_follow() -> WrittenOnce:
    def query(viewer, other) -> QuerySet[Organization]:
        keys = current_positions(other).values("organization_key")
        followed = OrganizationFollow.objects.filter(follower=viewer, organization=OuterRef("pk"))
        pages = Organization.objects.visible_to(viewer).filter(~Exists(followed), names__key__in=keys)
        return pages.order_by("pk").distinct()[:1]

    return WrittenOnce(query)


_ICONS = {
    ContactDetail.Kind.EMAIL: "mail",
    ContactDetail.Kind.PHONE: "phone",
    ContactDetail.Kind.WEBSITE: "globe",
    ContactDetail.Kind.ADDRESS: "map-pin",
}


def _detail(detail: ContactDetail) -> Way:
    icon = _ICONS.get(ContactDetail.Kind(detail.kind), "info")
    label = _("%(kind)s, preferred") if detail.preferred else "%(kind)s"
    return Way(text=detail.text, url=detail.href, icon=icon, label=label % {"kind": detail.get_kind_display()})
