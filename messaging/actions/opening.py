from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import User
from accounts.refusals import Refusal
from messaging.actions.telling import tell_both
from messaging.models import Conversation, Message, Seat
from network.models import Connection, ConnectionRequest


@transaction.atomic
def open_conversation(one: User, other: User) -> Conversation:
    """Return the conversation of two connections; the same one for ever. Raises `Refusal` if they aren't connected."""
    lock_pair(one, other)
    if existing := Conversation.objects.between(one, other).first():
        return existing
    if not Connection.objects.filter(member=one, other=other).exists():
        raise Refusal(closed())
    low, high = sorted((one, other), key=lambda member: member.pk)
    conversation = Conversation.objects.create(low=low, high=high)
    Seat.objects.bulk_create([Seat(conversation=conversation, member=member) for member in (low, high)])
    return conversation


def begin_with_note(*, one: User, other: User, request: ConnectionRequest | None, at: datetime) -> None:
    """Open the conversation of two who just connected; it begins with the request's note (§3.3).

    Both know the note: neither has to read it again, unless they left something else unread. Without a request (an
    import) they open it when they write, and there is nothing to do. It runs in the transaction that connects them.
    """
    if request is None:
        return
    conversation = open_conversation(one, other)
    if not request.note:
        return
    message, is_new = Message.objects.get_or_create(
        sender=request.sender,
        key=request.key,
        defaults={"conversation": conversation, "text": request.note, "sent_at": request.sent_at},
    )
    if is_new:
        conversation.seats.exclude(last_message_id__gt=F("read_up_to")).update(read_up_to=message.pk, read_at=at)
        conversation.seats.update(last_message=message, archived_at=None)
        tell_both(conversation)


def lock_conversation(conversation: Conversation) -> None:
    """Let a block, a disconnection or another message of the two wait; one of them may be gone.

    Numbers of messages are drawn while it is held, to the end of the transaction: so in a conversation the greater
    number is the one that was kept later, and whoever has read up to one has missed none before it.
    """
    if conversation.low_id and conversation.high_id:
        lock_pair(User(pk=conversation.low_id), User(pk=conversation.high_id))


def closed() -> str:
    return _("You can write to each other only while you are connected.")
