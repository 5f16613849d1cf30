"""What one page, one member or one moment may take of the thread that carries all streams."""

import time
from collections import deque
from types import SimpleNamespace

import pytest

from live import hub as hubs
from live.stream import Stream, Ticket
from live.telling import Told

pytestmark = pytest.mark.django_db


def test_a_page_that_takes_only_a_piece_of_an_event_has_not_taken_it():
    """It would be told the next in the middle of this one: so it is let go."""
    half = SimpleNamespace(send=lambda data: len(data) - 1, setblocking=lambda _: None)
    assert not Stream(half, Ticket(1, "", ""), 0.0).send(b"event: beat\n\n")


def test_a_process_keeps_connections_for_its_pages(ines, hub, listening, monkeypatch):
    monkeypatch.setattr(hubs, "most_connections", lambda: hubs.SPARE + 2)
    listening(ines)
    assert hub.has_room_for(ines.pk)
    listening(ines)
    assert not hub.has_room_for(ines.pk)


def test_a_stream_ends_when_that_is_told_and_not_with_the_next_thing_that_happens(ines, hub, listening):
    page = listening(ines)
    page.client.logout()
    hub.hand_out([Told([ines.pk], "sessions", None)])
    assert not hub.streams


def test_what_was_pushed_out_of_memory_is_no_longer_remembered(ines, hub, monkeypatch):
    monkeypatch.setattr(hubs, "MOST_KEPT", 3)
    hub.kept = deque(maxlen=3)
    hub.listener.since = begun = time.time() - 100
    hub.keep([Told([ines.pk], "messages", 1)] * 2)
    assert hub.remembers(begun)
    hub.keep([Told([ines.pk], "messages", 2)] * 2)
    assert not hub.remembers(begun)


def test_a_stream_that_nobody_told_to_end_is_found_by_the_review(ines, hub, listening):
    page = listening(ines)
    hub.listener.since = time.time()
    page.client.logout()
    hub.next_tick = hub.next_review = 0.0
    hub.tick()
    assert not hub.streams
