from django.db import transaction
from django.utils import timezone

from accounts.models import User
from messaging.actions.telling import tell_of_keeping, tell_of_reading
from messaging.models import Conversation, Seat
from network.actions import disconnect


def mark_read(conversation: Conversation, *, by: User, up_to: int) -> None:
    """Remember that a member has read as far as the message numbered `up_to`; never less than before."""
    seat = Seat.objects.filter(conversation=conversation, member=by, read_up_to__lt=up_to)
    if seat.update(read_up_to=up_to, read_at=timezone.now()):
        tell_of_reading(conversation, by=by)


def mute(conversation: Conversation, *, by: User) -> None:
    """Tell `by` nothing about this conversation: no emails, and no count in the header."""
    _own_seat(conversation, by).filter(muted_at__isnull=True).update(muted_at=timezone.now())
    tell_of_keeping(by)


def unmute(conversation: Conversation, *, by: User) -> None:
    """Let emails and the header tell of this conversation again."""
    _own_seat(conversation, by).update(muted_at=None)
    tell_of_keeping(by)


def archive(conversation: Conversation, *, by: User) -> None:
    """Put the conversation out of sight until something new is written in it."""
    _own_seat(conversation, by).filter(archived_at__isnull=True).update(archived_at=timezone.now())
    tell_of_keeping(by)


def unarchive(conversation: Conversation, *, by: User) -> None:
    """Put the conversation back among the others."""
    _own_seat(conversation, by).update(archived_at=None)
    tell_of_keeping(by)


@transaction.atomic
def disconnect_and_mute(conversation: Conversation, *, by: User) -> None:
    """End the connection with whom one writes with, silently, and hear no more of it: the answer to a pitch (§9)."""
    other = User.objects.visible_to(by).filter(pk=conversation.other_id(by)).first()
    if other is not None:
        disconnect(other, by=by)
    mute(conversation, by=by)
    _own_seat(conversation, by).update(pitch=None)


def _own_seat(conversation: Conversation, member: User):
    return Seat.objects.filter(conversation=conversation, member=member)
