"""What can be advised about somebody: the moves, when each is possible, and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from network.advice.facts import Facts


class Move(StrEnum):
    """One thing that a member can do about somebody else."""

    CONNECT = "connect"
    INTRODUCTION = "introduction"
    TALKED = "talked"
    """To say whether they talked, on which it depends."""
    FOLLOW = "follow"
    KEEP_FOLLOWING = "keep_following"
    FOLLOW_ORGANIZATION = "follow_organization"
    APPLY = "apply"


@dataclass(frozen=True, kw_only=True)
class How:
    """A move as the page says it: its title, and why, where no row of the table says it better."""

    title: str
    why: str
    is_open: Callable[[Facts], bool]
    others: tuple[Move, ...] = ()
    """What stands beside it as the other choice: the first of these that is open."""


HOW = {
    Move.CONNECT: How(
        title=_("Connect with %(name)s"),
        # where a row advises to follow, and only connections may
        why=_("%(name)s is followed by connections only. If you ask, say in your note who you are."),
        is_open=lambda facts: facts.may_ask,
        others=(Move.FOLLOW, Move.INTRODUCTION),
    ),
    Move.INTRODUCTION: How(
        title=_("Ask %(introducer)s to introduce you"),
        why=_("A word from somebody whom both of you know says more than any note."),
        is_open=lambda facts: bool(facts.introducer),
        others=(Move.CONNECT, Move.FOLLOW),
    ),
    Move.TALKED: How(
        title=_("Did you and %(name)s talk?"),
        why=_("If you did, this week is the best time to connect."),
        is_open=lambda facts: facts.may_ask and facts.talked is None,
    ),
    Move.FOLLOW: How(
        title=_("Follow %(name)s"),
        why=_("You see their public updates, and they get to know you by what you answer."),
        is_open=lambda facts: facts.may_follow and not facts.follows,
        others=(Move.CONNECT, Move.INTRODUCTION),
    ),
    Move.KEEP_FOLLOWING: How(
        title=_("You follow %(name)s, which is right for now"),
        why=_("Answer what they write. Once you have talked a few times, a request won’t come out of the blue."),
        is_open=lambda facts: facts.follows,
        others=(Move.CONNECT, Move.INTRODUCTION),
    ),
    Move.FOLLOW_ORGANIZATION: How(
        title=_("Follow %(organization)s"),
        why=_("You read what is new where %(name)s works."),
        is_open=lambda facts: bool(facts.organization) and not facts.follows_organization,
        others=(Move.CONNECT, Move.FOLLOW),
    ),
    Move.APPLY: How(
        title=_("Apply to %(organization)s first"),
        why=_("Connect once you have applied; then there is something to talk about."),
        is_open=lambda facts: bool(facts.openings),
        others=(Move.FOLLOW_ORGANIZATION, Move.CONNECT, Move.FOLLOW),
    ),
}

WHAT_ELSE = (Move.INTRODUCTION, Move.FOLLOW, Move.KEEP_FOLLOWING, Move.CONNECT, Move.FOLLOW_ORGANIZATION)
"""What is advised where nothing of what a row advises is open: the first of these that is."""
REACHING_OUT = {Move.CONNECT, Move.INTRODUCTION, Move.TALKED}
"""The moves that speak to the person; the others listen first."""
