"""What every email has, whichever part of the site wrote it: a part in HTML beside its text, and some headers.

Letters are written once, as text, and the HTML says the same: a paragraph `Confirm: https://…` becomes a button, and
what stands below the signature's line `-- ` becomes the foot. Only addresses of this site become links, since letters
also quote what people wrote.
"""

import re
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import Community
from accounts.words import beginning
from notifications.numbers import message_id
from notifications.palette import colours_for_mail

SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
LINK = re.compile(r"(?:(?P<label>[^\n]{1,60}): )?(?P<address>https?://\S+)")

PREVIEWED = 120
"""About so many letters mail programs show beside a subject."""


def dressed(message: EmailMessage) -> EmailMessage:
    """Return an email with an HTML part, if it has none, and with the headers that every email has."""
    if not getattr(message, "alternatives", None) and message.content_subtype == "plain":
        message = _with_html(message)
    message.extra_headers = standing_headers(*message.recipients()[:1]) | message.extra_headers
    return message


def standing_headers(to: str = "") -> dict[str, str]:
    """What tells mail programs that nobody wrote this by hand, so that no absence note answers (RFC 3834)."""
    return {
        "Message-ID": message_id(uuid4().hex, to=parseaddr(to)[1]),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def look() -> dict:
    """What `emails/base.html` needs."""
    community = Community.current()
    return {"community": community, "site": settings.SITE_URL, "colours": colours_for_mail(community.hue)}


def preview(*texts: str) -> str:
    """Return in a line what an email begins with, for the lists of mail programs."""
    words = " ".join(" ".join(texts).split())
    return " ".join(beginning(words, letters=PREVIEWED).split())


def _with_html(message: EmailMessage) -> EmailMultiAlternatives:
    body, *foot = SIGNATURE.split(str(message.body), maxsplit=1)
    parts = [_part(text) for text in _paragraphs(body)]
    context = look() | {
        "subject": message.subject,
        "preview": preview(*(part["text"] for part in parts if "text" in part)),
        "parts": parts,
        "foot": [_part(text) for text in _paragraphs("".join(foot))],
    }
    twofold = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=message.from_email,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        reply_to=message.reply_to,
        headers=message.extra_headers,
        attachments=message.attachments,
    )
    twofold.attach_alternative(render_to_string("emails/letter.html", context), "text/html")
    return twofold


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def _part(text: str) -> dict[str, str]:
    """A paragraph; or a link, if that is all of it and it leads to this site."""
    found = LINK.fullmatch(text)
    if found and _is_here(found["address"]):
        return {"label": found["label"] or _("Open the link"), "address": found["address"]}
    return {"text": text}


def _is_here(address: str) -> bool:
    return address == settings.SITE_URL or address.startswith(settings.SITE_URL.rstrip("/") + "/")
