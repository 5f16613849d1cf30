"""Writing, changing and taking back messages."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext

from accounts.actions import block_member
from accounts.refusals import Refusal
from messaging.actions import delete_message, edit_message, mark_read, open_conversation, send_message
from messaging.models import CHANGEABLE_FOR, Conversation, Message
from network.actions import disconnect
from notifications.counters import count_waiting
from tests.concurrently import at_once
from tests.factories import MemberFactory, connect

pytestmark = pytest.mark.usefixtures("unmailed")

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.mark.django_db
def test_accepting_opens_a_conversation_that_begins_with_the_note(ines, lina, as_member):
    asked = connect(lina, ines, note="We met in Malmö.")
    [message] = Message.objects.all()
    assert (message.sender, message.text, message.sent_at) == (lina, "We met in Malmö.", asked.sent_at)
    assert Conversation.objects.visible_to(ines).get() == Conversation.objects.visible_to(lina).get()
    for member in (ines, lina):
        assert count_waiting(member)["messages"] == 0
        assert "We met in Malmö." in as_member(member).get("/messages/").content.decode()


@pytest.mark.django_db
def test_a_request_without_a_note_opens_an_empty_conversation(ines, lina, as_member):
    connect(lina, ines)
    assert Message.objects.count() == 0
    assert "Lina" not in as_member(ines).get("/messages/").content.decode()
    assert "Nothing written yet" in as_member(ines).get("/messages/with/lina/", follow=True).content.decode()


@pytest.mark.django_db
def test_the_same_key_sends_one_message(conversation, ines, as_member):
    key = uuid4()
    address = f"/messages/{conversation.pk}/"
    for headers in ({}, HTMX):
        as_member(ines).post(address, {"text": "Hello", "key": key}, headers=headers)
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_press_sends_one_message(conversation, ines):
    key = uuid4()
    one, other = at_once(*[lambda: send_message(conversation, by=ines, text="Hello", key=key)] * 2)
    assert one == other
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [block_member, disconnect])
def test_a_message_that_meets_a_block_is_either_sent_before_it_or_refused(end, conversation, ines, tomasz):
    ended, sent = at_once(lambda: end(ines, by=tomasz), lambda: send_message(conversation, by=ines, text="Hello"))
    assert not isinstance(ended, Refusal)
    assert Message.objects.count() == (0 if isinstance(sent, Refusal) else 1)
    with pytest.raises(Refusal):
        send_message(conversation, by=ines, text="Still there?")


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_conversation_at_once_open_one(ines, tomasz):
    one, other = at_once(lambda: open_conversation(ines, tomasz), lambda: open_conversation(tomasz, ines))
    assert one == other


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_both_know_the_newest(conversation, ines, tomasz):
    at_once(
        lambda: send_message(conversation, by=ines, text="Hello"),
        lambda: send_message(conversation, by=tomasz, text="Hi"),
    )
    newest = conversation.messages.latest("id")
    assert {seat.last_message_id for seat in conversation.seats.all()} == {newest.pk}


@pytest.mark.django_db
def test_for_15_minutes_a_message_can_be_changed_and_says_so(conversation, ines, as_member):
    with time_machine.travel(NOON, tick=False) as clock:
        message = send_message(conversation, by=ines, text="Helo")
        client, address = as_member(ines), f"/messages/{conversation.pk}/"
        clock.shift(CHANGEABLE_FOR - timedelta(seconds=1))
        assert "edited" not in client.get(address).content.decode()
        edited = client.post(f"/messages/edit/{message.pk}/", {"text": "Hello"}, follow=True).content.decode()
        assert "Hello" in edited
        assert "edited" in edited
        clock.shift(timedelta(seconds=1))
        late = client.post(f"/messages/edit/{message.pk}/", {"text": "Too late"}, follow=True).content.decode()
        assert "15 minutes" in late
        late = client.post(f"/messages/delete/{message.pk}/", follow=True).content.decode()
        assert "15 minutes" in late
        assert f"/messages/edit/{message.pk}/" not in client.get(address).content.decode()
    message.refresh_from_db()
    assert (message.text, message.deleted_at) == ("Hello", None)


@pytest.mark.django_db
def test_a_deleted_message_loses_its_text_and_keeps_its_place(written, ines, tomasz, as_member):
    for _ in range(2):
        delete_message(written, by=tomasz)
    page = as_member(ines).get(f"/messages/{written.conversation_id}/").content.decode()
    assert "This message was deleted." in page
    assert "dam on Friday" not in page
    assert "dam on Friday" not in as_member(ines).get("/messages/").content.decode()
    assert "Nothing found" in as_member(ines).get("/messages/?q=friday").content.decode()
    with pytest.raises(Refusal):
        edit_message(written, by=tomasz, text="Back")


@pytest.mark.django_db
def test_an_unchanged_edit_says_nothing(written, tomasz):
    edit_message(written, by=tomasz, text=written.text)
    written.refresh_from_db()
    assert written.edited_at is None


@pytest.mark.django_db
def test_unread_is_counted_until_it_is_read_and_reading_never_goes_back(written, ines, tomasz, as_member):
    assert count_waiting(ines)["messages"] == 1
    assert count_waiting(tomasz)["messages"] == 0
    as_member(ines).get(f"/messages/{written.conversation_id}/")
    assert count_waiting(ines)["messages"] == 0
    mark_read(written.conversation, by=ines, up_to=1)
    assert count_waiting(ines)["messages"] == 0


@pytest.mark.parametrize(("mine", "theirs"), [(True, True), (True, False), (False, True), (False, False)])
@pytest.mark.django_db
def test_a_receipt_is_shown_only_if_both_have_them_on(mine, theirs, written, ines, tomasz, as_member):
    for member, choice in ((tomasz, mine), (ines, theirs)):
        member.read_receipts = choice
        member.save(update_fields=["read_receipts"])
    page = f"/messages/{written.conversation_id}/"
    assert "· Read" not in as_member(tomasz).get(page).content.decode()
    as_member(ines).get(page)
    assert ("· Read" in as_member(tomasz).get(page).content.decode()) is (mine and theirs)


@pytest.mark.django_db
def test_what_is_wrong_stands_beside_what_was_typed(conversation, ines, as_member):
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    empty = client.post(address, {"text": "  ", "key": uuid4()})
    assert empty.status_code == 422
    assert "Write something first." in empty.content.decode()
    long = "word " * 1001
    too_long = client.post(address, {"text": long, "key": uuid4()}, headers=HTMX)
    assert too_long.status_code == 422
    assert long.strip() in too_long.content.decode()
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_message_is_escaped_and_its_links_lend_no_weight(conversation, ines, as_member):
    send_message(conversation, by=ines, text='<script>alert(1)</script> https://example.org/?a=1&b=2 "quoted"')
    page = as_member(ines).get(f"/messages/{conversation.pk}/").content.decode()
    assert "<script>alert" not in page
    assert 'href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener"' in page


@pytest.mark.django_db
def test_a_swap_shows_what_a_fresh_page_shows(conversation, ines, tomasz, as_member):
    send_message(conversation, by=tomasz, text="Hello")
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    fresh = client.get(address)
    first, state = fresh.context["thread"].first, fresh.context["thread"].state
    news = f"{address}news/?from={first}&state={state}"
    assert client.get(news).status_code == 204
    send_message(conversation, by=tomasz, text="Are you there?")
    partial = client.get(news)
    assert partial.status_code == 200
    assert "Are you there?" in partial.content.decode()
    fresh = client.get(address).content.decode()
    assert partial.content.decode().strip() in fresh
    sent = client.post(address, {"text": "Yes", "key": uuid4(), "from": first}, headers=HTMX).content.decode()
    thread = sent[sent.index('<div id="thread">') : sent.index("<form")]
    assert thread in client.get(address).content.decode()


@pytest.mark.django_db
def test_reading_backwards_repeats_and_skips_nothing(conversation, ines, tomasz, as_member):
    for number in range(75):
        send_message(conversation, by=tomasz, text=f"Line {number}")
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    thread = client.get(f"{address}?end=1").context["thread"]
    seen = [line.message.text for line in thread.lines]
    send_message(conversation, by=tomasz, text="New")
    while thread.earlier:
        response = client.get(f"{address}?before={thread.earlier}", headers=HTMX)
        assert "<html" not in response.content.decode()
        thread = response.context["thread"]
        seen = [line.message.text for line in thread.lines] + seen
    assert seen == [f"Line {number}" for number in range(75)]


@pytest.mark.django_db
def test_a_message_found_by_its_words_is_shown_among_its_neighbours(conversation, ines, tomasz, as_member):
    for number in range(60):
        send_message(conversation, by=tomasz, text=f"Línea {number} end")
    client = as_member(ines)
    found = client.get("/messages/?q=linea+7+END")
    [entry] = found.context["entries"]
    assert entry.says == "<mark>Línea</mark> 7 end"
    page = client.get(f"/messages/{conversation.pk}/?at={entry.message_id}")
    assert f'id="message-{entry.message_id}"' in page.content.decode()
    assert count_waiting(ines)["messages"] == 1  # the end was not shown


QUERIES = 12  # with two for what was unread: whether the other learns of it, and telling both


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("address", ["/messages/", "/messages/?q=hello", "/messages/{open}/"])
@pytest.mark.django_db
def test_a_page_costs_the_same_however_many_there_are(count, address, ines, as_member):
    for _ in range(count):
        other = MemberFactory()
        connect(other, ines, note="Hello there")
    conversation = open_conversation(ines, other)
    for _ in range(count):
        message = send_message(conversation, by=other, text="Hello again")
    mark_read(conversation, by=ines, up_to=message.pk - 1)
    client = as_member(ines)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address.format(open=conversation.pk)).status_code == 200
    assert len(queries) <= QUERIES, "\n".join(query["sql"][:150] for query in queries)


@pytest.mark.django_db
def test_a_request_that_broke_off_keeps_no_piece_of_a_message(conversation, ines, as_member):
    """The key comes last in what a browser sends: without the rest there is none."""
    client, address = as_member(ines), f"/messages/{conversation.pk}/"
    form = client.get(address).content.decode().split('<form class="write"')[1].split("</form>")[0]
    names = re.findall(r'name="(\w+)"', form)
    assert names[-1] == "key"
    fields = {"from": "0", "text": "A long message", "key": str(uuid4())}
    whole = encode_multipart(BOUNDARY, {name: fields[name] for name in names if name in fields})
    for length in range(0, len(whole), 29):
        response = client.generic("POST", address, whole[:length], content_type=MULTIPART_CONTENT)
        assert response.status_code in (400, 422) or Message.objects.get().text == "A long message"
    client.generic("POST", address, whole, content_type=MULTIPART_CONTENT)
    assert Message.objects.get().text == "A long message"
