"""Organizations, groups and events, as operators see them."""

from communities.admin import events, groups, openings, organizations

__all__ = ["events", "groups", "openings", "organizations"]
