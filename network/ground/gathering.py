"""All that the viewer shares with many people, gathered in three queries."""

from collections.abc import Iterable

from accounts.models import User
from network.degrees import near_of
from network.ground.cvs import shared_in_cvs
from network.ground.meeting import met
from network.ground.shared import Ground, mutual


def common_ground(members: Iterable[User], *, viewer) -> list[User]:
    """Set `ground` on each of `members`, whom the viewer may see, in three queries for any number of them.

    In two where `network.degrees.decorate` has set their `mutual_count` for this viewer. With oneself nobody shares
    anything, nor does a visitor.
    """
    members = list(members)
    for member in members:
        member.ground = Ground()
    others = [member for member in members if viewer.is_authenticated and member.pk != viewer.pk]
    numbers = sorted({member.pk for member in others})
    if not numbers:
        return members
    counts, places, meetings = _mutual_counts(others, viewer), shared_in_cvs(numbers, viewer), met(numbers, viewer)
    for member in others:
        count = counts[member.pk]
        connections = [mutual(member, count)] if count else []
        member.ground = Ground.of([*connections, *places.get(member.pk, ()), *meetings.get(member.pk, ())])
    return members


def _mutual_counts(others: list[User], viewer) -> dict[int, int]:
    if all(hasattr(member, "mutual_count") for member in others):
        return {member.pk: member.mutual_count for member in others}
    near = near_of([member.pk for member in others], viewer)
    return {member.pk: near.get(member.pk, (False, 0))[1] for member in others}
