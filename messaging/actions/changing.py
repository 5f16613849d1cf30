from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from messaging import registers
from messaging.actions.opening import closed, lock_conversation
from messaging.actions.telling import tell_both
from messaging.files import detach
from messaging.models import Conversation, Message
from messaging.pitches import guard_against_pitch


@transaction.atomic
def edit_message(message: Message, *, by: User, text: str) -> Message:
    """Change one's own message; it says that it was edited. Raises `Refusal` after 15 minutes (§9)."""
    message = _changeable(message, by=by)
    if message.text != text:
        _keep_words(message)
        message.text, message.edited_at = text, timezone.now()
        message.save(update_fields=["text", "words", "edited_at"])
        guard_against_pitch(message)  # one that was harmless when it was sent
        tell_both(message.conversation)
    return message


@transaction.atomic
def delete_message(message: Message, *, by: User) -> None:
    """Take one's own message back; its place says so. A second time changes nothing. Raises `Refusal` (§9).

    Its files go with it, unless it was reported: then operators need them, and nobody else sees them.
    """
    if Message.objects.filter(pk=message.pk, sender=by, deleted_at__isnull=False).exists():
        return
    message = _changeable(message, by=by)
    _keep_words(message)
    message.text, message.deleted_at = "", timezone.now()
    message.save(update_fields=["text", "words", "deleted_at"])
    if not any(holds(message) for holds in registers.holds):
        detach(message.attachments.all())
    tell_both(message.conversation)


def _keep_words(message: Message) -> None:
    """Keep what it says, out of sight: whoever has read it can still report it."""
    if message.text:
        message.revisions.create(text=message.text, written_at=message.edited_at or message.sent_at)


def _changeable(message: Message, *, by: User) -> Message:
    lock_conversation(message.conversation)
    changeable = Message.objects.changeable_by(by).filter(pk=message.pk)
    found = changeable.select_related("conversation").select_for_update(of=["self"]).first()
    if found is not None:
        return found
    if Conversation.objects.writable_by(by).filter(pk=message.conversation_id).exists():
        raise Refusal(_("A message can be changed for 15 minutes after it was sent. This one stays as it is."))
    raise Refusal(closed())
