"""What happens above when something happens below: every entry of the registers."""

import pytest

from accounts import registers
from communities import registers as registers_of_organizations
from messaging import registers as registers_of_messages
from profiles import registers as registers_of_profiles

ENTRIES = {
    "on_block": {
        "communities.actions.seats.end_attendances_between",
        "communities.actions.joining.end_invitations_between",
        "network.actions.connecting.end_everything_between",
    },
    "on_merge": {"feed.actions.posting.move_posts"},
    "on_position": {"feed.actions.celebrating.say_what_is_ticked"},
    "on_claim": {"network.agreed.open_agreed_connections"},
    "on_address": {"communities.actions.proving.belong_by_address"},
    "on_followers_limited": {"network.actions.following.end_follows_by_strangers"},
    "on_departure": {
        "communities.actions.seats.leave_events",
        "communities.actions.groups.leave_groups",
        "profiles.photos.erase_photo",
        "feed.actions.posting.leave_posts_to_organizations",
        "feed.actions.picturing.erase_pictures",
        "feed.actions.commenting.leave_places_for_answers",
        "messaging.actions.erasing.erase_files",
    },
    "holds": {"moderation.actions.holds_message"},
}

REGISTERS = {
    name: value
    for module in (registers, registers_of_organizations, registers_of_messages, registers_of_profiles)
    for name, value in vars(module).items()
    if isinstance(value, list)
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_register_holds_these_entries_once_each(name):
    entries = [f"{entry.__module__}.{entry.__qualname__}" for entry in REGISTERS[name]]
    assert sorted(entries) == sorted(ENTRIES[name])


def test_no_register_is_missing_here():
    assert set(REGISTERS) == set(ENTRIES)
