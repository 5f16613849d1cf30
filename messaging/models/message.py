from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.written_once import written_once
from messaging.models.conversation import Conversation, Seat
from messaging.words import WordsByReaderField, words_read_by

CHANGEABLE_FOR = timedelta(minutes=15)
"""How long a message may be edited or deleted: §9."""


def said_before() -> Exists:
    """Whether something is kept of what the message of a row said before."""
    from messaging.models.revision import Revision

    return Exists(Revision.objects.filter(message=OuterRef("pk")))


class MessageQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        return self.filter(conversation__in=Conversation.objects.visible_to(viewer))

    def present(self):
        return self.filter(deleted_at__isnull=True)

    def with_words(self, words: str, *, reader):
        """Those which `reader` may read and in which every one of `words` begins a word, in whatever case."""
        query = words_read_by(reader, words)
        return self.none() if query is None else self.filter(words=query)

    def awaited_by(self, member):
        """Those of others that `member` has not read, where they are told of it by email."""
        seats = Seat.objects.told_by_email().filter(member=member, conversation=OuterRef("conversation"))
        unread = Exists(seats.filter(read_up_to__lt=OuterRef("pk")))
        return self.visible_to(member).present().filter(unread).exclude(sender=member)

    def reportable_by(self, member):
        """What others wrote to one; a deleted message too, as long as what it said is kept."""
        theirs = self.visible_to(member).exclude(sender=member)
        return theirs.annotate(said_before=said_before()).filter(Q(deleted_at__isnull=True) | Q(said_before=True))

    def changeable_by(self, member):
        """One's own, for 15 minutes, while the two are connected (§9)."""
        return self.present().filter(
            sender=member,
            sent_at__gt=timezone.now() - CHANGEABLE_FOR,
            conversation__in=Conversation.objects.writable_by(member),
        )


class Message(models.Model):
    """One message. A deleted one keeps its place and loses its text; one without text is files alone."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="messages_sent")
    text = models.TextField(_("message"), max_length=5000, blank=True)
    words = WordsByReaderField()
    key = models.UUIDField(default=uuid4, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["sender", "key"], name="messaging_message_once_for_a_key"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(text=""), name="messaging_message_deleted_has_no_text"
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "-id"], name="messaging_message_newest"),
            GinIndex(fields=["words"], name="messaging_message_words"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def readers(self) -> list[int]:
        """The numbers of the two who read it, as far as they are still there."""
        return [number for number in (self.conversation.low_id, self.conversation.high_id) if number]
