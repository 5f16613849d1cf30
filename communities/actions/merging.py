"""Making one page of two that stand for the same organization, without loss (product.md §12)."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from communities import registers
from communities.models import (
    Belonging,
    Event,
    Opening,
    Organization,
    OrganizationDomain,
    OrganizationFollow,
    OrganizationName,
    OrganizationRole,
)

Use, Role = OrganizationName.Use, OrganizationRole.Role


@transaction.atomic
def merge_organizations(doubled: Organization, *, into: Organization, by: User) -> Organization:
    """Give all that belongs to `doubled` to `into`; its address leads there from now on. An operator does this.

    Names, domains, openings, events, updates, followers, admins and proofs move. Who has something with both keeps
    what they have with `into` (a quiet follow stays as quiet as it is there), and the greater of two roles. What
    `into` doesn't say about itself, `doubled` says for it. Raises `Refusal`.
    """
    if not by.is_staff:
        raise Refusal(_("Only operators merge pages."))
    both = {one.pk: one for one in _locked(doubled, into)}
    if len(both) < 2 or any(one.merged_into_id for one in both.values()):
        raise Refusal(_("Choose two different pages that still stand for themselves."))
    doubled, into = both[doubled.pk], both[into.pk]
    OrganizationName.objects.filter(organization=doubled, use=Use.PRESENT).update(use=Use.OTHER)
    for rows in (OrganizationName.objects, OrganizationDomain.objects, Opening.objects, Event.objects):
        rows.filter(organization=doubled).update(organization=into)
    admins = OrganizationRole.objects.filter(organization=doubled, role=Role.ADMIN).values("member")
    OrganizationRole.objects.filter(organization=into, member__in=admins).update(role=Role.ADMIN)
    for model, fields in [
        (OrganizationFollow, ["follower"]),
        (OrganizationRole, ["member"]),
        (Belonging, ["member", "source"]),
    ]:
        _move(model, fields, doubled, into)
    for move in registers.on_merge:
        move(from_=doubled, into=into)
    _fill_gaps(doubled, into)
    Organization.objects.filter(merged_into=doubled).update(merged_into=into)
    doubled.merged_into = into
    doubled.save(update_fields=["merged_into"])
    return into


def _locked(*organizations: Organization) -> list[Organization]:
    """Lock the pages, always in the same order, so that no two merges wait for each other."""
    numbers = [organization.pk for organization in organizations]
    return list(Organization.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


def _move(model, fields: list[str], doubled: Organization, into: Organization) -> None:
    """Move rows that a member has once with an organization; of those who have one with both, the other is left."""
    there = set(model.objects.filter(organization=into).values_list(*fields))
    rows = model.objects.filter(organization=doubled)
    free = [pk for pk, *key in rows.values_list("pk", *fields) if tuple(key) not in there]
    model.objects.filter(pk__in=free).update(organization=into)
    model.objects.filter(organization=doubled).delete()


def _fill_gaps(doubled: Organization, into: Organization) -> None:
    gaps = [field for field in ("about", "place", "website", "logo_key") if not getattr(into, field)]
    for field in gaps:
        setattr(into, field, getattr(doubled, field))
    into.save(update_fields=gaps)
