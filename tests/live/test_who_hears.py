"""Nothing is told across a wall, an audience, a suspension or the end of a connection (product.md §2, §9, §10)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import block_member, leave, suspend_member
from accounts.models import User
from feed.actions import comment_on_post
from feed.models import Post
from live.telling import Told
from messaging.actions import delete_message, edit_message, mark_read, open_conversation, send_message
from network.actions import (
    accept_request,
    answer_question,
    ask_for_later,
    ask_question,
    ask_to_connect,
    disconnect,
)
from network.models import ConnectionRequest
from tests.factories import MemberFactory, follow, post, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def write(ines: User, tomasz: User):
    return send_message(open_conversation(ines, tomasz), by=ines, text="Are you there?")


def edit(ines: User, tomasz: User):
    edit_message(write(ines, tomasz), by=ines, text="Are you here?")


def delete(ines: User, tomasz: User):
    delete_message(write(ines, tomasz), by=ines)


def read(ines: User, tomasz: User):
    message = send_message(open_conversation(ines, tomasz), by=tomasz, text="Here I am")
    mark_read(message.conversation, by=ines, up_to=message.pk)


def comment(ines: User, tomasz: User):
    comment_on_post(Post.objects.filter(author=tomasz).first() or post(tomasz), by=ines, text="Well said")


def ask(ines: User, tomasz: User):
    disconnect(tomasz, by=ines)
    ask_to_connect(tomasz, by=ines, context="worked")


def receive(ines: User, tomasz: User) -> ConnectionRequest:
    disconnect(tomasz, by=ines)
    ConnectionRequest.objects.between(ines, tomasz).delete()
    return request(tomasz, ines)


def accept(ines: User, tomasz: User):
    accept_request(receive(ines, tomasz), by=ines)


def question(ines: User, tomasz: User):
    ask_question(receive(ines, tomasz), by=ines, question="How do we know each other?")


def postpone(ines: User, tomasz: User):
    ask_for_later(receive(ines, tomasz), by=ines, on=timezone.localdate() + timedelta(days=30))


def answer(ines: User, tomasz: User):
    disconnect(tomasz, by=ines)
    ConnectionRequest.objects.between(ines, tomasz).delete()
    asked = request(ines, tomasz)
    ask_question(asked, by=tomasz, question="How do we know each other?")
    answer_question(asked, by=ines, answer="From the weir.")


KINDS: dict[str, Callable[[User, User], object]] = {
    "a message": write,
    "an edited message": edit,
    "a deleted message": delete,
    "a read receipt": read,
    "a comment": comment,
    "a request": ask,
    "a yes": accept,
    "a question": question,
    "an answer": answer,
    "later": postpone,
    "a post": lambda ines, tomasz: post(ines),
    "a post for connections": lambda ines, tomasz: post(ines, audience="connections"),
}
SITUATIONS: dict[str, Callable] = {
    "nothing happens": lambda ines, tomasz, page: None,
    "Ines blocks him": lambda ines, tomasz, page: block_member(tomasz, by=ines),
    "he blocks Ines": lambda ines, tomasz, page: block_member(ines, by=tomasz),
    "Ines is suspended": lambda ines, tomasz, page: suspend_member(ines, by=MemberFactory()),
    "Ines leaves": lambda ines, tomasz, page: leave(by=ines),
    "they disconnect": lambda ines, tomasz, page: disconnect(tomasz, by=ines),
    "he is suspended": lambda ines, tomasz, page: suspend_member(tomasz, by=MemberFactory()),
    "he leaves": lambda ines, tomasz, page: leave(by=tomasz),
    "he signs out": lambda ines, tomasz, page: page.client.logout(),
    "his password changes": lambda ines, tomasz, page: User.objects.filter(pk=tomasz.pk).update(password="another"),
    "his session runs out": lambda ines, tomasz, page: end(page),
}
EVEN_THEN = {
    (kind, "they disconnect") for kind in ("a comment", "a request", "a yes", "a question", "an answer", "later")
}
"""What he hears of all the same: the comment stays under his post, and a notice or request needs no connection."""
ENDS_HIS_STREAM = {"he is suspended", "he leaves", "he signs out", "his password changes", "his session runs out"}


def end(page) -> None:
    session = page.client.session
    session.set_expiry(timezone.now() - timedelta(minutes=1))
    session.save()


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_happens_before_it_arrives_decides_who_hears_of_it(kind, situation, ines, tomasz, hub, listening, told):
    """Ines does something that Tomasz is told of; then something happens; then it arrives at his page."""
    page = listening(tomasz)
    KINDS[kind](ines, tomasz)
    on_its_way = [Told([*members], what, key) for what, key, members in told]
    assert on_its_way
    SITUATIONS[situation](ines, tomasz, page)
    hub.hand_out(on_its_way)
    hub.tell_some_of_many()
    if situation in ENDS_HIS_STREAM:
        assert tomasz.pk not in hub.streams
    about_her = [(word, key) for word, key in page.heard() if key or word == "all"]
    assert bool(about_her) is (situation == "nothing happens" or (kind, situation) in EVEN_THEN)


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("members", {"amara", "tomasz"}), ("connections", {"tomasz"}), ("public", {"amara", "tomasz"})],
)
def test_of_a_post_hears_whoever_hears_its_author_and_is_in_its_audience(
    audience, expected, cast, hub, listening, told
):
    members = {name: member for name, member in cast.items() if name != "visitor"}
    follow(members["amara"], members["tomasz"])  # of whom nothing is told
    pages = {name: listening(member) for name, member in members.items()}
    written = post(members["ines"], audience=audience)
    hub.hand_out([Told([], what, key) for what, key, _nobody in told])
    while hub.waiting:
        hub.next_waiting = 0.0
        hub.tell_some_of_many()
    heard = {name: page.heard() for name, page in pages.items()}
    assert {name for name, said in heard.items() if said} == expected
    assert all(said == [("posts", written.pk)] for said in heard.values() if said)


@pytest.mark.parametrize("his", [True, False])
@pytest.mark.parametrize("hers", [True, False])
def test_who_switched_read_receipts_off_neither_gives_nor_gets_any(his, hers, ines, tomasz, told):
    for member, on in ((ines, hers), (tomasz, his)):
        User.objects.filter(pk=member.pk).update(read_receipts=on)
        member.refresh_from_db()
    conversation = open_conversation(ines, tomasz)
    message = send_message(conversation, by=tomasz, text="Here I am")
    told.clear()
    mark_read(conversation, by=ines, up_to=message.pk)
    both = [("messages", conversation.pk, {ines.pk, tomasz.pk})]
    assert told == (both if his and hers else [("messages", None, {ines.pk})])
