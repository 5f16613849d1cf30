"""Where a conversation opens, how one reads on in it, and in which order the list stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from messaging.actions import mark_read, mute, open_conversation, send_message
from messaging.models import Seat
from notifications.counters import count_waiting
from notifications.models import Notice
from tests.factories import MemberFactory, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]
HTMX = {"HX-Request": "true"}


def lines(response) -> list[str]:
    return [line.message.text for line in response.context["thread"].lines]


def say(conversation, by, many, start=0):
    return [send_message(conversation, by=by, text=f"Line {start + number}") for number in range(many)]


def test_it_opens_at_the_first_unread_message_and_reads_on_to_the_end(conversation, ines, tomasz, as_member):
    sent = say(conversation, tomasz, 100)
    mark_read(conversation, by=ines, up_to=sent[9].pk)
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    opened = client.get(address)
    assert lines(opened) == [f"Line {number}" for number in range(5, 35)]
    assert [line.message.text for line in opened.context["thread"].lines if line.new] == ["Line 10"]
    assert 'id="new"' in opened.content.decode()
    assert 'id="writing"' not in opened.content.decode()
    assert Seat.objects.get(member=ines).read_up_to == sent[34].pk
    seen, thread = lines(opened), opened.context["thread"]
    send_message(conversation, by=tomasz, text="Line 100")
    while thread.later:
        response = client.get(f"{address}?after={thread.later}", headers=HTMX)
        assert "<html" not in response.content.decode()
        seen, thread = seen + lines(response), response.context["thread"]
    assert seen == [f"Line {number}" for number in range(5, 101)]
    assert 'id="writing"' in response.content.decode()  # at its end one may write
    assert count_waiting(ines)["messages"] == 0


def test_of_ones_own_messages_the_last_that_was_read_says_so_in_whatever_pieces_one_reads(
    conversation, ines, tomasz, as_member
):
    sent = say(conversation, ines, 100)
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    for read in (sent[45], sent[99]):
        mark_read(conversation, by=tomasz, up_to=read.pk)
        shown, thread = [], client.get(f"{address}?end=1").context["thread"]
        while thread.earlier:
            shown = [line.message for line in thread.lines if line.read] + shown
            thread = client.get(f"{address}?before={thread.earlier}", headers=HTMX).context["thread"]
        assert shown == [read]
    around = client.get(f"{address}?at={sent[20].pk}").context["thread"]
    assert not any(line.read for line in around.lines)


def test_what_was_jumped_over_stays_unread_until_one_asks_for_the_end(conversation, ines, tomasz, as_member):
    sent = say(conversation, tomasz, 100)
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    jumped = client.get(f"{address}?at={sent[70].pk}")
    assert f'id="message-{sent[70].pk}"' in jumped.content.decode()
    assert Seat.objects.get(member=ines).read_up_to == 0
    for way in (f"before={sent[50].pk}", f"after={sent[80].pk}"):
        client.get(f"{address}?{way}")
        assert Seat.objects.get(member=ines).read_up_to == 0
    client.get(f"{address}?end=1")
    assert Seat.objects.get(member=ines).read_up_to == sent[99].pk


def test_new_stands_above_what_is_new_once(conversation, ines, tomasz, as_member):
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    send_message(conversation, by=ines, text="Hello")
    assert 'id="new"' not in client.get(address).content.decode()
    sent = send_message(conversation, by=tomasz, text="Hello too")
    assert (
        f'id="new"><span>New</span></li><li class="message" id="message-{sent.pk}"'
        in client.get(address).content.decode()
    )
    assert 'id="new"' not in client.get(address).content.decode()


@pytest.fixture
def five(ines):
    """Five conversations, of which the second and the fourth have something that Ines hasn't read."""
    made = []
    for number in range(5):
        other = MemberFactory()
        connect(other, ines)
        conversation = open_conversation(ines, other)
        message = send_message(conversation, by=other, text=f"Line {number}")
        if number not in (1, 3):
            mark_read(conversation, by=ines, up_to=message.pk)
        made.append(conversation)
    return made


def test_unread_conversations_stand_first_if_one_wants(five, ines, as_member, monkeypatch):
    monkeypatch.setattr("messaging.listing.LISTED", 1)
    client = as_member(ines)
    for address, order in (("/messages/", "43210"), ("/messages/?unread=first", "31420")):
        seen = []
        while address:
            response = client.get(address)
            seen += [entry.says for entry in response.context["entries"]]
            address = response.context["next_page"]
        assert seen == [f"Line {number}" for number in order]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_none_comes_again_nor_is_missed_if_unread_ones_are_read_while_one_reads_on(
    size, five, ines, as_member, monkeypatch
):
    monkeypatch.setattr("messaging.listing.LISTED", size)
    client, address, seen = as_member(ines), "/messages/?unread=first", []
    while address:
        response = client.get(address)
        seen += [entry.says for entry in response.context["entries"]]
        address = response.context["next_page"]
        for conversation in five:
            mark_read(conversation, by=ines, up_to=conversation.messages.latest("pk").pk)
    assert seen == [f"Line {number}" for number in "31420"]


def test_what_becomes_unread_while_one_reads_on_stands_above(five, ines, as_member, monkeypatch):
    monkeypatch.setattr("messaging.listing.LISTED", 3)
    client = as_member(ines)
    following = client.get("/messages/?unread=first").context["next_page"]
    other = User.objects.get(pk=five[2].other_id(ines))
    send_message(five[2], by=other, text="Line 2, again")
    assert [entry.says for entry in client.get(following).context["entries"]] == ["Line 0"]
    assert client.get("/messages/?unread=first").context["entries"][0].says == "Line 2, again"


def test_a_muted_conversation_counts_nowhere_and_is_still_there(five, ines, as_member):
    assert count_waiting(ines)["messages"] == 2
    mute(five[1], by=ines)
    assert count_waiting(ines)["messages"] == 1
    assert "Line 1" in as_member(ines).get("/messages/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/messages/?before=x",
        "/messages/?before=u",
        "/messages/?unread=first&before=-1",
        "/messages/?unread=first&before=u1.",
    ],
)
def test_a_place_that_was_never_written_is_none(address, ines, as_member):
    assert as_member(ines).get(address).status_code == 404


@pytest.mark.parametrize(("written", "unread", "queries"), [(1, 0, 8), (50, 0, 8), (50, 1, 11), (50, 50, 12)])
def test_opening_costs_three_queries_to_note_and_tell_that_one_has_read_and_one_where_more_is_unread_than_fits(
    written, unread, queries, conversation, ines, tomasz, as_member
):
    Notice.objects.all().delete()
    sent = say(conversation, tomasz, written)
    mark_read(conversation, by=ines, up_to=sent[written - unread - 1].pk if written > unread else 0)
    client = as_member(ines)
    client.get("/messages/")
    with CaptureQueriesContext(connection) as made:
        client.get(f"/messages/{conversation.pk}/")
    assert len(made) == queries, "\n".join(query["sql"][:150] for query in made)
