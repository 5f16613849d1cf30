"""One open page's stream of events, on a connection that the web server gave away."""

import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

SILENT_FOR = 60_000
"""After so many milliseconds in which the other side confirmed nothing of what was sent, the system gives it up."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """On whose behalf a stream was opened: a member's number, their session, and their password's hash at that time."""

    member: int
    session: str
    seal: str


class Stream:
    """A connection to an open page. It is only written to: what isn't taken at once ends it, and the page comes back.

    `since` is the moment from which the page has to be told: when it was made, or when it last heard anything.
    """

    __slots__ = ("beats_at", "connection", "since", "ticket")

    def __init__(self, connection: socket.socket, ticket: Ticket, since: float) -> None:
        connection.setblocking(False)
        self.connection, self.ticket, self.since = connection, ticket, since
        self.beats_at = 0.0

    def send(self, data: bytes) -> bool:
        """Send some bytes. Returns whether they were taken; if not, the page is gone or doesn't read."""
        try:
            return self.connection.send(data) == len(data)
        except OSError:
            return False

    def is_over(self) -> bool:
        """Whether the page closed its side, or sends something: an open page never does, and would keep all busy."""
        try:
            self.connection.recv(1)
        except BlockingIOError:
            return False
        except OSError:
            pass
        return True

    def close(self) -> None:
        self.connection.close()


def event(word: str, key: int | None, at: float, *, spread: int = 0) -> bytes:
    """An event as it goes over the wire: its word, its key or 0, and the moment up to which the page knows all.

    Where many are told the same, also over how many seconds they are to spread what they fetch.
    """
    said = f"{key or 0} {spread}" if spread else f"{key or 0}"
    return f"event: {word}\nid: {at:.3f}\ndata: {said}\n\n".encode()


def can_be_taken_over(request: HttpRequest) -> bool:
    """Whether the web server lets go of this request's connection: gunicorn's threads do, for plain HTTP/1."""
    return type(request.META.get("gunicorn.socket")) is socket.socket and request.META.get("HTTP_VERSION") != "2"


def take_over(theirs: socket.socket) -> socket.socket:
    """Take a connection away from the web server; whatever it does with its own from now on reaches nobody.

    Its socket goes on existing, connected to nothing: so it closes it, and counts its connections, as after any answer.
    """
    ours = theirs.dup()
    nothing, nobody = socket.socketpair()
    with nothing, nobody:
        os.dup2(nothing.fileno(), theirs.fileno(), inheritable=False)
    if hasattr(socket, "TCP_USER_TIMEOUT") and ours.family in (socket.AF_INET, socket.AF_INET6):
        ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_FOR)
    return ours


def opening(response: HttpResponse) -> bytes:
    """The head of an answer whose body goes on until the connection ends."""
    lines = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}", "Connection: close", *_headers(response)]
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n"


def _headers(response: HttpResponse) -> Iterable[str]:
    for name, value in response.items():
        if name.lower() not in {"content-length", "connection"}:
            yield f"{name}: {value}"
    for cookie in response.cookies.values():
        yield cookie.output()
