"""What the worker does for events: telling many people takes longer than a page may."""

from django.tasks import task

from accounts.models import User
from communities.models import Event
from notifications.actions import notify


@task
def tell_about_event(kind: str, event_id: int, member_ids: list[int]) -> None:
    """Tell members what became of an event to which they said something."""
    if event := Event.objects.filter(pk=event_id).first():
        for member in User.objects.present().filter(pk__in=member_ids).order_by("pk"):
            notify(recipient=member, kind=kind, actor=None, subject=event)
