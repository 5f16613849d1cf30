"""What waits for the reader, counted for the header of every page."""

from django.utils.functional import SimpleLazyObject

from notifications.counters import COUNTERS, count_waiting


def waiting(request) -> dict:
    """Return `waiting`: requests, messages and notices; counted when a page first asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"waiting": dict.fromkeys(COUNTERS, 0)}
    return {"waiting": SimpleLazyObject(lambda: count_waiting(user))}
