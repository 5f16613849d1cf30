"""Many open pages at once, and what is told to them meanwhile."""

import queue
import random
import selectors
import socket
import threading
import time
from argparse import Namespace

from benchmarks.client import Client

ALL_HAVE_HEARD = 5
"""Seconds without a word after which nobody else hears of a post: there may be walls between some of them."""

HEARD = (b"event: messages", b"event: posts", b"event: notices")


class Streams:
    """Many open pages, in one thread: what they hear, and when."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self.port, self.cookies = port, cookies
        self.selector = selectors.DefaultSelector()
        self.heard: queue.SimpleQueue[tuple[int, bytes, float]] = queue.SimpleQueue()
        self.open: list[socket.socket] = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._read)

    def __enter__(self) -> "Streams":
        for number, cookie in enumerate(self.cookies):
            wire = socket.create_connection(("127.0.0.1", self.port))
            wire.sendall(
                f"GET /live/?since={time.time():.3f} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                f"Cookie: sessionid={cookie}\r\n\r\n".encode()
            )
            assert b" 200 " in wire.recv(8192).split(b"\r\n")[0]
            self.open.append(wire)
            self.selector.register(wire, selectors.EVENT_READ, number)
        self.thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.is_over.set()
        self.thread.join()
        for wire in self.open:
            wire.close()

    def _read(self) -> None:
        while not self.is_over.is_set():
            for key, _events in self.selector.select(0.2):
                said, now = key.fileobj.recv(8192), time.perf_counter()  # type: ignore[union-attr]
                if not said:
                    raise SystemExit("A stream ended.")
                if any(word in said for word in HEARD):
                    self.heard.put((key.data, said, now))


def memory_of_a_stream(many: int = 1_000) -> float:
    """What a stream takes of the memory of Python, in KB; the system's buffers for a connection come on top."""
    import tracemalloc

    from live.hub import Hub
    from live.stream import Stream, Ticket

    hub, pages = Hub(), []
    tracemalloc.start()
    for number in range(many):
        page, wire = socket.socketpair()
        pages.append(page)
        hub.arriving.put(Stream(wire, Ticket(number, f"{number:032}", f"{number:088}"), 0.0))
    hub.take_in()
    taken, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken / many / 1024


class writing:  # noqa: N801 — used as a context
    """Messages that are written meanwhile; each page that hears of one fetches its counts. Gives how long they took."""

    def __init__(self, arguments: Namespace, streams: Streams, talks: list[tuple]) -> None:
        self.arguments, self.streams, self.talks = arguments, streams, talks
        self.arrivals: list[float] = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._write)

    def __enter__(self) -> list[float]:
        self.thread.start()
        return self.arrivals

    def __exit__(self, *problem: object) -> None:
        self.is_over.set()
        self.thread.join()

    def _write(self) -> None:
        from django.db import connection

        from messaging.actions import send_message

        client, chance = Client(self.arguments.port), random.Random(self.arguments.seed)
        while not self.streams.heard.empty():  # what others wrote before
            self.streams.heard.get()
        while not self.is_over.wait(1 / self.arguments.messages):
            conversation, sender, place = chance.choice(self.talks)
            send_message(conversation, by=sender, text="Are you at the dam?")
            sent = time.perf_counter()
            while True:
                where, said, at = self.streams.heard.get(timeout=10)
                if b"event: messages" not in said:
                    continue
                client.get("/waiting/", self.streams.cookies[where])
                if where == place and b"data: %d\n" % conversation.pk in said:
                    self.arrivals.append((at - sent) * 1000)
                    break
        connection.close()


def publishing(streams: Streams, author) -> list[float]:
    """Let `author`, whom everybody hears, publish; return after how long each page hears of it, in milliseconds."""
    from feed.actions import publish_post

    while not streams.heard.empty():
        streams.heard.get()
    start = time.perf_counter()
    publish_post(by=author, text="The dam holds.", audience="members")
    waited: dict[int, float] = {}
    while len(waited) < len(streams.cookies):
        try:
            where, said, at = streams.heard.get(timeout=ALL_HAVE_HEARD)
        except queue.Empty:
            break
        if b"event: posts" in said:
            waited.setdefault(where, (at - start) * 1000)
    return sorted(waited.values())
