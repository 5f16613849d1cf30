"""Where people work and studied, and what they can do."""

import random
from functools import cache

from benchmarks.loading import copy
from benchmarks.names import CITIES, KINDS, ROLES, THINGS, WORDS
from communities.models import Organization, OrganizationName
from profiles.models import Education, Position, Skill


def bring_organizations(made) -> None:
    names = [_named(made, number) for number in range(1, made.organizations + made.schools + 1)]
    copy(Organization, len(names), (
        {"id": number, "name": name, "slug": f"organization-{number}", "audience": "members",
         "kind": "school" if number > made.organizations else "company"}
        for number, name in enumerate(names, 1)
    ))  # fmt: skip
    copy(OrganizationName, len(names), (
        {"id": number, "organization_id": number, "name": name, "use": "present"}
        for number, name in enumerate(names, 1)
    ))  # fmt: skip


def bring_cvs(made) -> None:
    dice, many, name = made.dice("CVs"), made.members * 2, cache(lambda number: _named(made, number))
    copy(Position, many, (
        {"id": number, "member_id": (number - 1) // 2 + 1, "title": dice.choice(ROLES), "place": dice.choice(CITIES),
         "organization": name(_employer(made, dice)), "started_year": 2010, "ended_year": None if number % 2 else 2015}
        for number in range(1, many + 1)
    ))  # fmt: skip
    copy(Education, made.members, (
        {"id": number, "member_id": number, "degree": "Master", "started_year": 2004, "ended_year": 2009,
         "school": name(1 + made.organizations + int(made.schools * dice.random() ** 3))}
        for number in range(1, made.members + 1)
    ))  # fmt: skip


def bring_skills(made) -> None:
    dice, skills = made.dice("skills"), [f"{thing} {word}" for thing in THINGS for word in WORDS]

    def rows():
        number = 0
        for member in range(1, made.members + 1):
            for name in sorted({skills[int(len(skills) * dice.random() ** 3)] for _skill in range(4)}):
                number += 1
                yield {"id": number, "member_id": member, "name": name}

    copy(Skill, made.members * 4, rows())


def _named(made, number: int) -> str:
    dice = random.Random(f"{made.seed} organization {number}")
    if number > made.organizations:
        return f"University of {dice.choice(CITIES)} {number}"
    return f"{dice.choice(CITIES)} {dice.choice(THINGS)} {dice.choice(KINDS)} {number}"


def _employer(made, dice: random.Random) -> int:
    """The number of an organization: the first one for a fifth of all positions, now and before alike."""
    return 1 if dice.random() < 0.13 else 1 + int(made.organizations * dice.random() ** 3)
