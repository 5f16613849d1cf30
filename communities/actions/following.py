"""Following organizations, quietly or openly, and muting them (product.md §6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from communities.models import Organization, OrganizationFollow


@transaction.atomic
def follow_organization(organization: Organization, *, by: User, quiet: bool = False) -> OrganizationFollow:
    """Subscribe to an organization's updates; if its page was merged into another meanwhile, to that one's.

    A second time only changes whether the follow is quiet. Raises `Refusal`.
    """
    survivor = survivor_of(organization)
    if survivor is None or not Organization.objects.visible_to(by).filter(pk=survivor.pk).exists():
        raise Refusal(_("This page is no longer there for you."))
    follow, _made = OrganizationFollow.objects.update_or_create(
        follower=by, organization=survivor, defaults={"quiet": quiet}
    )
    return follow


def survivor_of(organization: Organization) -> Organization | None:
    """Return the page that stands for an organization, locked, so that it isn't merged until the transaction ends."""
    wanted: int | None = organization.pk
    while wanted is not None:
        found = Organization.objects.select_for_update(no_key=True).filter(pk=wanted).first()
        if found is None or found.merged_into_id is None:
            return found
        wanted = found.merged_into_id
    return None


@transaction.atomic
def unfollow_organization(organization: Organization, *, by: User) -> None:
    """Stop following."""
    OrganizationFollow.objects.filter(follower=by, organization=organization).delete()


@transaction.atomic
def mute_organization(organization: Organization, *, by: User, until: datetime) -> None:
    """Keep its updates out of the feed until a moment, or `FOR_GOOD`."""
    OrganizationFollow.objects.filter(follower=by, organization=organization).update(muted_until=until)


@transaction.atomic
def unmute_organization(organization: Organization, *, by: User) -> None:
    """Let a muted organization into the feed again."""
    OrganizationFollow.objects.filter(follower=by, organization=organization).update(muted_until=None)
