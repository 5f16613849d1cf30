"""The first message after accepting that sells something offers its reader, and nobody else, a way out."""

import pytest

from accounts.refusals import Refusal
from messaging.actions import disconnect_and_mute, edit_message, open_conversation, send_message
from messaging.models import Conversation, Message, Seat
from network.actions import disconnect
from network.models import Connection, Follow
from tests.factories import connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

PITCH = "Hi, our platform cuts your costs by 30%. Book a quick call: https://calendly.com/sell-it. Only $99 a month."
KIND = "Thank you for connecting. I enjoyed your talk about the dam."
OFFER = "Disconnect and mute"


def pages(conversation, *members, as_member) -> list[bool]:
    return [OFFER in as_member(member).get(f"/messages/{conversation.pk}/").content.decode() for member in members]


@pytest.fixture
def accepted(ines, lina) -> Conversation:
    """Of Ines, who accepted, and Lina, who had asked with a note."""
    connect(lina, ines, note="We met in Malmö.")
    return open_conversation(ines, lina)


@pytest.mark.parametrize(
    ("writer", "said", "offered_to"),
    [
        ("lina", [PITCH], "ines"), ("ines", [PITCH], "lina"), ("lina", [KIND], None), ("lina", [KIND, PITCH], None),
        ("lina", [PITCH, KIND], "ines"),
    ],
)  # fmt: skip
def test_it_is_offered_below_the_first_message_alone_and_to_whom_it_was_sent(
    writer, said, offered_to, accepted, cast, as_member
):
    for text in said:
        send_message(accepted, by=cast[writer], text=text)
    shown = pages(accepted, cast["ines"], cast["lina"], as_member=as_member)
    assert shown == [offered_to == "ines", offered_to == "lina"]
    if offered_to:
        body = as_member(cast[offered_to]).get(f"/messages/{accepted.pk}/").content.decode()
        assert body.count(OFFER) == 1
        assert body.index(f'id="message-{Message.objects.get(text=PITCH).pk}"') < body.index(OFFER)


def test_whoever_answers_is_offered_nothing_any_more(accepted, ines, lina, as_member):
    send_message(accepted, by=lina, text=PITCH)
    send_message(accepted, by=ines, text="Not now, thank you.")
    assert pages(accepted, ines, lina, as_member=as_member) == [False, False]
    send_message(accepted, by=lina, text=PITCH)
    assert pages(accepted, ines, lina, as_member=as_member) == [False, False]


def test_who_answered_first_isnt_guarded_and_an_edit_changes_nothing(accepted, ines, lina, as_member):
    send_message(accepted, by=ines, text=KIND)
    message = send_message(accepted, by=lina, text=KIND)
    edit_message(message, by=lina, text=PITCH)
    assert pages(accepted, ines, lina, as_member=as_member) == [False, False]


def test_an_edit_that_makes_a_pitch_of_it_is_one_until_its_reader_answers(accepted, ines, lina, as_member):
    first = send_message(accepted, by=lina, text=KIND)
    edit_message(first, by=lina, text=PITCH)
    assert pages(accepted, ines, lina, as_member=as_member) == [True, False]
    send_message(accepted, by=ines, text="Not now, thank you.")
    edit_message(first, by=lina, text=f"{PITCH} Really.")
    assert pages(accepted, ines, lina, as_member=as_member) == [False, False]


def test_connections_that_nobody_asked_for_here_have_no_first_message(conversation, ines, tomasz, as_member):
    """Imported ones may have known each other for years."""
    Connection.objects.filter(member__in=[ines, tomasz]).update(connected_at="2001-01-01T00:00Z")
    send_message(conversation, by=tomasz, text=PITCH)
    assert pages(conversation, ines, as_member=as_member) == [False]


def test_one_click_ends_the_connection_and_mutes_and_tells_nobody(accepted, ines, lina, as_member, mailoutbox):
    send_message(accepted, by=lina, text=PITCH)
    mailoutbox.clear()
    answer = as_member(ines).post(f"/messages/{accepted.pk}/leave/", follow=True)
    assert "You are no longer connected, and this conversation is muted." in answer.content.decode()
    assert OFFER not in answer.content.decode()
    assert not Connection.objects.filter(member=ines, other=lina).exists()
    assert not Follow.objects.filter(follower=ines, followed=lina).exists()
    assert Seat.objects.get(conversation=accepted, member=ines).muted_at
    assert Seat.objects.get(conversation=accepted, member=lina).muted_at is None
    assert mailoutbox == []
    with pytest.raises(Refusal):
        send_message(accepted, by=lina, text="Are you there?")
    assert as_member(ines).post(f"/messages/{accepted.pk}/leave/").status_code == 404  # done once


@pytest.mark.parametrize("viewer", ["lina", "tomasz", "bill", "amara"])
def test_nobody_else_has_that_way(viewer, accepted, cast, lina, as_member):
    send_message(accepted, by=lina, text=PITCH)
    assert as_member(cast[viewer]).post(f"/messages/{accepted.pk}/leave/").status_code == 404
    assert Connection.objects.filter(member=cast["ines"], other=lina).exists()


def test_after_the_connection_ended_nothing_is_offered(accepted, ines, lina, as_member):
    send_message(accepted, by=lina, text=PITCH)
    disconnect(lina, by=ines)
    assert pages(accepted, ines, lina, as_member=as_member) == [False, False]
    disconnect_and_mute(accepted, by=ines)  # from a page that was still open
    assert Seat.objects.get(conversation=accepted, member=ines).muted_at
