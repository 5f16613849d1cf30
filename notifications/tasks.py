"""What the worker does for notices and emails."""

from django.tasks import task

from notifications import outbox
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
