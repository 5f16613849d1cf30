"""Emails about accounts. Each says in its text why it came."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Community, User
from accounts.zones import zone_of


def send_letter(name: str, *, to: str, member: User | None = None, **context) -> None:
    """Write `accounts/email/<name>` to an address; the outbox keeps it with the change that caused it."""
    context |= {"member": member, "community": Community.current(), "site": settings.SITE_URL, "email": to}
    with timezone.override(zone_of(member) if member else None):
        subject = render_to_string(f"accounts/email/{name}_subject.txt", context)
        text = render_to_string(f"accounts/email/{name}.txt", context)
    EmailMessage(" ".join(subject.split()), text.strip() + "\n", to=[to]).send()
