"""What an organization has to fill, and a member's private tick that they applied (product.md §12)."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from communities.actions.organizations import locked
from communities.models import Application, Opening, Organization


@transaction.atomic
def post_opening(
    organization: Organization, *, by: User, closes_on: date, key: UUID | None = None, **fields: str | bool
) -> Opening:
    """Say what an organization has to fill; one of its editors does. Raises `Refusal`.

    A replay with the same `key` returns the first opening.
    """
    key = key or uuid4()
    if replayed := Opening.objects.filter(posted_by=by, key=key).first():
        return replayed
    organization = locked(Organization.objects.edited_by(by), organization)
    told = {"organization": organization, "closes_on": closes_on} | fields
    return Opening.objects.get_or_create(posted_by=by, key=key, defaults=told)[0]


@transaction.atomic
def change_opening(opening: Opening, *, by: User, **fields: str | bool | date) -> Opening:
    """Set what an opening says; one that was closed is open again with a new closing date. Raises `Refusal`."""
    opening = _edited(opening, by)
    if fields.get("closes_on", opening.closes_on) != opening.closes_on:
        fields["closed_at"] = None  # type: ignore[assignment]
    for field, value in fields.items():
        setattr(opening, field, value)
    opening.save(update_fields=list(fields))
    return opening


@transaction.atomic
def close_opening(opening: Opening, *, by: User) -> Opening:
    """Close an opening before its date. A second time changes nothing. Raises `Refusal`."""
    opening = _edited(opening, by)
    opening.closed_at = opening.closed_at or timezone.now()
    opening.save(update_fields=["closed_at"])
    return opening


@transaction.atomic
def mark_applied(opening: Opening, *, by: User) -> None:
    """Tick that one applied, for oneself alone. Raises `Refusal` if it is no longer there for them."""
    if not Opening.objects.visible_to(by).filter(pk=opening.pk).exists():
        raise Refusal(_("This opening is no longer there for you."))
    Application.objects.get_or_create(member=by, opening=opening)


@transaction.atomic
def unmark_applied(opening: Opening, *, by: User) -> None:
    """Take the tick away."""
    Application.objects.filter(member=by, opening=opening).delete()


def _edited(opening: Opening, by: User) -> Opening:
    """Return an opening that `by` edits, kept as it is until the transaction ends."""
    found = Opening.objects.editable_by(by).select_for_update(of=("self",), no_key=True).filter(pk=opening.pk).first()
    if found is None:
        raise Refusal(_("You don’t look after this opening."))
    return found
