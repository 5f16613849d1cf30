"""The email that tells one notice: who, what, why it came, and how to stop it (product.md §10)."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.zones import zone_of
from notifications import outbox
from notifications.actions import wants_email
from notifications.dressing import look, preview, standing_headers
from notifications.kinds import KINDS, Kind
from notifications.models import Email, Notice
from notifications.numbers import mail_host, message_id
from notifications.standing import forget_empty

_signer = Signer(salt="notifications.unsubscribe")
ALL = "all"
"""Stands for every kind in an address that switches emails off."""


def email_about(notice: Notice) -> bool:
    """Let the email for a notice wait in the outbox, if by now its recipient still wants and may see it."""
    return email_member(notice.recipient, kind=notice.kind, actor=notice.actor, subject_id=notice.subject_id)


def email_member(recipient: User, *, kind: str, actor: User | None, subject_id: int) -> bool:
    """Tell a member by email what `actor` did, unless they are away, switched it off or may not see it now."""
    about = {"kind": kind, "actor": actor, "subject_id": subject_id}
    if what_may_be_told(recipient, **about) is None:
        forget_empty(recipient=recipient, kind=kind, subject_id=subject_id)
        return False
    outbox.write_telling(recipient, **about)
    return True


def compose_now(written: Email) -> EmailMultiAlternatives | None:
    """Return what an email of the outbox says if it goes now; None if it may not be told any more."""
    about = {"kind": written.kind, "actor": written.actor, "subject_id": written.subject_id}
    subject = what_may_be_told(written.recipient, **about)
    if subject is None:
        return None
    with timezone.override(zone_of(written.recipient)):
        kind = KINDS[written.kind]
        return (kind.composed or _composed)(written, kind, subject)


def what_may_be_told(recipient: User, *, kind: str, actor: User | None, subject_id: int) -> Model | None:
    """Return what an email to a member tells, if it reaches them, and they want, have not read and may see it."""
    here = User.objects.present().reached_by_email().filter(pk=recipient.pk).exists()
    seen = actor is None or User.objects.visible_to(recipient).filter(pk=actor.pk).exists()
    if not (here and seen and kind in KINDS and wants_email(recipient, kind)):
        return None
    about = Notice.objects.filter(recipient=recipient, kind=kind, actor=actor, subject_id=subject_id)
    if about.filter(read_at__isnull=False, in_app=True).exists():
        return None
    return KINDS[kind].subjects_visible_to(recipient).filter(pk=subject_id).first()


def _composed(written: Email, told: Kind, subject) -> EmailMultiAlternatives:
    """The email, with a text part and one in HTML; each try has the same Message-ID."""
    sentence = told.told(written.actor, subject)
    remark, quote = str(told.remark(subject)), told.quote(subject)
    context = {
        "sentence": sentence,
        "preview": preview(remark, quote) or told.why,
        "remark": remark,
        "quote": quote,
        "address": absolute(told.address(subject)),
        "link": told.link,
    }
    thread = told.thread(subject)
    return letter_of_kind(written, told, subject=sentence, template="notice", context=context, thread=thread)


def letter_of_kind(written: Email, told: Kind, *, subject: str, template: str, context: dict, thread: str = ""):
    """An email that its reader can switch off: with the ways to do that in its text, its HTML and its headers."""
    stop, host = unsubscribe_address(written.recipient, told.slug), mail_host()
    context = (
        look()
        | context
        | {
            "why": told.why,
            "stop": stop,
            "stop_all": unsubscribe_address(written.recipient, ALL),
            "choices": absolute(reverse("settings_emails")),
        }
    )
    headers = standing_headers(written.to) | {
        "Message-ID": message_id(written.pk, to=written.to),
        "List-Id": f"<{told.slug.replace('_', '-')}.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if thread:
        headers |= dict.fromkeys(["In-Reply-To", "References"], f"<{thread}@{host}>")
    text = render_to_string(f"emails/{template}.txt", context)
    message = EmailMultiAlternatives(subject=subject, body=text, to=[written.to], headers=headers)
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return message


def absolute(path: str) -> str:
    """Return an address of this site with its host, for use outside of it."""
    return settings.SITE_URL.rstrip("/") + path


def unsubscribe_address(member: User, kind: str) -> str:
    """Return the address that switches a kind of email (or `ALL`) off, for whoever holds it, signed in or not."""
    return absolute(reverse("unsubscribe", args=[_signer.sign(f"{member.pk}.{kind}")]))


def read_unsubscribe_token(token: str) -> tuple[User, Kind | None]:
    """Return whose emails of which kind (None: of all) a token switches off.

    Raises `Http404` if this site didn't make it.
    """
    try:
        number, kind = _signer.unsign(token).split(".", 1)
        return User.objects.get(pk=number), None if kind == ALL else KINDS[kind]
    except (BadSignature, ValueError, KeyError, User.DoesNotExist) as trouble:
        raise Http404 from trouble
