"""What members are told of their messages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from messaging.models import Message, Seat
from notifications import counters
from notifications.kinds import Kind, declare


def declare_kinds() -> None:
    """Add the email about a message left unread; in the app the conversation itself says it."""
    declare(
        Kind(
            slug="message_unread",
            label=_("A message waits unread for 15 minutes"),
            sentence=_("%(name)s wrote to you."),
            why=_("You get this because a message to you was unread for 15 minutes."),
            subjects_visible_to=Message.objects.awaited_by,
            address=lambda message: reverse("conversation", args=[message.conversation_id]),
            link=_("Read the message"),
            thread=lambda message: f"conversation.{message.conversation_id}",
            in_app=False,
        )
    )


def declare_counter() -> None:
    """Let the header count the conversations with something new, but for those that are muted or archived."""
    counters.declare("messages", lambda member: Seat.objects.listed_for(member).at_hand().heard().unread())
