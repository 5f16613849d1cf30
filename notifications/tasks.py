"""What the worker does for notices and emails."""

from django.tasks import task

from notifications import outbox, turns
from notifications.emails import email_about
from notifications.models import Notice


@task
def deliver_email(email_id: int) -> None:
    """Send an email of the outbox, if it is due."""
    outbox.deliver(email_id)


@task
def email_notice(notice_id: int) -> None:
    """Tell a notice by email too, if by then it may still be told."""
    if notice := Notice.objects.select_related("recipient", "actor").filter(pk=notice_id).first():
        email_about(notice)


@task
def take_turns() -> None:
    """Put the weekly digests that are due into the outbox, some at a time; the rest is another task."""
    given, taken = turns.give_turns(), turns.take_due_turns()
    if given == turns.NEW_AT_ONCE or taken == turns.AT_ONCE:
        take_turns.enqueue()
