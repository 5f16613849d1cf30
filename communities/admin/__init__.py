"""Organizations, groups and events, as operators see them."""

from communities.admin import events, openings, organizations

__all__ = ["events", "openings", "organizations"]
