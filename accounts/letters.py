"""Emails about accounts. Each says in its text why it came."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Community, User
from accounts.zones import zone_of


def send_letter(name: str, *, to: str, member: User | None = None, **context) -> None:
    """Write `accounts/email/<name>` to an address; the outbox keeps it with the change that caused it."""
    subject, text = f"accounts/email/{name}_subject.txt", f"accounts/email/{name}.txt"
    write_letter(subject, text, to=to, member=member, **context)


def write_letter(subject: str, text: str, *, to: str, member: User | None = None, **context) -> None:
    """Write a letter of these two templates to an address, in the time zone of `member`."""
    context |= {"member": member, "community": Community.current(), "site": settings.SITE_URL, "email": to}
    with timezone.override(zone_of(member) if member else None):
        about, body = render_to_string(subject, context), render_to_string(text, context)
    EmailMessage(" ".join(about.split()), body.strip() + "\n", to=[to]).send()
