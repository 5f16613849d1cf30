from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once
from network.models import Connection


class ConversationQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """The viewer's own conversations; they stay readable when the connection has ended (§9)."""
        return self.filter(Exists(Seat.objects.filter(conversation=OuterRef("pk"), member=viewer)))

    @written_once
    def writable_by(self, member):
        """Those whose two members are connected now, and both there, with no wall between them."""
        seen = User.objects.visible_to(member)
        return self.visible_to(member).filter(
            Exists(Connection.objects.filter(member=OuterRef("low"), other=OuterRef("high"))),
            low__in=seen,
            high__in=seen,
        )

    def between(self, one, other):
        low, high = sorted((one.pk, other.pk))
        return self.filter(low=low, high=high)


class Conversation(models.Model):
    """What two members write to each other; one for a pair, for ever."""

    low = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    high = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="messaging_conversation_one_a_pair"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="messaging_conversation_lower_first"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"

    def other_id(self, member) -> int | None:
        """The number of whom `member` writes with; None once they are gone."""
        return self.high_id if self.low_id == member.pk else self.low_id


class SeatQuerySet(models.QuerySet):
    def listed_for(self, member):
        """The member's sides of the conversations in which something was written, newest first."""
        return self.filter(member=member, last_message__isnull=False).order_by("-last_message_id")

    def at_hand(self):
        """Those that their member has not archived."""
        return self.filter(archived_at__isnull=True)

    def heard(self):
        """Those that their member has not muted."""
        return self.filter(muted_at__isnull=True)

    def unread(self, *, at: datetime | None = None):
        """Those with a message that their member has not read; with a moment, also those that they read since."""
        unread = Q(last_message_id__gt=F("read_up_to"))
        return self.filter(unread | Q(read_at__gt=at) if at else unread)

    def told_by_email(self):
        """Those whose member is told by email of what they leave unread: neither archived nor muted."""
        return self.at_hand().heard()

    def read(self, *, at: datetime | None = None):
        """Those in which their member has read everything; with a moment, without those that they read since."""
        read = self.filter(last_message_id__lte=F("read_up_to"))
        return read.exclude(read_at__gt=at) if at else read


class Seat(models.Model):
    """A member's side of a conversation."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="seats")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    read_up_to = models.BigIntegerField(default=0, help_text="The id of the last message that the member has read.")
    read_at = models.DateTimeField(null=True, blank=True)
    last_message = models.ForeignKey(
        "Message", models.SET_NULL, null=True, blank=True, related_name="+", help_text="The newest, whoever sent it."
    )
    pitch = models.ForeignKey(
        "Message",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # its index is messaging_seat_pitch
        help_text="The first message after connecting, if it sells something to this member, until they answer.",
    )
    told_up_to = models.BigIntegerField(default=0, help_text="The id of the message that the last email told of.")
    muted_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "member"], name="messaging_seat_one_a_member"),
        ]
        indexes = [
            models.Index(fields=["member", "-last_message"], name="messaging_seat_newest"),
            models.Index(
                fields=["member", "-last_message"],
                name="messaging_seat_unread",
                condition=Q(last_message__gt=F("read_up_to")),
            ),
            models.Index(fields=["pitch"], name="messaging_seat_pitch", condition=Q(pitch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.conversation_id}"
