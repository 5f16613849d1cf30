"""What members do in their network.

- asking: `ask_to_connect`, `accept_request`, `decline_request`, `withdraw_request` (`asking.py`)
- between yes and no: `ask_question`, `answer_question`, `ask_for_later`, `mark_as_unknown` (`answering.py`)
- being connected: `connect_members`, `disconnect`, `end_everything_between` (`connecting.py`)
- following: `follow_member`, `unfollow_member`, `mute_follow`, `unmute_follow`, `remove_follower` (`following.py`)
"""

from network.actions.answering import answer_question, ask_for_later, ask_question, mark_as_unknown
from network.actions.asking import WrongAddress, accept_request, ask_to_connect, decline_request, withdraw_request
from network.actions.connecting import connect_members, disconnect, end_everything_between
from network.actions.following import (
    end_follows_by_strangers,
    follow_member,
    mute_follow,
    remove_follower,
    unfollow_member,
    unmute_follow,
)

__all__ = [
    "WrongAddress",
    "accept_request",
    "answer_question",
    "ask_for_later",
    "ask_question",
    "ask_to_connect",
    "connect_members",
    "decline_request",
    "disconnect",
    "end_everything_between",
    "end_follows_by_strangers",
    "follow_member",
    "mark_as_unknown",
    "mute_follow",
    "remove_follower",
    "unfollow_member",
    "unmute_follow",
    "withdraw_request",
]
