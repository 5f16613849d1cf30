"""What members and operators do with organizations, groups and events.

- `organizations.py`: starting a page, its names, who looks after it
- `following.py`: following one, quietly or openly, and muting it
- `merging.py`: making one page of two
- `proving.py`: proving an organization by its email domain, and members of it
- `rosters.py`: what an operator's lists say of many at once
- `events.py`: putting up an event, changing it, calling it off; `seats.py`: who has a seat and who waits;
  `attending.py`: coming, being interested, having been there; `calendar.py`: the address of one's own calendar
- `openings.py`: what an organization has to fill, and the private tick of who applied
"""

from communities.actions.attending import (
    attend_event,
    be_interested,
    confirm_attendance,
    stay_away,
    take_confirmation_back,
)
from communities.actions.calendar import end_calendar_key, renew_calendar_key
from communities.actions.events import cancel_event, change_event, start_event
from communities.actions.following import (
    follow_organization,
    mute_organization,
    unfollow_organization,
    unmute_organization,
)
from communities.actions.merging import merge_organizations
from communities.actions.openings import change_opening, close_opening, mark_applied, post_opening, unmark_applied
from communities.actions.organizations import (
    add_name,
    appoint_admin,
    change_logo,
    change_organization,
    give_role,
    remove_name,
    rename_organization,
    start_organization,
    take_role,
    take_up_page,
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
    "appoint_admin",
    "ask_to_prove_member",
    "ask_to_prove_organization",
    "attend_event",
    "be_interested",
    "belong_by_address",
    "cancel_event",
    "change_event",
    "change_logo",
    "change_opening",
    "change_organization",
    "close_opening",
    "confirm_attendance",
    "end_belonging",
    "end_calendar_key",
    "follow_organization",
    "follow_proof",
    "gather_organizations",
    "give_role",
    "mark_applied",
    "merge_organizations",
    "mute_organization",
    "post_opening",
    "remove_name",
    "rename_organization",
    "renew_calendar_key",
    "set_roster_belongings",
    "start_event",
    "start_organization",
    "stay_away",
    "take_confirmation_back",
    "take_domain_away",
    "take_role",
    "take_up_page",
    "unfollow_organization",
    "unmark_applied",
    "unmute_organization",
]
