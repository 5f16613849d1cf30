"""What members do in their network.

- asking: `ask_to_connect`, `accept_request`, `decline_request`, `withdraw_request` (`asking.py`)
- between yes and no: `ask_question`, `answer_question`, `ask_for_later`, `mark_as_unknown` (`answering.py`)
- being connected: `connect_members`, `disconnect`, `end_everything_between` (`connecting.py`)
- introductions: `ask_for_introduction`, `pass_introduction_on`, `let_name`, `decline_introduction`,
  `connect_introduced`, `set_introduction_aside` (`introducing.py`)
- from following to connecting: `put_off_connecting` (`converting.py`)
- following: `follow_member`, `unfollow_member`, `mute_member`, `unmute_member`, `remove_follower` (`following.py`)
- recommending: `recommend_member`, `approve_recommendation`, `set_aside_recommendation`, `hide_recommendation`,
  `show_recommendation`, `take_back_recommendation` (`recommending.py`)
- not being told of somebody: `dismiss_suggestion`, `take_back_dismissal` (`suggesting.py`)
"""

from network.actions.answering import answer_question, ask_for_later, ask_question, mark_as_unknown
from network.actions.asking import WrongAddress, accept_request, ask_to_connect, decline_request, withdraw_request
from network.actions.connecting import connect_members, disconnect, end_everything_between
from network.actions.converting import put_off_connecting
from network.actions.following import (
    end_follows_by_strangers,
    follow_member,
    mute_member,
    remove_follower,
    unfollow_member,
    unmute_member,
)
from network.actions.introducing import (
    ask_for_introduction,
    connect_introduced,
    decline_introduction,
    let_name,
    pass_introduction_on,
    set_introduction_aside,
)
from network.actions.recommending import (
    approve_recommendation,
    hide_recommendation,
    recommend_member,
    set_aside_recommendation,
    show_recommendation,
    take_back_recommendation,
)
from network.actions.suggesting import dismiss_suggestion, take_back_dismissal

__all__ = [
    "WrongAddress",
    "accept_request",
    "answer_question",
    "approve_recommendation",
    "ask_for_introduction",
    "ask_for_later",
    "ask_question",
    "ask_to_connect",
    "connect_introduced",
    "connect_members",
    "decline_introduction",
    "decline_request",
    "disconnect",
    "dismiss_suggestion",
    "end_everything_between",
    "end_follows_by_strangers",
    "follow_member",
    "hide_recommendation",
    "let_name",
    "mark_as_unknown",
    "mute_member",
    "pass_introduction_on",
    "put_off_connecting",
    "recommend_member",
    "remove_follower",
    "set_aside_recommendation",
    "set_introduction_aside",
    "show_recommendation",
    "take_back_dismissal",
    "take_back_recommendation",
    "unfollow_member",
    "unmute_member",
    "withdraw_request",
]
