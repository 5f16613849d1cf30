"""What was hidden: nobody but its author (of a post or comment) and operators sees it.

The moderators of a group hide what was said in it, and show it again; what an operator hid they can't show.
"""

from django.db.models import Model, Q
from django.utils import timezone

from feed.models import Comment, Post


def hide(thing: Model, *, by_group: bool = False) -> bool:
    """Hide something that has `hidden_at`; false if it was hidden already.

    An operator (not `by_group`) may also hide what a moderator hid: from then on it is the operators'.
    """
    shown, by_whom = Q(hidden_at__isnull=True), {}
    if isinstance(thing, Post | Comment):
        by_whom = {"is_hidden_by_group": by_group}
        shown |= Q(is_hidden_by_group=True) if not by_group else Q()
    return _set(thing, shown, hidden_at=timezone.now(), **by_whom)


def restore(thing: Model, *, by_group: bool = False) -> bool:
    """Show something again; false if it wasn't hidden, or not by a moderator of the group if `by_group`."""
    by_whom = {"is_hidden_by_group": False} if isinstance(thing, Post | Comment) else {}
    hidden = Q(hidden_at__isnull=False, is_hidden_by_group=True) if by_group else Q(hidden_at__isnull=False)
    return _set(thing, hidden, hidden_at=None, **by_whom)


def _set(thing: Model, where: Q, **fields) -> bool:
    if not type(thing)._default_manager.filter(where, pk=thing.pk).update(**fields):
        return False
    for field, value in fields.items():
        setattr(thing, field, value)
    return True
