"""What stands between a viewer and an organization: their follow, and their part in looking after its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models.standing import FOR_GOOD
from communities.models import Organization, OrganizationFollow, OrganizationRole


@dataclass(kw_only=True)
class Standing:
    """What a page or a row says and offers about an organization; `here` is the address to come back to."""

    organization: Organization
    here: str = ""
    is_visitor: bool = False
    follows: bool = False
    quiet: bool = False
    muted_until: datetime | None = None
    role: str = ""

    @property
    def role_said(self) -> str:
        """The viewer's part in looking after it, in words."""
        return str(OrganizationRole.Role(self.role).label) if self.role else ""

    @property
    def is_admin(self) -> bool:
        return self.role == OrganizationRole.Role.ADMIN

    @property
    def muted_for_good(self) -> bool:
        return self.muted_until == FOR_GOOD


def standing(organization: Organization, *, viewer, here: str = "") -> Standing:
    """Return what stands between the viewer and one organization, in one query."""
    (only,) = standings([organization], viewer=viewer, here=here)
    return only.standing


def standings(organizations: Iterable[Organization], *, viewer, here: str = "") -> list[Organization]:
    """Set `standing` on each of the organizations, in one query for all of them."""
    organizations = list(organizations)
    facts = _facts({organization.pk for organization in organizations}, viewer)
    for organization in organizations:
        fact = facts.get(organization.pk, {"follow": None, "role": None})
        follow = fact["follow"] or {}
        until = datetime.fromisoformat(follow["muted_until"]) if follow.get("muted_until") else None
        organization.standing = Standing(
            organization=organization,
            here=here,
            is_visitor=not viewer.is_authenticated,
            follows=bool(follow),
            quiet=follow.get("quiet", False),
            muted_until=until if until and until > timezone.now() else None,
            role=fact["role"] or "",
        )
    return organizations


def _facts(numbers: set[int], viewer) -> dict[int, dict]:
    if not viewer.is_authenticated or not numbers:
        return {}
    mine = OrganizationFollow.objects.filter(follower=viewer, organization=OuterRef("pk"))
    role = OrganizationRole.objects.filter(member=viewer, organization=OuterRef("pk"))
    rows = Organization.objects.filter(pk__in=numbers).values(
        "pk",
        follow=Subquery(mine.values(row=JSONObject(quiet="quiet", muted_until="muted_until"))),
        role=Subquery(role.values("role")),
    )
    return {row["pk"]: row for row in rows}
