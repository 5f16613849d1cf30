"""The email that tells one notice: who, what, why it came, and how to stop it (product.md §10)."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Community, User
from accounts.zones import zone_of
from notifications.actions import wants_email
from notifications.kinds import KINDS, Kind
from notifications.models import Notice

_signer = Signer(salt="notifications.unsubscribe")


def email_about(notice: Notice) -> bool:
    """Write the email for a notice, if by now its recipient still wants and may see it. Returns whether it was."""
    return notice.read_at is None and email_member(
        notice.recipient, kind=notice.kind, actor=notice.actor, subject_id=notice.subject_id
    )


def email_member(recipient: User, *, kind: str, actor: User | None, subject_id: int) -> bool:
    """Tell a member by email what `actor` did, unless they are away, switched it off or may not see it now."""
    subject = what_may_be_told(recipient, kind=kind, actor=actor, subject_id=subject_id)
    if subject is None:
        return False
    message = compose(recipient, told=KINDS[kind], actor=actor, subject=subject)
    message.tells = {"kind": kind, "recipient": recipient, "actor": actor, "subject_id": subject_id}
    message.send()
    return True


def what_may_be_told(recipient: User, *, kind: str, actor: User | None, subject_id: int) -> Model | None:
    """Return what an email to a member is about, if they are here, want it, and may see now who did what."""
    here = User.objects.present().filter(pk=recipient.pk).exists()
    seen = actor is None or User.objects.visible_to(recipient).filter(pk=actor.pk).exists()
    if not (here and seen and kind in KINDS and wants_email(recipient, kind)):
        return None
    return KINDS[kind].subjects_visible_to(recipient).filter(pk=subject_id).first()


class Telling(EmailMultiAlternatives):
    """An email that tells what a member did: the outbox keeps with it what it tells, to ask again before it goes."""

    tells: dict


def compose(recipient: User, *, told: Kind, actor: User | None, subject) -> Telling:
    """Return the email, with a text part and one in HTML, and times in the zone of its reader."""
    with timezone.override(zone_of(recipient)):
        return _composed(recipient, told=told, actor=actor, subject=subject)


def _composed(recipient: User, *, told: Kind, actor: User | None, subject) -> Telling:
    stop, sentence = unsubscribe_address(recipient, told.slug), told.told(actor, subject)
    context = {
        "community": Community.current(),
        "recipient": recipient,
        "actor": actor,
        "sentence": sentence,
        "remark": told.remark(subject),
        "quote": told.quote(subject),
        "address": absolute(told.address(subject)),
        "link": told.link,
        "why": told.why,
        "stop": stop,
        "choices": absolute(reverse("settings_emails")),
    }
    message = Telling(
        subject=sentence,
        body=render_to_string("emails/notice.txt", context),
        to=[recipient.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(render_to_string("emails/notice.html", context), "text/html")
    return message


def absolute(path: str) -> str:
    """Return an address of this site with its host, for use outside of it."""
    return settings.SITE_URL.rstrip("/") + path


def unsubscribe_address(member: User, kind: str) -> str:
    """Return the address that switches a kind of email off, for whoever holds it, signed in or not."""
    return absolute(reverse("unsubscribe", args=[_signer.sign(f"{member.pk}.{kind}")]))


def read_unsubscribe_token(token: str) -> tuple[User, Kind]:
    """Return whose emails of which kind a token switches off. Raises `Http404` if this site didn't make it."""
    try:
        number, kind = _signer.unsign(token).split(".", 1)
        return User.objects.get(pk=number), KINDS[kind]
    except (BadSignature, ValueError, KeyError, User.DoesNotExist) as trouble:
        raise Http404 from trouble
