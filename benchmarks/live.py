"""Measures a process of the web server that holds many streams open, beside the pages that it serves meanwhile.

    python -m benchmarks.live --streams 1000

In each run, in turn: the feed without any stream, with so many that hear nothing, and with so many of which some hear
of messages and fetch their counts. Streams, messages and pages are of members of a network as `benchmarks` makes it, and
the server is one process.
"""

import argparse
import os
import queue
import random
import resource
import selectors
import socket
import statistics
import sys
import threading
import time

from benchmarks.client import Client, cookie_of, worked
from benchmarks.database import INSIDE, in_its_own_database, prepare
from benchmarks.server import memory_of, serving


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--degree", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--streams", type=int, default=1_000)
    parser.add_argument("--messages", type=float, default=5, help="how many are written in a second")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--requests", type=int, default=150, help="pages in each part of a run")
    parser.add_argument("--port", type=int, default=8199)
    arguments = parser.parse_args()
    arguments.drop = False
    return measure(arguments) if INSIDE in os.environ else in_its_own_database(arguments, module="benchmarks.live")


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
                if b"event: messages" in said:
                    self.heard.put((key.data, said, now))


def measure(arguments: argparse.Namespace) -> int:
    prepare()
    from benchmarks.community import load

    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    os.environ["WEB_CONCURRENCY"] = "1"
    cookies, talks = who_takes_part(arguments.streams)
    names = ("alone", "silent", "busy", "arrival", "slowest", "memory")
    figures: dict[str, list[float]] = {name: [] for name in names}
    with serving(arguments.port) as site:
        feed(arguments, cookies)  # warms
        for _run in range(arguments.runs):
            figures["alone"].append(feed(arguments, cookies))
            before = memory_of(site)[0]
            with Streams(arguments.port, cookies) as streams:
                time.sleep(2)
                figures["memory"].append(memory_of(site)[0] - before)
                figures["silent"].append(feed(arguments, cookies))
                with writing(arguments, streams, talks) as arrivals:
                    figures["busy"].append(feed(arguments, cookies))
                figures["arrival"].append(statistics.median(arrivals))
                figures["slowest"].append(max(arrivals))
            time.sleep(2)
    middle = {name: statistics.median(values) for name, values in figures.items()}
    print(
        f"{len(cookies):,} streams on one process; p95 of the feed: {middle['alone']:.1f} ms without, "
        f"{middle['silent']:.1f} ms with ({middle['silent'] / middle['alone']:.2f} ×), {middle['busy']:.1f} ms while "
        f"{arguments.messages:g} messages a second arrive ({middle['busy'] / middle['alone']:.2f} ×); from commit to arrival "
        f"{middle['arrival']:.0f} ms, the slowest {middle['slowest']:.0f} ms; {memory_of_a_stream():.1f} KB a stream, and the process grew by "
        f"{max(figures['memory']):.1f} MB at the most"
    )
    return 0


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


def who_takes_part(number: int) -> tuple[list[str], list[tuple]]:
    """Sign members in, and return their cookies; and conversations of two of them, with where each listens."""
    from accounts.models import User
    from messaging.actions import open_conversation
    from network.models import Connection

    members = list(User.objects.present().order_by("pk")[:number])
    if len(members) < number:
        raise SystemExit(f"There are {len(members):,} members only; ask for more by --members.")
    places = {member.pk: place for place, member in enumerate(members)}
    pairs = Connection.objects.filter(member__in=places, other__in=places, member__lt=1 << 62).order_by("pk")
    talks = []
    for connection in pairs.select_related("member", "other")[:20]:
        if places[connection.member_id] != places[connection.other_id]:
            conversation = open_conversation(connection.member, connection.other)
            talks.append((conversation, connection.member, places[connection.other_id]))
    return [cookie_of(member) for member in members], talks


def feed(arguments: argparse.Namespace, cookies: list[str]) -> float:
    """Ask for the feed of one member after another; return the p95 in milliseconds."""
    client, taken = Client(arguments.port), []
    for number in range(arguments.requests):
        answer = client.get("/", cookies[number % 10])
        if not worked(answer):
            raise SystemExit(f"The feed was answered {answer.status}.")
        taken.append(answer.ms)
    return statistics.quantiles(taken, n=20, method="inclusive")[18]


class writing:  # noqa: N801 — used as a context
    """Messages that are written meanwhile; each page that hears of one fetches its counts. Gives how long they took."""

    def __init__(self, arguments: argparse.Namespace, streams: Streams, talks: list[tuple]) -> None:
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
        while not self.is_over.wait(1 / self.arguments.messages):
            conversation, sender, place = chance.choice(self.talks)
            send_message(conversation, by=sender, text="Are you at the dam?")
            sent = time.perf_counter()
            while True:
                where, _said, at = self.streams.heard.get(timeout=10)
                client.get("/waiting/", self.streams.cookies[where])
                if where == place:
                    self.arrivals.append((at - sent) * 1000)
                    break
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
