"""What the worker does for messages."""

from django.db import transaction
from django.tasks import task

from messaging.models import Message, Seat
from notifications.emails import email_member


@task
@transaction.atomic
def tell_of_unread(message_id: int) -> None:
    """Email a member that a message waits, once until they have read what waits (product.md §10)."""
    message = Message.objects.present().filter(pk=message_id, sender__isnull=False).select_related("sender").first()
    if message is None:
        return
    seat = (
        Seat.objects.told_by_email()
        .filter(conversation=message.conversation_id, read_up_to__lt=message_id)
        .exclude(member=message.sender)
        .select_for_update(of=["self"])
        .select_related("member")
        .first()
    )
    if seat is None or seat.told_up_to > seat.read_up_to:
        return
    if email_member(seat.member, kind="message_unread", actor=message.sender, subject_id=message.pk):
        seat.told_up_to = message.pk
        seat.save(update_fields=["told_up_to"])
