"""Messages that sell something as soon as somebody accepted a request (product.md §9).

It is decided once, when the message is kept, and noted at the seat of whom it is sent to: so nobody else can read it,
and a page of a conversation asks for nothing more.
"""

from accounts.models import User
from messaging.models import Message
from network.coach import coach
from network.models import Connection, ConnectionRequest


def guard_against_pitch(message: Message) -> None:
    """Offer whom a message was sent to the way out, if it is a pitch and they haven't answered it (`Seat.pitch`)."""
    theirs = message.conversation.seats.exclude(member=message.sender_id)
    answers = message.conversation.messages.filter(pk__gt=message.pk).exclude(sender=message.sender_id)
    if is_a_pitch(message) and not answers.exists():
        theirs.update(pitch=message)


def is_a_pitch(message: Message) -> bool:
    """Whether it is the first message after a request was accepted, and the coach takes it for a pitch."""
    if not message.text or not _is_first(message):
        return False
    people = User.objects.in_bulk([message.conversation.low_id, message.conversation.high_id])
    sender = people.pop(message.sender_id)
    (recipient,) = people.values()
    lines = coach(message.text, recipient=recipient.name, sender=sender.name)
    return any(line.key == "no_pitch" and line.ok is False for line in lines)


def _is_first(message: Message) -> bool:
    """Whether nothing was written since the two connected by a request, but for the request's own note."""
    conversation = message.conversation
    before = conversation.messages.filter(pk__lt=message.pk).order_by("-id").first()
    tie = Connection.objects.filter(member=conversation.low_id, other=conversation.high_id).first()
    if tie is None or (before and before.sent_at > tie.connected_at):
        return False
    one, other = User(pk=conversation.low_id), User(pk=conversation.high_id)
    request = ConnectionRequest.objects.between(one, other).filter(accepted_at=tie.connected_at).first()
    return request is not None and (before is None or before.sent_at < tie.connected_at or before.key == request.key)
