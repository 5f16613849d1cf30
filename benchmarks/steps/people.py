"""Who is there."""

import random
from datetime import timedelta

from accounts.models import User
from benchmarks.loading import copy, run
from benchmarks.names import CITIES, FIRST, KINDS, LAST, ROLES, THINGS


def bring_members(made) -> None:
    dice, joined = made.dice("members"), made.now - timedelta(days=400)
    copy(User, made.members, (
        {
            "id": number, "first_name": dice.choice(FIRST), "last_name": unequal(dice, LAST),
            "handle": f"member-{number}", "email": f"member{number}@example.org", "password": "!",
            "headline": f"{dice.choice(ROLES)}, {dice.choice(THINGS)} {dice.choice(KINDS)}",
            "place": f"{unequal(dice, CITIES)}", "joined_at": joined, "claimed_at": joined, "welcomed_at": joined,
            "profile_audience": "public" if dice.random() < 0.2 else "members",
        }
        for number in range(1, made.members + 1)
    ))  # fmt: skip


def find_words(made) -> None:
    """What the triggers would have kept (they were off while loading), in one statement."""
    run("DELETE FROM search_memberwords")
    run("INSERT INTO search_memberwords SELECT id, search_words_of(id), joined_at FROM accounts_user")


def unequal(dice: random.Random, those: list[str]) -> str:
    """The first ones far more often than the last."""
    return those[int(len(those) * dice.random() ** 2)]
