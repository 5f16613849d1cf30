"""What happens above when something happens below: every entry of the registers."""

import pytest

from accounts import registers

ENTRIES = {
    "on_block": {"network.actions.connecting.end_everything_between"},
    "on_claim": {"network.agreed.open_agreed_connections"},
    "on_followers_limited": {"network.actions.following.end_follows_by_strangers"},
    "on_departure": {
        "profiles.photos.erase_photo",
        "feed.actions.posting.leave_posts_to_organizations",
        "feed.actions.posting.erase_pictures",
    },
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_register_holds_these_entries_once_each(name):
    entries = [f"{entry.__module__}.{entry.__qualname__}" for entry in getattr(registers, name)]
    assert sorted(entries) == sorted(ENTRIES[name])


def test_no_register_is_missing_here():
    assert {name for name, value in vars(registers).items() if isinstance(value, list)} == set(ENTRIES)
