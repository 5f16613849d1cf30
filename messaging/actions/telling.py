from accounts.models import User
from live.telling import tell
from messaging.models import Conversation


def tell_both(conversation: Conversation) -> None:
    """Let open pages of both fetch a conversation anew."""
    tell([member for member in (conversation.low_id, conversation.high_id) if member], "messages", conversation.pk)


def tell_of_reading(conversation: Conversation, *, by: User) -> None:
    """Let the reader's other pages count anew, also once the connection has ended; and the other learn of it."""
    other = conversation.other_id(by)
    if other and _gives_receipts(by, conversation, to=other):
        tell([by.pk, other], "messages", conversation.pk)
    else:
        tell([by.pk], "messages")


def tell_of_keeping(by: User) -> None:
    """Let a member's other pages show anew what they muted or put aside."""
    tell([by.pk], "messages")


def _gives_receipts(reader: User, conversation: Conversation, *, to: int) -> bool:
    """Whether both leave read receipts switched on and may write to each other (§9)."""
    receiving = Conversation.objects.writable_by(reader).filter(seats__member=to, seats__member__read_receipts=True)
    return reader.read_receipts and receiving.filter(pk=conversation.pk).exists()
