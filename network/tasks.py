"""What the worker does for the network."""

from django.tasks import task

from accounts.models import User
from network.suggesting.computing import suggest_to


@task
def look_for_suggestions(member_id: int) -> None:
    """Find whom a member may know, if that isn't done yet: for the many connections of somebody who waits for it."""
    if member := User.objects.present().filter(pk=member_id).first():
        suggest_to(member)
