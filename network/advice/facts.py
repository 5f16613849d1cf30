from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a viewer and somebody whom they aren't connected with, as far as the viewer may know it."""

    name: str
    """Their first name."""

    # What is open
    may_ask: bool = False
    may_follow: bool = False
    follows: bool = False
    introducer: str = ""
    """A mutual connection who can be asked for an introduction."""
    introducer_handle: str = ""

    # What is known
    asks_to_be_followed_first: bool = False
    mutual: str = ""
    """A mutual connection."""
    mutual_count: int = 0
    together: str = ""
    """What says that they were at one place at the same time: "Both list Uppsala, 2006–2008"."""
    together_as: str = ""
    """The context of a request that says so: worked, studied or other."""
    event: str = ""
    """The last event at which both confirm that they were."""
    event_slug: str = ""
    event_days_ago: int | None = None
    shared: str = ""
    """Anything else that the two have in common, in words."""
    recruits: str = ""
    """"agency" or "in_house", as others read it."""
    employer: str = ""
    """Where they work now, as their CV says it."""
    organization: str = ""
    """The page of where they work now, if it has one."""
    organization_slug: str = ""
    follows_organization: bool = False
    openings: int = 0
    """How many openings it has now."""
    is_looking: bool = False
    """Whether the viewer looks for a new position."""
    has_applied: bool = False
    """Whether the viewer ticked that they applied for one of its openings."""
    followers: int = 0
    connections: int = 0
    days_answered: int = 0
    """On how many of the last 60 days they answered each other; none after "not now"."""

    # What the viewer says, and the site can't know
    talked: bool | None = None
    """Whether they talked at the event; None if the viewer hasn't said."""
    said: str = ""
    """What they say of themselves and the other: one of `network.advice.said`."""

    @property
    def is_anything_shared(self) -> bool:
        return bool(self.mutual_count or self.together or self.event or self.shared)

    @property
    def words(self) -> dict[str, str | int]:
        """What the sentences of the table are filled in with."""
        return {
            "name": self.name,
            "introducer": self.introducer,
            "mutual": self.mutual,
            "mutuals": _and_others(self.mutual, self.mutual_count - 1),
            "together": self.together,
            "event": self.event,
            "when": _days_ago(self.event_days_ago or 0),
            "shared": self.shared,
            "organization": self.organization,
            "employer": self.organization or self.employer or _("the place where they work"),
            "followers": self.followers,
            "connections": self.connections,
            "days": self.days_answered,
        }


def _and_others(name: str, others: int) -> str:
    if others < 1:
        return name
    text = ngettext("%(name)s and %(number)s other", "%(name)s and %(number)s others", others)
    return text % {"name": name, "number": others}


def _days_ago(days: int) -> str:
    if days < 1:
        return _("today")
    return _("yesterday") if days == 1 else _("%(days)s days ago") % {"days": days}
