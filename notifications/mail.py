"""How email leaves: every part of the site writes into the outbox, and the worker delivers from there.

`MAILERS["default"]` is the outbox; `MAILERS["delivery"]` is what the worker hands the emails to.
"""

import sys
from collections.abc import Sequence
from email.message import EmailMessage as Mime
from email.utils import parseaddr
from pathlib import Path
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.letters import is_asked_for
from notifications.outbox import write_email


class OutboxBackend(BaseEmailBackend):
    """Writes emails into the database, in the transaction of whatever caused them; a rollback unwrites them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                write_email(message, to=parseaddr(recipient)[1], asked_for=is_asked_for(message))
        return len(email_messages)


class ConsoleAndFileBackend(BaseEmailBackend):
    """Where no SMTP server is set: prints each email's text to the console and keeps the whole of it in a folder."""

    def __init__(self, *, file_path: str, **options) -> None:
        super().__init__(**options)
        self.folder = Path(file_path)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mime = message.message()
            name = f"{timezone.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
            (self.folder / name).write_bytes(mime.as_bytes())
            sys.stdout.write(readable(mime, to=", ".join(message.recipients()), name=name))
        sys.stdout.flush()
        return len(email_messages)


def readable(mime: Mime, *, to: str, name: str) -> str:
    """Return an email as one reads it on a console, its links whole."""
    body = mime.get_body(("plain", "html"))
    text = body.get_content().rstrip() if body else ""
    rule = "-" * 79
    return f"{rule}\nEmail to {to}: {mime['Subject']}  ({name})\n\n{text}\n{rule}\n"
