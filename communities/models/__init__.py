"""Where people work, study, meet and talk, and who belongs.

- `Organization` and its `OrganizationName`s, `OrganizationDomain`s, `OrganizationRole`s (`organization.py`)
- `OrganizationFollow`: a member's subscription to its updates; `Belonging`: that they are proved to be of it, and the
  `ProofLetter`s by which that is proved (`belonging.py`)
- `Opening`, and `Application`: a member's private tick (`opening.py`)
- `Group`, and who is in it, asks, is invited, is banned (`group.py`)
- `Event`, and who comes (`event.py`)
"""

from communities.models.belonging import Belonging, OrganizationFollow, ProofLetter
from communities.models.event import Attendance, CalendarKey, Event
from communities.models.group import Group, GroupBan, GroupInvitation, GroupRequest, Membership
from communities.models.opening import Application, Opening
from communities.models.organization import Organization, OrganizationDomain, OrganizationName, OrganizationRole

__all__ = [
    "Application",
    "Attendance",
    "Belonging",
    "CalendarKey",
    "Event",
    "Group",
    "GroupBan",
    "GroupInvitation",
    "GroupRequest",
    "Membership",
    "Opening",
    "Organization",
    "OrganizationDomain",
    "OrganizationFollow",
    "OrganizationName",
    "OrganizationRole",
    "ProofLetter",
]
