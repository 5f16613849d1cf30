"""Emails that come back: reading the report of a mail server (RFC 3464) and marking whom mail doesn't reach."""

from email import message_from_string, policy
from email.message import Message
from email.utils import parseaddr

from accounts.actions import mark_bounced
from accounts.models import User
from notifications.numbers import is_ours


def read_bounce(report: Message) -> User | None:
    """Mark whom an email of ours can't reach, by a report that says so for good. Returns who that is.

    It has to return the email or its headers, and these have to be ours: anybody can write a report, and nobody's
    mail should stop for that.
    """
    if not any(_failed_for_good(part) for part in report.walk()):
        return None
    for returned in _returned(report):
        to = parseaddr(str(returned["To"] or ""))[1]
        if to and is_ours(str(returned["Message-ID"] or ""), to=to):
            return mark_bounced(to)
    return None


def _failed_for_good(part: Message) -> bool:
    """Whether these fields of a report say "failed", and why in a number that begins with 5: not just for today."""
    failed = str(part["Action"] or "").split(";")[0].strip().lower() == "failed"
    return failed and str(part["Status"] or "").strip().startswith("5.")


def _returned(report: Message) -> list[Message]:
    """The emails that a report returns, whole or their headers."""
    found: list[Message] = []
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            found.append(message_from_string(str(part.get_payload()), policy=policy.default))
        elif part.get_content_type() == "message/rfc822" and part.is_multipart():
            found.extend(inner for inner in part.get_payload() if isinstance(inner, Message))
    return found
