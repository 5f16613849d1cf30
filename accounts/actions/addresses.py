"""Addresses that mail doesn't reach: marked, and reached again."""

from django.utils import timezone

from accounts import links
from accounts.letters import send_letter
from accounts.models import User


def mark_bounced(email: str) -> User | None:
    """Send the member with this address no more emails but those that they ask for. Returns who that is."""
    member = User.objects.filter(email__iexact=email).first()
    if member:
        User.objects.filter(pk=member.pk, email_bounced_at__isnull=True).update(email_bounced_at=timezone.now())
    return member


def mark_reached(member: User) -> None:
    """Let all emails go to a member again: mail reaches their address, or another one took its place."""
    User.objects.filter(pk=member.pk, email_bounced_at__isnull=False).update(email_bounced_at=None)


def send_address_link(*, to: User) -> None:
    """Email a member a link with which they confirm that mail reaches their address."""
    send_letter("reach", to=to.email, member=to, asked_for=True, link=links.address_link(to), days=links.ADDRESS_DAYS)
