"""Finding one's own messages by their words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import block_member
from messaging.actions import delete_message, edit_message, open_conversation, send_message
from messaging.listing import excerpt, found
from messaging.models import Message
from messaging.words import words_in
from tests.factories import connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

SAID = "Łódź: c++ and the O'Brien-Muñoz gauges, https://example.org/dam"


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("lodz", True), ("LÓDŹ", True), ("gau", True), ("gauges lodz", True), ("munoz", True), ("c++", True),
        ("auges", False), ("gauges river", False), ("'", False), ("&|!:*", False), ("", False), ("x" * 90, False),
        ("example dam", True), ("o'brien", True),
    ],
)  # fmt: skip
def test_a_message_is_found_by_the_beginnings_of_its_words(words, finds, conversation, ines, tomasz):
    message = send_message(conversation, by=tomasz, text=SAID)
    for reader in (ines, tomasz):
        assert (message in found(reader, words)[0]) is finds


def test_nobody_else_finds_it(conversation, ines, tomasz, cast):
    send_message(conversation, by=tomasz, text=SAID)
    for name, member in cast.items():
        if name not in ("ines", "tomasz", "visitor"):
            assert found(member, "gauges")[0] == []


def test_a_word_of_any_length_is_kept_and_found_by_its_beginning(conversation, ines, tomasz):
    message = send_message(conversation, by=tomasz, text="a" * 5000)
    assert found(ines, "a" * 100)[0] == [message]
    assert words_in("a" * 5000) == ["a" * 64]


def test_what_was_edited_is_found_by_its_new_words_and_what_was_deleted_by_none(conversation, ines, tomasz):
    message = send_message(conversation, by=tomasz, text="The dam")
    edit_message(message, by=tomasz, text="The bridge")
    assert (found(ines, "dam")[0], found(ines, "bridge")[0]) == ([], [message])
    delete_message(message, by=tomasz)
    assert found(ines, "bridge")[0] == []


def test_the_list_of_what_was_found_is_paged_and_leads_to_each_in_its_place(
    conversation, ines, tomasz, as_member, monkeypatch
):
    monkeypatch.setattr("messaging.listing.LISTED", 2)
    sent = [send_message(conversation, by=by, text="The dam") for by in (tomasz, ines, tomasz)]
    client, address, seen = as_member(ines), "/messages/?q=dam", []
    while address:
        response = client.get(address)
        seen += response.context["entries"]
        address = response.context["next_page"]
    assert [entry.message_id for entry in seen] == [message.pk for message in reversed(sent)]
    assert seen[1].says == "You: The <mark>dam</mark>"
    page = client.get(f"/messages/{conversation.pk}/?at={sent[0].pk}")
    assert f'id="message-{sent[0].pk}"' in page.content.decode()


def test_people_are_found_by_name_as_long_as_one_may_see_them(conversation, ines, tomasz, as_member):
    send_message(conversation, by=tomasz, text="Hello")
    client = as_member(ines)
    assert [entry.name for entry in client.get("/messages/?q=tom").context["people"]] == ["Tomasz Wiśniewski"]
    block_member(tomasz, by=ines)
    assert client.get("/messages/?q=tom").context["people"] == []
    [hit] = client.get("/messages/?q=hello").context["entries"]
    assert (hit.name, hit.other) == ("A member", None)


def test_an_excerpt_shows_the_first_hit_in_its_surroundings():
    long = "word " * 40 + "<b>the Łódź</b> dam " + "end " * 60
    shown = excerpt(long, "lodz")
    assert shown.startswith("…word")
    assert "<mark>Łódź&lt;/b&gt;</mark>" in shown
    assert "&lt;b&gt;the" in shown
    assert shown.endswith("…")
    assert len(shown) < 300
    assert excerpt("Nothing here", "dam") == "Nothing here"
    assert len(excerpt("gauge" * 800, "gauge")) < 250


def test_the_index_of_words_is_asked_and_not_the_newest_messages_of_all(conversation, ines, tomasz):
    for number in range(20):
        send_message(conversation, by=tomasz, text=f"The dam {number}")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as queries:
            found(ines, "dam")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "messaging_message_pkey" not in plan.split("Sort Key")[0]
    assert "words @@" in plan


def test_what_is_written_in_a_second_conversation_is_found_too(conversation, ines, lina):
    connect(lina, ines)
    other = send_message(open_conversation(ines, lina), by=lina, text="The dam")
    assert found(ines, "dam")[0] == [other]
    assert Message.objects.with_words("dam", reader=lina).get() == other
