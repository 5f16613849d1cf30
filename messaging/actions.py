"""Writing to each other (product.md §9)."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import User
from accounts.refusals import Refusal
from messaging.models import Conversation, Message, Seat
from network.models import Connection, ConnectionRequest

TOLD_AFTER = timedelta(minutes=15)
"""How long a message may wait unread before an email tells of it: §10."""


@transaction.atomic
def open_conversation(one: User, other: User) -> Conversation:
    """Return the conversation of two connections; the same one for ever. Raises `Refusal` if they aren't connected."""
    lock_pair(one, other)
    if existing := Conversation.objects.between(one, other).first():
        return existing
    if not Connection.objects.filter(member=one, other=other).exists():
        raise Refusal(_closed())
    low, high = sorted((one, other), key=lambda member: member.pk)
    conversation = Conversation.objects.create(low=low, high=high)
    Seat.objects.bulk_create([Seat(conversation=conversation, member=member) for member in (low, high)])
    return conversation


def begin_with_note(*, one: User, other: User, request: ConnectionRequest | None, at: datetime) -> None:
    """Open the conversation of two who just connected; it begins with the request's note (§3.3).

    Both know the note: neither has to read it again. Without a request (an import) they open it when they write,
    and there is nothing to do. It runs in the transaction that connects them.
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
        conversation.seats.update(last_message=message, read_up_to=message.pk, read_at=at, archived_at=None)


@transaction.atomic
def send_message(conversation: Conversation, *, by: User, text: str, key: UUID | None = None) -> Message:
    """Write into a conversation; archived by the other, it comes back to them.

    A replay with the same `key` returns the first message. Raises `Refusal` unless they are connected now.
    """
    from messaging.tasks import tell_of_unread

    key = key or uuid4()
    _lock(conversation)
    if replayed := Message.objects.filter(sender=by, key=key).first():
        return replayed
    if not Conversation.objects.writable_by(by).filter(pk=conversation.pk).exists():
        raise Refusal(_closed())
    message = Message.objects.create(conversation=conversation, sender=by, text=text, key=key)
    conversation.seats.update(last_message=message, archived_at=None)
    mark_read(conversation, by=by, up_to=message.pk)
    tell_of_unread.using(run_after=timezone.now() + TOLD_AFTER).enqueue(message.pk)
    return message


@transaction.atomic
def edit_message(message: Message, *, by: User, text: str) -> Message:
    """Change one's own message; it says that it was edited. Raises `Refusal` after 15 minutes (§9)."""
    message = _changeable(message, by=by)
    if message.text != text:
        message.text, message.edited_at = text, timezone.now()
        message.save(update_fields=["text", "text_folded", "edited_at"])
    return message


@transaction.atomic
def delete_message(message: Message, *, by: User) -> None:
    """Take one's own message back; its place says so. A second time changes nothing. Raises `Refusal` (§9)."""
    if Message.objects.filter(pk=message.pk, sender=by, deleted_at__isnull=False).exists():
        return
    message = _changeable(message, by=by)
    message.text, message.deleted_at = "", timezone.now()
    message.save(update_fields=["text", "text_folded", "deleted_at"])


def mark_read(conversation: Conversation, *, by: User, up_to: int) -> None:
    """Remember that a member has read as far as the message numbered `up_to`; never less than before."""
    seat = Seat.objects.filter(conversation=conversation, member=by, read_up_to__lt=up_to)
    seat.update(read_up_to=up_to, read_at=timezone.now())


def mute(conversation: Conversation, *, by: User) -> None:
    """Send `by` no emails about this conversation."""
    _own_seat(conversation, by).filter(muted_at__isnull=True).update(muted_at=timezone.now())


def unmute(conversation: Conversation, *, by: User) -> None:
    """Let emails tell of this conversation again."""
    _own_seat(conversation, by).update(muted_at=None)


def archive(conversation: Conversation, *, by: User) -> None:
    """Put the conversation out of sight until something new is written in it."""
    _own_seat(conversation, by).filter(archived_at__isnull=True).update(archived_at=timezone.now())


def unarchive(conversation: Conversation, *, by: User) -> None:
    """Put the conversation back among the others."""
    _own_seat(conversation, by).update(archived_at=None)


def _own_seat(conversation: Conversation, member: User):
    return Seat.objects.filter(conversation=conversation, member=member)


def _changeable(message: Message, *, by: User) -> Message:
    _lock(message.conversation)
    found = Message.objects.changeable_by(by).filter(pk=message.pk).select_for_update().first()
    if found is not None:
        return found
    if Conversation.objects.writable_by(by).filter(pk=message.conversation_id).exists():
        raise Refusal(_("A message can be changed for 15 minutes after it was sent. This one stays as it is."))
    raise Refusal(_closed())


def _lock(conversation: Conversation) -> None:
    """Let a block, a disconnection or another message of the two wait; one of them may be gone."""
    if conversation.low_id and conversation.high_id:
        lock_pair(User(pk=conversation.low_id), User(pk=conversation.high_id))


def _closed() -> str:
    return _("You can write to each other only while you are connected.")
