"""Handles: the last part of a profile's address."""

from accounts.models import FormerHandle, User
from accounts.slugs import free_slug

RESERVED = frozenset(
    [
        "about",
        "account",
        "accounts",
        "admin",
        "api",
        "help",
        "edit",
        "events",
        "groups",
        "health",
        "in",
        "join",
        "me",
        "members",
        "messages",
        "moderator",
        "network",
        "new",
        "notices",
        "null",
        "operator",
        "operators",
        "organizations",
        "posts",
        "profile",
        "root",
        "search",
        "security",
        "settings",
        "staff",
        "support",
        "system",
        "undefined",
        "welcome",
        "www",
    ]
)
"""Handles that nobody gets: they would look like the site's own voice or places."""


def free_handle(name: str) -> str:
    """Return a handle made of `name` that nobody has or had; of chance if the name has no Latin letters."""
    return free_slug(name, taken=lambda handle: handle in RESERVED or is_taken(handle))


def is_taken(handle: str, *, by_other_than: User | None = None) -> bool:
    """Whether somebody has or had this handle (one's own former handle may be taken back)."""
    users, former = User.objects.filter(handle=handle), FormerHandle.objects.filter(handle=handle)
    if by_other_than is not None:
        users, former = users.exclude(pk=by_other_than.pk), former.exclude(member=by_other_than)
    return users.exists() or former.exists()
