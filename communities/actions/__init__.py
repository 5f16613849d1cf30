"""What members and operators do with organizations, groups and events.

- `organizations.py`: starting a page, its names, who looks after it
- `following.py`: following one, quietly or openly, and muting it
- `merging.py`: making one page of two
- `proving.py`: proving an organization by its email domain, and members of it
- `rosters.py`: what an operator's lists say of many at once
- `events.py`: putting up an event, changing it, calling it off; `seats.py`: who has a seat and who waits;
  `attending.py`: coming, being interested, having been there; `calendar.py`: the address of one's own calendar
- `openings.py`: what an organization has to fill, and the private tick of who applied
- `groups.py`: starting a group, and looking after it
- `joining.py`: getting into a group, and hearing less of it
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
from communities.actions.groups import (
    appoint_moderator,
    change_group,
    leave_group,
    leave_groups,
    lift_ban,
    make_moderator,
    remove_from_group,
    start_group,
    step_down,
)
from communities.actions.joining import (
    ask_to_join,
    decline_invitations,
    end_invitations_between,
    invite_to_group,
    join_group,
    let_in,
    mute_group,
    turn_down,
    unmute_group,
    withdraw_from_asking,
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
    "appoint_moderator",
    "ask_to_join",
    "ask_to_prove_member",
    "ask_to_prove_organization",
    "attend_event",
    "be_interested",
    "belong_by_address",
    "cancel_event",
    "change_event",
    "change_group",
    "change_logo",
    "change_opening",
    "change_organization",
    "close_opening",
    "confirm_attendance",
    "decline_invitations",
    "end_belonging",
    "end_calendar_key",
    "end_invitations_between",
    "follow_organization",
    "follow_proof",
    "gather_organizations",
    "give_role",
    "invite_to_group",
    "join_group",
    "leave_group",
    "leave_groups",
    "let_in",
    "lift_ban",
    "make_moderator",
    "mark_applied",
    "merge_organizations",
    "mute_group",
    "mute_organization",
    "post_opening",
    "remove_from_group",
    "remove_name",
    "rename_organization",
    "renew_calendar_key",
    "set_roster_belongings",
    "start_event",
    "start_group",
    "start_organization",
    "stay_away",
    "step_down",
    "take_confirmation_back",
    "take_domain_away",
    "take_role",
    "take_up_page",
    "turn_down",
    "unfollow_organization",
    "unmark_applied",
    "unmute_group",
    "unmute_organization",
    "withdraw_from_asking",
]
