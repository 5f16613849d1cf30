"""Organizations, groups and events, as operators see them."""

from communities.admin import events

__all__ = ["events"]
