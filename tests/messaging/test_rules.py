"""Who writes to whom (product.md §2, §9): the table, on pages, partials and what is sent."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import block_member, unblock_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from messaging.actions import archive, delete_message, edit_message, mark_read, open_conversation, send_message
from messaging.models import Conversation, Message, Seat
from network.actions import disconnect
from tests.cast import CAST
from tests.factories import connect

pytestmark = pytest.mark.django_db

MAY_READ = {"ines", "tomasz"}
HTMX = {"HX-Request": "true"}


def signed_in(viewer: str) -> bool:
    return viewer != "visitor"


@pytest.mark.parametrize("viewer", CAST)
def test_only_the_two_read_and_write_a_conversation(viewer, cast, written, as_member):
    client, page = as_member(cast[viewer]), f"/messages/{written.conversation_id}/"
    expected = 200 if viewer in MAY_READ else 404 if signed_in(viewer) else 302
    for address in (page, f"{page}news/?from=0&state=x", f"{page}?before={written.pk + 1}", f"{page}?at={written.pk}"):
        for headers in ({}, HTMX):
            response = client.get(address, headers=headers)
            assert response.status_code == expected
            assert (b"dam on Friday" in response.content) is (viewer in MAY_READ)
    sent = client.post(page, {"text": "Hello", "key": uuid4()})
    assert sent.status_code == (302 if viewer in MAY_READ or not signed_in(viewer) else 404)
    assert Message.objects.filter(text="Hello").exists() is (viewer in MAY_READ)


@pytest.mark.parametrize("viewer", CAST)
def test_only_the_two_find_a_conversation_in_their_list_and_search(viewer, cast, written, as_member):
    client = as_member(cast[viewer])
    for address in ("/messages/", "/messages/?q=dam+on", "/messages/?archived=1"):
        for headers in ({}, HTMX):
            said = client.get(address, headers=headers).content.decode().replace("<mark>", "").replace("</mark>", "")
            assert ("dam on Friday" in said) is (viewer in MAY_READ and "archived" not in address)


@pytest.mark.parametrize("viewer", CAST)
@pytest.mark.parametrize("change", ["mute", "unmute", "archive", "unarchive"])
def test_only_the_two_mute_and_archive(viewer, change, cast, written, as_member):
    response = as_member(cast[viewer]).post(f"/messages/{written.conversation_id}/{change}/")
    assert response.status_code == (302 if viewer in MAY_READ or not signed_in(viewer) else 404)
    if viewer not in MAY_READ:
        assert not Seat.objects.exclude(muted_at=None, archived_at=None).exists()


@pytest.mark.parametrize("viewer", CAST)
@pytest.mark.parametrize("what", ["edit", "delete"])
def test_only_the_sender_changes_a_message(viewer, what, cast, written, as_member):
    client, address = as_member(cast[viewer]), f"/messages/{what}/{written.pk}/"
    expected = 200 if viewer == "tomasz" else 404 if signed_in(viewer) else 302
    assert client.get(address).status_code == expected
    client.post(address, {"text": "Changed"})
    written.refresh_from_db()
    changed = written.text == "Changed" if what == "edit" else written.deleted_at is not None
    assert changed is (viewer == "tomasz")


@pytest.mark.parametrize("viewer", [name for name in CAST if name not in ("tomasz", "visitor")])
def test_nor_does_the_action_let_anybody_else(viewer, cast, written):
    for change in (
        lambda: edit_message(written, by=cast[viewer], text="x"),
        lambda: delete_message(written, by=cast[viewer]),
    ):
        with pytest.raises(Refusal):
            change()
    written.refresh_from_db()
    assert (written.text, written.deleted_at) == ("Are you at the dam on Friday?", None)


@pytest.mark.parametrize("viewer", CAST)
def test_the_way_from_the_profile_is_open_to_connections_alone(viewer, cast, as_member):
    response = as_member(cast[viewer]).get("/messages/with/ines/")
    assert response.status_code == (302 if viewer in ("tomasz", "visitor") else 404)
    assert response.headers.get("Location", "").startswith("/messages/") is (viewer == "tomasz")


@pytest.mark.parametrize("viewer", ["amara", "lina", "bill", "jorge", "ines"])
def test_nobody_but_a_connection_opens_a_conversation(viewer, cast):
    with pytest.raises(Refusal):
        open_conversation(cast[viewer], cast["ines"])
    assert not Conversation.objects.between(cast[viewer], cast["ines"]).exists()


ENDINGS = {
    "disconnected": lambda ines, tomasz: disconnect(tomasz, by=ines),
    "blocked by ines": lambda ines, tomasz: block_member(tomasz, by=ines),
    "blocked by tomasz": lambda ines, tomasz: block_member(ines, by=tomasz),
    "suspended": lambda ines, tomasz: User.objects.filter(pk=tomasz.pk).update(suspended_until=FOR_GOOD),
    "gone": lambda ines, tomasz: tomasz.delete(),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_when_it_ends_one_keeps_reading_and_nobody_writes(ending, ines, tomasz, written, as_member):
    mine = send_message(written.conversation, by=ines, text="I am.")
    ENDINGS[ending](ines, tomasz)
    client, address = as_member(ines), f"/messages/{written.conversation_id}/"
    page = client.get(address).content.decode()
    assert "dam on Friday" in page
    assert "You can write to each other only while you are connected." in page
    assert "<textarea" not in page
    listed = client.get("/messages/").content.decode()
    named = ending == "disconnected"
    for shown in (page, listed):
        assert ("Tomasz" in shown) is named
        assert ("A member" in shown) is not named
    assert ("/in/tomasz/" in page) is named
    assert ("I am." in client.get("/messages/?q=tomasz").content.decode()) is named
    assert "I am." in listed

    refused = client.post(address, {"text": "Are you there?", "key": uuid4()})
    assert refused.status_code == 422
    assert "Are you there?" in refused.content.decode()
    partial = client.post(address, {"text": "Are you there?", "key": uuid4()}, headers=HTMX)
    assert partial.status_code == 422
    assert ("Tomasz" in partial.content.decode()) is named  # the ways to reach him stand where the box was
    assert not Message.objects.filter(text="Are you there?").exists()
    for change in (lambda: edit_message(mine, by=ines, text="x"), lambda: delete_message(mine, by=ines)):
        with pytest.raises(Refusal, match="only while you are connected"):
            change()


def test_the_other_side_of_a_block_reads_the_same(ines, tomasz, written, as_member):
    """Whoever put up the wall: neither page says so."""
    as_member(ines).get(f"/messages/{written.conversation_id}/")  # she has read what is new
    pages = []
    for blocker, blocked in ((ines, tomasz), (tomasz, ines)):
        block_member(blocked, by=blocker)
        pages.append(_without_tokens(as_member(ines).get(f"/messages/{written.conversation_id}/")))
        unblock_member(blocked, by=blocker)
    assert pages[0] == pages[1]


def _without_tokens(response) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"state=\w+", "", text)


@pytest.mark.parametrize("blocker", ["ines", "tomasz"])
def test_a_block_hides_what_the_other_has_read(blocker, cast, ines, tomasz, conversation, as_member):
    sent = send_message(conversation, by=ines, text="Hello")
    mark_read(conversation, by=tomasz, up_to=sent.pk)
    client, shown = as_member(ines), []
    for _time in range(2):
        [line] = client.get(f"/messages/{conversation.pk}/").context["thread"].lines
        shown.append(line.read)
        block_member(tomasz if blocker == "ines" else ines, by=cast[blocker])
    assert shown == [True, False]


def test_whoever_connects_again_writes_on_in_the_same_conversation(ines, tomasz, written):
    disconnect(tomasz, by=ines)
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        connect(tomasz, ines, note="Let us go on")
        assert Conversation.objects.count() == 1
        texts = list(written.conversation.messages.order_by("id").values_list("text", flat=True))
        assert texts[-1] == "Let us go on"
        assert send_message(written.conversation, by=ines, text="Gladly")


def test_an_archived_conversation_comes_back_with_a_new_message(ines, tomasz, written, as_member):
    archive(written.conversation, by=ines)
    client = as_member(ines)
    assert "dam on Friday" not in client.get("/messages/").content.decode()
    assert "dam on Friday" in client.get("/messages/?archived=1").content.decode()
    assert "<mark>dam</mark> on Friday" in client.get("/messages/?q=dam").content.decode()
    send_message(written.conversation, by=tomasz, text="Or on Monday?")
    assert "Or on Monday?" in client.get("/messages/").content.decode()
