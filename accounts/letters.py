"""Emails about accounts. Each says in its text why it came."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Community, User
from accounts.zones import zone_of


def send_letter(name: str, *, to: str, member: User | None = None, asked_for: bool = False, **context) -> None:
    """Write `accounts/email/<name>` to an address; the outbox keeps it with the change that caused it."""
    subject, text = f"accounts/email/{name}_subject.txt", f"accounts/email/{name}.txt"
    write_letter(subject, text, to=to, member=member, asked_for=asked_for, **context)


def write_letter(
    subject: str, text: str, *, to: str, member: User | None = None, asked_for: bool = False, **context
) -> None:
    """Write a letter of these two templates to an address, in the time zone of `member`.

    One that they ask for right now also goes where mail came back.
    """
    context |= {"member": member, "community": Community.current(), "site": settings.SITE_URL, "email": to}
    with timezone.override(zone_of(member) if member else None):
        about, body = render_to_string(subject, context), render_to_string(text, context)
    letter = EmailMessage(" ".join(about.split()), body.strip() + "\n", to=[to])
    (mark_asked_for(letter) if asked_for else letter).send()


def mark_asked_for(letter: EmailMessage) -> EmailMessage:
    """Say of a letter that its reader asked for it right now, as for a link to set a new password."""
    letter.asked_for = True
    return letter


def is_asked_for(letter: EmailMessage) -> bool:
    """Whether a letter's reader asked for it right now: then it also goes where mail came back."""
    return getattr(letter, "asked_for", False)


def is_reached(address: str) -> bool:
    """Whether mail reaches an address, as far as anybody knows: nothing came back from there."""
    return not User.objects.filter(email_bounced_at__isnull=False, email__iexact=address).exists()
