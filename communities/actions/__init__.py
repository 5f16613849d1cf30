"""What members and operators do with organizations.

- `organizations.py`: starting a page, its names, who looks after it
- `following.py`: following one, quietly or openly, and muting it
- `merging.py`: making one page of two
"""

from communities.actions.following import (
    follow_organization,
    mute_organization,
    unfollow_organization,
    unmute_organization,
)
from communities.actions.merging import merge_organizations
from communities.actions.organizations import (
    add_name,
    change_organization,
    give_role,
    remove_name,
    rename_organization,
    start_organization,
    take_role,
)

__all__ = [
    "add_name",
    "change_organization",
    "follow_organization",
    "give_role",
    "merge_organizations",
    "mute_organization",
    "remove_name",
    "rename_organization",
    "start_organization",
    "take_role",
    "unfollow_organization",
    "unmute_organization",
]
