"""The outbox: emails on their way.

An email is written in the transaction of what caused it, together with the task that sends it, so that neither
exists without the other. A server that refuses is asked again after growing pauses. The row is locked while it is
sent, so that two workers never send the same email; only a worker that dies between the server's yes and the commit
leaves an email that is sent twice, with the same Message-ID.

One that tells what a member did is kept without its text: it is composed each time it is to go, so that it names
nobody and nothing that its reader may not see by then (product.md §10).
"""

import email.policy
import logging
from datetime import timedelta
from email import message_from_bytes
from email.policy import EmailPolicy

from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.utils import timezone

from accounts.letters import is_reached
from accounts.models import User
from notifications.dressing import dressed
from notifications.models import Email
from notifications.quiet import quiet_until
from notifications.standing import forget_empty

logger = logging.getLogger(__name__)

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""How long to wait after each refusal; after one more, the email is given up."""
FORGOTTEN_AFTER = timedelta(minutes=10)
"""An email that is due for so long has lost its task."""
KEPT_FOR = timedelta(days=30)
"""How long the outbox remembers to whom it sent what."""


class WholeLinks(EmailPolicy):
    """How emails are written down: for SMTP, and without breaking the links of `List-Unsubscribe`.

    Python's own policies fold a long address into encoded words, which no mail program reads as an address.
    """

    def fold_binary(self, name, value) -> bytes:
        if name.lower().startswith("list-"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


AS_WRITTEN = WholeLinks(linesep="\r\n", refold_source="none")


class Envelope(EmailMessage):
    """An email of the outbox, as Django's mail backends want it: for one recipient, its MIME message as written."""

    def __init__(self, mime: bytes, *, to: str) -> None:
        self._mime = mime
        headers = message_from_bytes(mime, policy=email.policy.default)
        super().__init__(subject=str(headers["Subject"]), from_email=str(headers["From"]), to=[to])

    def message(self, *, policy=email.policy.default):
        return message_from_bytes(self._mime, policy=AS_WRITTEN.clone(linesep=policy.linesep))


@transaction.atomic
def write_email(message: EmailMessage, *, to: str, asked_for: bool) -> Email | None:
    """Put an email to one of its recipients into the outbox, as every email looks, and let the worker know.

    None where mail came back, unless it was `asked_for`.
    """
    if not (asked_for or is_reached(to)):
        return None
    message = dressed(message)
    mime = message.message(policy=AS_WRITTEN).as_bytes()
    written = Email.objects.create(to=to, asked_for=asked_for, subject=str(message.subject)[:300], message=mime)
    _enqueue(written)
    return written


@transaction.atomic
def write_telling(recipient: User, *, kind: str, actor: User | None, subject_id: int) -> Email:
    """Put into the outbox that a member is to be told something; it gets its words when it goes."""
    written = Email.objects.create(
        to=recipient.email, recipient=recipient, kind=kind, actor=actor, subject_id=subject_id
    )
    _enqueue(written)
    return written


@transaction.atomic
def deliver(email_id: int) -> None:
    """Send an email that is due. Whatever goes wrong is written down, and it is tried again later.

    In its reader's quiet hours it waits until they are over; emails about an account have no `recipient` and don't.
    """
    written = Email.objects.due().select_for_update(skip_locked=True).filter(pk=email_id).first()
    if written is None:  # sent already, on its way in another worker, or waiting for its next try
        return
    if written.recipient and (quiet := quiet_until(written.recipient)):
        written.due_at = quiet
        written.save(update_fields=["due_at"])
        _enqueue(written)
        return
    written.attempts += 1
    try:
        with transaction.atomic():  # also what the database fails at can be written down
            envelope = _envelope(written)
            if envelope is None:
                written.delete()
                if written.recipient:
                    forget_empty(recipient=written.recipient, kind=written.kind, subject_id=written.subject_id or 0)
                return
            mailers["delivery"].send_messages([envelope])
    except Exception as trouble:  # noqa: BLE001 — whatever a server or a backend comes up with
        logger.warning("Email %s was not taken: %r", written.pk, trouble)
        _try_later(written, trouble)
    else:
        written.sent_at, written.message, written.last_error = timezone.now(), b"", ""
    written.save()


def _envelope(written: Email) -> Envelope | None:
    """The email as it goes now; None if it tells what its reader may not be told any more, or doesn't reach them.

    What is to be told goes to the address that its reader has by now; a letter to the one that it was written to.
    """
    from notifications.emails import compose_now

    if not written.kind:
        goes = written.asked_for or is_reached(written.to)
        return Envelope(bytes(written.message), to=written.to) if goes else None
    written.to = written.recipient.email
    message = compose_now(written)
    return Envelope(message.message(policy=AS_WRITTEN).as_bytes(), to=written.to) if message else None


def _try_later(written: Email, trouble: Exception) -> None:
    written.last_error = f"{type(trouble).__name__}: {trouble}"[:2000]
    if written.attempts > len(PAUSES):
        written.failed_at = timezone.now()
        return
    written.due_at = timezone.now() + PAUSES[written.attempts - 1]
    _enqueue(written)


@transaction.atomic
def send_again(emails) -> int:
    """Give failed emails a fresh start. Returns how many there were."""
    failed = list(emails.failed().select_for_update())
    for written in failed:
        written.failed_at, written.attempts, written.due_at = None, 0, timezone.now()
        written.save(update_fields=["failed_at", "attempts", "due_at"])
        _enqueue(written)
    return len(failed)


@transaction.atomic
def find_forgotten() -> int:
    """Enqueue emails whose task was lost (the database went away while it ran). Returns how many there were."""
    forgotten = Email.objects.waiting().filter(due_at__lt=timezone.now() - FORGOTTEN_AFTER)
    found = list(forgotten.select_for_update(skip_locked=True)[:500])
    for written in found:
        written.due_at = timezone.now()
        written.save(update_fields=["due_at"])
        _enqueue(written)
    return len(found)


def forget_old() -> None:
    """Delete what the outbox need not remember any longer."""
    Email.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()
    Email.objects.filter(failed_at__lt=timezone.now() - KEPT_FOR).delete()


def _enqueue(written: Email) -> None:
    from notifications.tasks import deliver_email

    in_future = written.due_at > timezone.now()
    task = deliver_email.using(run_after=written.due_at) if in_future else deliver_email
    task.enqueue(written.pk)
