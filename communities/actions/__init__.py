"""What members and operators do with organizations.

- `organizations.py`: starting a page, its names, who looks after it
- `following.py`: following one, quietly or openly, and muting it
- `merging.py`: making one page of two
- `proving.py`: proving an organization by its email domain, and members of it
- `rosters.py`: what an operator's lists say of many at once
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
from communities.actions.proving import (
    ask_to_prove_member,
    ask_to_prove_organization,
    belong_by_address,
    end_belonging,
    follow_proof,
    take_domain_away,
)
from communities.actions.rosters import gather_organizations, set_roster_belongings

__all__ = [
    "add_name",
    "ask_to_prove_member",
    "ask_to_prove_organization",
    "belong_by_address",
    "change_organization",
    "end_belonging",
    "follow_organization",
    "follow_proof",
    "gather_organizations",
    "give_role",
    "merge_organizations",
    "mute_organization",
    "remove_name",
    "rename_organization",
    "set_roster_belongings",
    "start_organization",
    "take_domain_away",
    "take_role",
    "unfollow_organization",
    "unmute_organization",
]
