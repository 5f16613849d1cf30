from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from messaging.files import detach
from messaging.models import Attachment, Conversation, Message, Revision


@transaction.atomic
def erase_files(*, member: User) -> None:
    """Delete what a member who leaves for good sent as files; their words stay for the others, without a name.

    A message that was nothing but files is then a deleted one, and a conversation whose other member is gone already
    goes with everything in it.
    """
    sent = Message.objects.filter(sender=member)
    detach(Attachment.objects.filter(message__in=sent))
    sent.present().filter(text="").update(deleted_at=timezone.now())
    left = Conversation.objects.filter(Q(low=member, high__isnull=True) | Q(high=member, low__isnull=True))
    detach(Attachment.objects.filter(message__conversation__in=left))
    left.delete()


def forget_earlier_words() -> int:
    """Delete what messages said before, once its time is over: a chore. Returns how many."""
    return Revision.objects.outdated().delete()[0]
