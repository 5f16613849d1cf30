"""The list of conversations, fetched anew by a page that shows it."""

import pytest

from messaging.actions import archive, mark_read, open_conversation, send_message
from tests.factories import MemberFactory, connect_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def talks(ines):
    """Five conversations, each with something that Ines hasn't read."""
    others = MemberFactory.create_batch(5)
    connect_all(ines, others)
    return [send_message(open_conversation(ines, other), by=other, text="Hello").conversation for other in others]


def listed(response) -> list[int]:
    return [entry.conversation_id for entry in response.context["entries"]]


@pytest.mark.parametrize("where", ["/messages/?", "/messages/?unread=first&"])
def test_it_is_as_long_as_the_page_that_asks_and_goes_on_from_there(where, talks, ines, as_member, monkeypatch):
    monkeypatch.setattr("messaging.listing.LISTED", 2)
    client, newest_first = as_member(ines), [talk.pk for talk in reversed(talks)]
    for held, length in (("0", 2), ("2", 2), ("3", 4), ("4", 4), ("900", 5)):
        response = client.get(f"{where}held={held}", headers=HTMX)
        assert listed(response) == newest_first[:length]
        assert "<html" not in response.content.decode()
        if following := response.context["next_page"]:
            assert "held" not in following
            assert listed(client.get(following, headers=HTMX)) == newest_first[length : length + 2]
    assert client.get(f"{where}held=x", headers=HTMX).status_code == 404


def test_a_page_may_ask_for_a_hundred_at_once(talks, ines, as_member, monkeypatch):
    monkeypatch.setattr("messaging.listing.LISTED", 1)
    monkeypatch.setattr("live.renewing.MOST_HELD", 3)
    assert len(listed(as_member(ines).get("/messages/?held=4", headers=HTMX))) == 3


def test_it_costs_what_reading_it_costs(talks, ines, as_member, django_assert_num_queries):
    client = as_member(ines)
    client.get("/messages/")
    for address in ("/messages/?held=1", f"/messages/?held=90&open={talks[0].pk}", "/messages/?before=1"):
        client.get(address, headers=HTMX)
        with django_assert_num_queries(4):  # the session, the member, the list, and the other sides
            client.get(address, headers=HTMX)


def test_beside_a_conversation_it_shows_which_one_is_open_and_nothing_else(talks, ines, as_member):
    text = as_member(ines).get(f"/messages/?held=5&open={talks[1].pk}", headers=HTMX).content.decode()
    assert text.count("aria-current") == 1
    assert f'href="/messages/{talks[1].pk}/#new" aria-current="page"' in text
    assert 'class="tabs"' not in text


def test_an_empty_list_hears_of_the_first_message_and_one_that_empties_says_so(ines, tomasz, as_member):
    client = as_member(ines)
    assert 'data-hears="messages"' in client.get("/messages/").content.decode()
    message = send_message(open_conversation(ines, tomasz), by=tomasz, text="Hello")
    assert (
        f'id="conversation-{message.conversation_id}"' in client.get("/messages/?held=0", headers=HTMX).content.decode()
    )
    mark_read(message.conversation, by=ines, up_to=message.pk)
    archive(message.conversation, by=ines)
    assert "Nothing written yet" in client.get("/messages/?held=1", headers=HTMX).content.decode()


def test_what_was_searched_for_stays_on_the_page(talks, ines, as_member):
    assert "data-hears" not in as_member(ines).get("/messages/?q=hello").content.decode()
