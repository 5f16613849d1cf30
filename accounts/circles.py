"""Who is connected with whom, for apps below `network`, which fills this in when it is ready."""

from collections.abc import Callable

from django.db.models import Exists

_connections: list[Callable[..., Exists]] = []


def declare_connections(exists: Callable[..., Exists]) -> None:
    """Say how to ask for a connection: `exists(member, other)`, either of them an `OuterRef` if need be."""
    _connections[:] = [exists]


def connected(member, other) -> Exists:
    """Return the condition that two members are connected."""
    (exists,) = _connections
    return exists(member, other)
