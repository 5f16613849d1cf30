from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from messaging.actions.opening import closed, lock_conversation
from messaging.actions.telling import tell_both
from messaging.files import NewFile, attach
from messaging.models import Conversation, Message
from messaging.pitches import guard_against_pitch

TOLD_AFTER = timedelta(minutes=15)
"""How long a message may wait unread before an email tells of it: §10."""


def send_message(
    conversation: Conversation, *, by: User, text: str, files: Sequence[NewFile] = (), key: UUID | None = None
) -> Message:
    """Write into a conversation; archived by the other, it comes back to them.

    A replay with the same `key` returns the first message. Raises `Refusal` unless they are connected now, for a
    message of nothing, and if the key was spent in another conversation: what is written here would be lost.
    """
    key = key or uuid4()
    try:
        return _send(conversation, by=by, text=text, files=files, key=key)
    except IntegrityError as trouble:  # in the same moment: only in one conversation does its lock let one go first
        if not Message.objects.filter(sender=by, key=key).exists():
            raise
        raise Refusal(_spent()) from trouble


@transaction.atomic
def _send(conversation: Conversation, *, by: User, text: str, files: Sequence[NewFile], key: UUID) -> Message:
    from messaging.tasks import tell_of_unread

    lock_conversation(conversation)
    if replayed := Message.objects.filter(sender=by, key=key).first():
        if replayed.conversation_id != conversation.pk:
            raise Refusal(_spent())
        return replayed
    if not Conversation.objects.writable_by(by).filter(pk=conversation.pk).exists():
        raise Refusal(closed())
    if not text and not files:
        raise Refusal(_("Write something first."))
    message = Message.objects.create(conversation=conversation, sender=by, text=text, key=key)
    attach(files, to=message)
    _lay_before_both(message, by=by)
    tell_both(conversation)
    tell_of_unread.using(run_after=timezone.now() + TOLD_AFTER).enqueue(message.pk)
    return message


def _lay_before_both(message: Message, *, by: User) -> None:
    """Put the conversation first for both; whoever writes has read what was there, and answers a pitch by that."""
    seats = message.conversation.seats
    seats.update(last_message=message, archived_at=None)
    seats.filter(member=by).update(read_up_to=message.pk, read_at=timezone.now(), pitch=None)
    guard_against_pitch(message)


def _spent() -> str:
    return _("This was sent in another conversation already. Load the page again to write here.")
