"""What is done silently is told to nobody but whoever does it: that something arrived would tell it (product.md §2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import block_member, unblock_member
from accounts.models import User
from feed.actions import delete_comment, delete_post, edit_post, take_back_reaction
from feed.actions.quieting import hide_from_feed, see_less
from live.telling import Told
from messaging.actions import archive, disconnect_and_mute, mute, open_conversation, send_message
from moderation.actions import report_thing
from network.actions import (
    ask_question,
    decline_introduction,
    decline_request,
    disconnect,
    follow_member,
    hide_recommendation,
    mark_as_unknown,
    mute_member,
    remove_follower,
    set_aside_recommendation,
    set_introduction_aside,
    take_back_recommendation,
    unfollow_member,
)
from network.actions.answering import answer_question
from network.endorsing import endorse_skill, hide_endorsement, withdraw_endorsement
from profiles.models import Skill
from tests.factories import ask_through, comment, connect, follow, introduce, like, post, recommend, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

Scene = Callable[[User, User, User], object]
"""What is there before between Ines, Tomasz, who is connected with her, and Lina, who is a stranger to both."""


def asked(ines: User, tomasz: User, lina: User):
    return request(lina, ines, note="Hello Ines")


def talk(ines: User, tomasz: User, lina: User):
    return send_message(open_conversation(ines, tomasz), by=tomasz, text="Hello").conversation


def wanted(ines: User, tomasz: User, lina: User):
    connect(ines, lina)
    return ask_through(ines, asker=lina, to=tomasz)


def introduced(ines: User, tomasz: User, lina: User):
    connect(tomasz, lina)
    return introduce(lina, ines, through=tomasz)


def praise(ines: User, tomasz: User, lina: User):
    return recommend(tomasz, ines)


def praise_by_her(ines: User, tomasz: User, lina: User):
    return recommend(ines, tomasz, approved=True)


def vouched(ines: User, tomasz: User, lina: User):
    return endorse_skill(Skill.objects.create(member=ines, name="Hydrology"), by=tomasz)


def vouched_by_her(ines: User, tomasz: User, lina: User):
    skill = Skill.objects.create(member=tomasz, name="Hydrology")
    endorse_skill(skill, by=ines)
    return skill


def said_to_her(ines: User, tomasz: User, lina: User):
    return comment(tomasz, post(ines))


def nothing(ines: User, tomasz: User, lina: User):
    return None


def followed(ines: User, tomasz: User, lina: User):
    follow(lina, ines)
    follow(ines, lina)


SILENT: dict[str, tuple[Scene, Callable]] = {
    "declining": (asked, lambda it, ines, **_: decline_request(it, by=ines)),
    "not knowing somebody": (asked, lambda it, ines, **_: mark_as_unknown(it, by=ines)),
    "blocking": (nothing, lambda it, ines, tomasz, **_: block_member(tomasz, by=ines)),
    "blocking who asked": (asked, lambda it, ines, lina, **_: block_member(lina, by=ines)),
    "unblocking": (nothing, lambda it, ines, lina, **_: (block_member(lina, by=ines), unblock_member(lina, by=ines))),
    "disconnecting": (talk, lambda it, ines, tomasz, **_: disconnect(tomasz, by=ines)),
    "disconnecting and muting": (talk, lambda it, ines, **_: disconnect_and_mute(it, by=ines)),
    "muting a conversation": (talk, lambda it, ines, **_: mute(it, by=ines)),
    "archiving a conversation": (talk, lambda it, ines, **_: archive(it, by=ines)),
    "following quietly": (nothing, lambda it, ines, lina, **_: follow_member(lina, by=ines, quiet=True)),
    "following quietly from now on": (followed, lambda it, ines, lina, **_: follow_member(lina, by=ines, quiet=True)),
    "unfollowing": (followed, lambda it, ines, lina, **_: unfollow_member(lina, by=ines)),
    "removing a follower": (followed, lambda it, ines, lina, **_: remove_follower(lina, by=ines)),
    "muting somebody": (
        nothing,
        lambda it, ines, tomasz, **_: mute_member(tomasz, by=ines, until=timezone.now() + timedelta(days=30)),
    ),
    "declining an introduction": (wanted, lambda it, ines, **_: decline_introduction(it, by=ines)),
    "setting an introduction aside": (introduced, lambda it, ines, **_: set_introduction_aside(it, by=ines)),
    "setting a recommendation aside": (praise, lambda it, ines, **_: set_aside_recommendation(it, by=ines)),
    "hiding a recommendation": (
        lambda ines, tomasz, lina: recommend(tomasz, ines, approved=True),
        lambda it, ines, **_: hide_recommendation(it, by=ines),
    ),
    "taking a recommendation back": (praise_by_her, lambda it, ines, **_: take_back_recommendation(it, by=ines)),
    "hiding an endorsement": (vouched, lambda it, ines, **_: hide_endorsement(it, by=ines)),
    "withdrawing an endorsement": (vouched_by_her, lambda it, ines, **_: withdraw_endorsement(it, by=ines)),
    "deleting a comment": (said_to_her, lambda it, ines, **_: delete_comment(it, by=ines)),
    "deleting a post": (said_to_her, lambda it, ines, **_: delete_post(it.post, by=ines)),
    "narrowing an audience": (
        said_to_her,
        lambda it, ines, **_: edit_post(it.post, by=ines, text=it.post.text, audience="connections"),
    ),
    "taking a like back": (
        lambda ines, tomasz, lina: like(ines, post(tomasz)).post,
        lambda it, ines, **_: take_back_reaction(it, by=ines),
    ),
    "hiding a post from the feed": (
        lambda ines, tomasz, lina: post(tomasz),
        lambda it, ines, **_: hide_from_feed(it, by=ines),
    ),
    "seeing less of somebody": (nothing, lambda it, ines, tomasz, **_: see_less(tomasz, by=ines)),
    "reporting somebody": (nothing, lambda it, ines, tomasz, **_: report_thing(tomasz, by=ines, reason="spam")),
}


@pytest.mark.parametrize("doing", SILENT)
def test_nobody_else_hears(doing, ines, tomasz, lina, told):
    scene, do = SILENT[doing]
    it = scene(ines, tomasz, lina)
    told.clear()
    do(it, ines=ines, tomasz=tomasz, lina=lina)
    assert {member for _what, _key, members in told for member in members} <= {ines.pk}
    assert all(members for _what, _key, members in told)  # nor is it announced to whom it may concern


def test_an_answer_to_a_question_is_no_notice_to_whoever_declined_meanwhile(ines, lina, hub, listening, told):
    asked = request(lina, ines)
    ask_question(asked, by=ines, question="How do we know each other?")
    decline_request(asked, by=ines)
    page = listening(ines)
    told.clear()
    answer_question(asked, by=lina, answer="From Malmö.")
    assert "notices" in {
        what for what, _key, _members in told
    }  # alike, whatever she did: only when it arrives it is asked
    hub.hand_out([Told([*members], what, key) for what, key, members in told])
    assert page.heard() == [("requests", asked.pk)]  # her page of what was set aside says it
