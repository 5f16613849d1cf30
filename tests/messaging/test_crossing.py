"""What might slip through where conversations, connections and receipts meet."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.refusals import Refusal
from messaging.actions import archive, mute, open_conversation, send_message, unarchive, unmute
from messaging.models import Message, Seat
from network.actions import disconnect
from tests.concurrently import at_once
from tests.factories import connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def receipts(client, conversation) -> list[bool]:
    return [line.read for line in client.get(f"/messages/{conversation.pk}/").context["thread"].lines]


def test_what_is_read_after_the_connection_ended_is_not_told(ines, tomasz, written, as_member, told):
    disconnect(tomasz, by=ines)
    told.clear()
    as_member(ines).get(f"/messages/{written.conversation_id}/")
    assert told == [("messages", None, {ines.pk})]
    assert Seat.objects.get(conversation=written.conversation, member=ines).read_up_to == written.pk
    assert receipts(as_member(tomasz), written.conversation) == [False]


def test_connecting_again_reads_nothing_for_anybody(ines, tomasz, written, as_member):
    disconnect(tomasz, by=ines)
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        connect(tomasz, ines, note="Let us go on")
        assert receipts(as_member(tomasz), written.conversation) == [False, False]
        assert [entry.unread for entry in as_member(ines).get("/messages/").context["entries"]] == [True]
        assert [entry.unread for entry in as_member(tomasz).get("/messages/").context["entries"]] == [False]


def test_a_key_spent_in_one_conversation_loses_no_message_in_another(ines, tomasz, lina):
    connect(lina, ines)
    key, ours, hers = uuid4(), open_conversation(ines, tomasz), open_conversation(ines, lina)
    send_message(ours, by=ines, text="To Tomasz", key=key)
    with pytest.raises(Refusal):
        send_message(hers, by=ines, text="To Lina", key=key)
    assert Message.objects.filter(key=key).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_spent_in_two_conversations_at_once_is_refused_in_one(ines, tomasz, lina):
    connect(lina, ines)
    key, both = uuid4(), [open_conversation(ines, other) for other in (tomasz, lina)]
    results = at_once(*[lambda one=one: send_message(one, by=ines, text="Hello", key=key) for one in both])
    assert sorted(type(result).__name__ for result in results) == ["Message", "Refusal"]
    assert Message.objects.filter(key=key).count() == 1


@pytest.mark.parametrize("change", [mute, unmute, archive, unarchive])
def test_ones_other_tabs_hear_what_one_put_aside_and_nobody_else(change, ines, written, told):
    told.clear()
    change(written.conversation, by=ines)
    assert told == [("messages", None, {ines.pk})]
