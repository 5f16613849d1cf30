"""Open pages, without a browser: what a hub sends to each."""

import contextlib
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client

from accounts.models import User
from live.hub import Hub
from live.stream import Stream, Ticket

Said = list[tuple[str, int]]


@dataclass
class OpenPage:
    """A page that listens, at its end of the wire."""

    wire: socket.socket
    stream: Stream
    client: Client
    rest: bytes = field(default=b"")

    def heard(self) -> Said:
        """What it was told since it was asked last: words and keys, without the signs of life."""
        with contextlib.suppress(BlockingIOError):
            self.rest += self.wire.recv(100_000)
        events = re.findall(r"event: (\w+)\nid: [0-9.]+\ndata: (\d+)\n\n", self.rest.decode())
        self.rest = b""
        return [(word, int(key)) for word, key in events if word != "beat"]


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub without a thread: a test goes round itself, or hands out what was told."""
    hub = Hub()
    yield hub
    for streams in list(hub.streams.values()):
        for stream in list(streams):
            hub.drop(stream)
    hub.selector.close()
    hub.waker.close()
    hub.woken.close()


@pytest.fixture
def listening(hub, as_member) -> Iterator[Callable[[User], OpenPage]]:
    """Open a page of a member, who signs in for it; it listens from now on."""
    wires = []

    def open_page(member: User, *, since: float | None = None, client: Client | None = None) -> OpenPage:
        client = client or as_member(member)
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        wires.append(ours)
        session = client.session.session_key or ""
        stream = Stream(theirs, Ticket(member.pk, session, member.password), time.time() if since is None else since)
        hub.carry(stream)
        hub.take_in()
        hub.waiting.clear()
        return OpenPage(ours, stream, client)

    yield open_page
    for wire in wires:
        wire.close()
