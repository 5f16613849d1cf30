"""Answers between yes and no (product.md §3.9, §3.11).

None of them reveals a decline: each of them that the sender learns of may come to a request that nobody declined.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import User
from accounts.refusals import Refusal
from live.telling import tell
from network.models import AskingPause, ConnectionRequest
from network.models.request import LATEST
from notifications.actions import notify

STRANGERS = 10
"""From how many recipients, within `COUNTED_FOR`, "I don't know this person" pauses a member's asking: §3.11."""
COUNTED_FOR = timedelta(days=30)
PAUSED_FOR = timedelta(days=7)


@transaction.atomic
def ask_question(request: ConnectionRequest, *, by: User, question: str) -> None:
    """Ask the sender of a request one question, once. A replay changes nothing. Raises `Refusal`."""
    request = _answerable(request, by=by)
    if request.question:
        if request.question == question:
            return
        raise Refusal(_("You have asked %(name)s a question already.") % {"name": request.sender.name})
    _refuse_if_unknown(request)
    request.question, request.question_at = question, timezone.now()
    request.save(update_fields=["question", "question_at"])
    tell([by.pk, request.sender_id], "requests", request.pk)
    notify(recipient=request.sender, kind="question", actor=by, subject=request)


@transaction.atomic
def answer_question(request: ConnectionRequest, *, by: User, answer: str) -> None:
    """Answer the recipient's question, once; also where they declined, of which the sender learns nothing (§3.9).

    The notice is always written: its scope hides it, in the app and by email, from whoever set the request aside.
    """
    lock_pair(request.recipient, by)
    asked = ConnectionRequest.objects.sent_by(by).select_related("recipient")
    request = asked.filter(pk=request.pk, question_at__isnull=False).first()
    if request is None:
        raise Refusal(_("This request is no longer open."))
    if request.answer:
        if request.answer == answer:
            return
        raise Refusal(_("You have answered %(name)s already.") % {"name": request.recipient.name})
    request.answer, request.answer_at = answer, timezone.now()
    request.save(update_fields=["answer", "answer_at"])
    tell([by.pk, request.recipient_id], "requests", request.pk)
    notify(recipient=request.recipient, kind="answer", actor=by, subject=request)


@transaction.atomic
def ask_for_later(request: ConnectionRequest, *, by: User, on: date) -> None:
    """Ask the sender to ask again from a day on: tomorrow, or up to a year ahead. Raises `Refusal`.

    Said again, it moves the day; the sender, who is told once, always reads the last one.
    """
    request = _answerable(request, by=by)
    _refuse_if_unknown(request)
    if not timezone.localdate() < on <= timezone.localdate() + LATEST:
        raise Refusal(_("Choose a day from tomorrow on, within a year."))
    request.later_on = on
    request.save(update_fields=["later_on"])
    tell([by.pk, request.sender_id], "requests", request.pk)
    notify(recipient=request.sender, kind="later", actor=by, subject=request)


@transaction.atomic
def mark_as_unknown(request: ConnectionRequest, *, by: User) -> None:
    """Say that one doesn't know the sender: a silent decline, and a mark (§3.9). A second time changes nothing."""
    request = _answerable(request, by=by)
    if request.unknown_at:
        return
    now = timezone.now()
    request.declined_at, request.unknown_at = request.declined_at or now, now
    request.save(update_fields=["declined_at", "unknown_at"])
    tell([by.pk], "requests")
    _pause_if_unknown_to_many(request.sender)


def _pause_if_unknown_to_many(member: User) -> None:
    """Set a pause from the next midnight UTC if so many have said so, counted since the last was set (§3.11)."""
    User.objects.select_for_update(no_key=True).get(pk=member.pk)  # so that of two marks at once the last one counts
    now = timezone.now()
    last = AskingPause.objects.filter(member=member).order_by("-set_at").first()
    since = max(now - COUNTED_FOR, last.set_at) if last else now - COUNTED_FOR
    marks = ConnectionRequest.objects.filter(sender=member, unknown_at__gt=since)
    if marks.values("recipient").distinct().count() < STRANGERS:
        return
    midnight = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    AskingPause.objects.update_or_create(
        member=member, starts_at=midnight, defaults={"set_at": now, "ends_at": midnight + PAUSED_FOR}
    )


def _answerable(request: ConnectionRequest, *, by: User) -> ConnectionRequest:
    """The request as it is now, under the lock of the pair. Raises `Refusal` if it isn't there to be answered."""
    lock_pair(request.sender, by)
    fresh = ConnectionRequest.objects.answerable_by(by).select_related("sender").filter(pk=request.pk).first()
    if fresh is None:
        raise Refusal(_("This request is no longer there."))
    return fresh


def _refuse_if_unknown(request: ConnectionRequest) -> None:
    """Who doesn't know somebody has nothing to ask them; accepting is still open."""
    if request.unknown_at:
        raise Refusal(_("You said that you don’t know %(name)s. You may still accept.") % {"name": request.sender.name})
