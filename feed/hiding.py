"""Posts and comments that an operator hid: nobody but their author and operators sees them."""

from django.utils import timezone

from feed.models import Comment, Post


def hide(thing: Post | Comment) -> bool:
    """Hide a post or comment; false if it was hidden already."""
    now = timezone.now()
    if not type(thing).objects.filter(pk=thing.pk, hidden_at__isnull=True).update(hidden_at=now):
        return False
    thing.hidden_at = now
    return True


def restore(thing: Post | Comment) -> bool:
    """Show a hidden post or comment again; false if it wasn't hidden."""
    if not type(thing).objects.filter(pk=thing.pk, hidden_at__isnull=False).update(hidden_at=None):
        return False
    thing.hidden_at = None
    return True
