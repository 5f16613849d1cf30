"""The pages that a CV leads to by the names in it, and what is proved of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.written_once import WORDS, Among, WrittenOnce
from communities.models import Belonging, Organization, OrganizationDomain, OrganizationName
from profiles.models import Education, Position
from profiles.naming import going_on


def lead_to_pages(entries: Iterable[Position | Education], *, member: User, viewer) -> None:
    """Set `page` on each entry of a member's CV, in one query: the organization's page, if the viewer sees one.

    `page.proves` says whether it is proved, for this viewer, that the member is or was there; `page.is_proved`,
    whether it could be by an address.
    """
    named = {entry: _key(entry) for entry in entries}
    keys = sorted(set(named.values()))
    pages: Iterable[Organization] = ()
    if keys and viewer.is_authenticated:
        pages = _pages_for_members().objects(viewer, number=member.pk, numbers=keys)
    elif keys:
        pages = _pages(member, viewer, RawSQL("%s::text[]", [keys]))
    by_key = {page.key: page for page in pages}
    for entry, key in named.items():
        entry.page = by_key.get(key)


@cache
def _pages_for_members() -> WrittenOnce:
    return WrittenOnce(lambda viewer, other: _pages(other, viewer, WORDS))


def _pages(member: User, viewer, keys: RawSQL) -> QuerySet[Organization]:
    """The organizations that have these keys, each with the `key`, and what is proved of the member's being there."""
    proofs = Belonging.objects.visible_to(viewer).filter(member=member, organization=OuterRef("pk"))
    seen = Organization.objects.visible_to(viewer).with_proof().annotate(key=F("names__key"), proves=Exists(proofs))
    return seen.filter(Among(F("names__key"), keys))


def _key(entry: Position | Education) -> str:
    return entry.organization_key if isinstance(entry, Position) else entry.school_key


def current_positions(member) -> QuerySet[Position]:
    """The positions of a member (or of an `OuterRef`) that go on."""
    return Position.objects.filter(going_on(), member=member)


def recruits_in_house(viewer) -> Q:
    """Whether members (of `User.objects`) are proved by an email domain to be where they work now (product.md §12).

    Only then others read that they recruit in-house, and only those who see the organization.
    """
    named = OrganizationName.objects.filter(organization=OuterRef("organization"))
    employers = Exists(named.filter(key__in=current_positions(OuterRef(OuterRef("member"))).values("organization_key")))
    proofs = Belonging.objects.visible_to(viewer).by_domain().filter(employers, member=OuterRef("pk"))
    return Q(Exists(proofs))


@dataclass(frozen=True, kw_only=True)
class Lack:
    """What an in-house recruiter still has to do before others read it, and where."""

    text: str
    url: str = ""
    link: str = ""


def what_in_house_lacks(member: User) -> Lack | None:
    """Return what is missing before others read that a member recruits in-house; None if nothing is."""
    if User.objects.filter(recruits_in_house(member), pk=member.pk).exists():
        return None
    position = current_positions(member).order_by(*Position._meta.ordering).first()
    if position is None:
        text = _(
            "Others read it once a position in your profile says where you work now, and an address there proves it."
        )
        return Lack(text=text, url=reverse("add_entry", args=["positions"]), link=_("Add your position"))
    names = {"name": position.organization}
    page = Organization.objects.visible_to(member).filter(names__key=position.organization_key).first()
    if page is None:
        text = _("Others read it once an email domain proves %(name)s, which has no page yet.") % names
        return Lack(text=text, url=start_url(position.organization), link=_("Start its page"))
    if not OrganizationDomain.objects.filter(organization=page).exists():
        text = _("Others read it once an admin of the page of %(name)s proves its email domain.") % names
        return Lack(text=text, url=page.get_absolute_url(), link=_("See the page"))
    text = _("Others read it once you confirm an address at an email domain of %(name)s.") % names
    return Lack(text=text, url=reverse("prove_member", args=[page.slug]), link=_("Confirm that you are there"))


def start_url(name: str) -> str:
    """Return where the page of an organization of this name is started."""
    return f"{reverse('new_organization')}?{urlencode({'name': name})}"
