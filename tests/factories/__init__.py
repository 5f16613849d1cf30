"""Made-up members and what they do, through the real actions. The demo community is made by these too."""

from tests.factories.events import move_event, put_up_event, seat
from tests.factories.feed import (
    answer_each_other,
    article,
    celebration,
    comment,
    draft,
    like,
    pass_on,
    position_begun,
    post,
)
from tests.factories.introductions import again, allow, ask_through, introduce
from tests.factories.members import MemberFactory, UnclaimedFactory, crowd
from tests.factories.network import connect, connect_all, follow, recommend, request

__all__ = [
    "MemberFactory",
    "UnclaimedFactory",
    "again",
    "allow",
    "answer_each_other",
    "article",
    "ask_through",
    "celebration",
    "comment",
    "connect",
    "connect_all",
    "crowd",
    "draft",
    "follow",
    "introduce",
    "like",
    "move_event",
    "pass_on",
    "position_begun",
    "post",
    "put_up_event",
    "recommend",
    "request",
    "seat",
]
