"""Groups, who is in them, and events."""

from datetime import timedelta

from benchmarks.loading import copy
from benchmarks.names import CITIES, ROLES, THINGS, WORDS
from communities.models import Event, Group, Membership

EACH = 20
"""Members of a group."""


def bring_groups_and_events(made) -> None:
    dice, many = made.dice("groups"), made.groups
    copy(Group, many, (
        {"id": number, "name": f"{dice.choice(THINGS)} {dice.choice(ROLES)}s {number}", "slug": f"group-{number}",
         "about": " ".join(dice.choices(WORDS, k=8)), "entry": dice.choice(["open", "request", "unlisted"])}
        for number in range(1, many + 1)
    ))  # fmt: skip
    copy(Membership, many * EACH, (
        {"id": number, "group_id": group_of(number), "member_id": member_of(number, made.members)}
        for number in range(1, many * EACH + 1)
    ))  # fmt: skip
    copy(Event, many, (
        {"id": number, "title": f"{dice.choice(THINGS)} day {number}", "slug": f"event-{number}",
         "place": dice.choice(CITIES), "about": " ".join(dice.choices(WORDS, k=8)), "time_zone": "UTC",
         "host_id": dice.randint(1, made.members), "starts_at": made.now + timedelta(days=number % 60 + 1),
         "ends_at": made.now + timedelta(days=number % 60 + 1, hours=2)}
        for number in range(1, many + 1)
    ))  # fmt: skip


def group_of(membership: int) -> int:
    return (membership - 1) // EACH + 1


def member_of(membership: int, members: int) -> int:
    return (membership * 37) % members + 1
