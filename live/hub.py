"""All streams of a process, and the thread that carries them: one, however many pages are open.

Whoever is told something is looked up again for every event: whether they are still signed in and there, and whether
what the event names is theirs to see.
"""

import logging
import random
import selectors
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import batched
from queue import Empty, SimpleQueue

import psycopg
from django.db import DatabaseError

from config.direct import reach_directly
from config.memory import most_connections
from live import registers
from live.listening import Listener, note_deafness
from live.pacing import Paced, Thing, Things, of_each
from live.stream import Stream, event
from live.telling import Told

BEAT = 20
"""Seconds between signs of life: what stands between doesn't cut a silent connection, and a dead one is noticed."""
REVIEW = 60  # seconds after which every stream is asked whether it may go on, even if nothing happened
KEPT_FOR = 300  # seconds for which is kept what was told, for pages that come back
MOST_KEPT = 5_000
AT_ONCE, PAUSE = 250, 0.2
"""What many are told goes to so many members, then to the next after so many seconds: others needn't wait for it."""
EACH = 0.04
"""Seconds for each of many who are told the same: over so long a time they spread what they fetch."""
MOST_OF_A_MEMBER = 12  # streams
SPARE = 200  # connections and files that a process needs beside its streams
TOO_MUCH = 20
"""After so many different things to fetch, a page may as well look at everything."""
ALL = ("all", None)

logger = logging.getLogger(__name__)


class Hub:
    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.listener = Listener(self.selector)
        self.arriving: SimpleQueue[Stream] = SimpleQueue()
        self.streams: dict[int, set[Stream]] = defaultdict(set)
        self.number = self.crowd = 0
        self.kept: deque[tuple[float, Told]] = deque(maxlen=MOST_KEPT)
        self.waiting: Things = {}
        self.paced = Paced()
        self.next_tick = self.next_review = self.next_waiting = 0.0
        self.waker, self.woken = socket.socketpair()
        self.waker.setblocking(False)
        self.woken.setblocking(False)
        self.selector.register(self.woken, selectors.EVENT_READ)

    def has_room_for(self, member: int) -> bool:
        if self.listener.is_deaf():
            return False  # a page without a stream asks by itself
        return self.number < most_connections() - SPARE and len(self.streams.get(member, ())) < MOST_OF_A_MEMBER

    def carry(self, stream: Stream) -> None:
        """Take a stream over from a thread of the web server."""
        self.arriving.put(stream)
        with suppress(BlockingIOError):  # so many have come that it wakes anyhow
            self.waker.send(b"!")

    def go_round(self) -> None:
        reach_directly()
        while True:
            try:
                self.turn()
            except Exception:
                logger.exception("Live pages stumbled")
                time.sleep(1)

    def turn(self) -> None:
        """Wait until something happens, and do what follows."""
        for key, _events in self.selector.select(self.patience()):
            if key.fileobj is self.woken:
                self.woken.recv(4096)
            elif key.data is not None and key.data.is_over():
                self.drop(key.data)
        if self.listener.begin():
            self.kept.clear()
            for member in self.streams:
                self.tell_slowly(member, *ALL)
        try:
            self.take_in()
            self.tick()
            if self.listener.since is not None:
                self.tell_some_of_many()
                self.tell(of_each(self.paced.due(now=time.monotonic())))
            while told := self.listener.heard():  # what came in while the database was asked, too
                self.keep(told)
                self.hand_out(told)
            if self.streams and self.listener.is_deaf():
                self.give_up()
        except (DatabaseError, psycopg.Error) as problem:
            self.listener.lose(problem)  # and once it is back, everybody looks at everything

    def patience(self) -> float:
        due = self.next_tick
        if self.listener.since is not None:
            due = min(due, self.paced.next_at(), self.next_waiting if self.waiting else due)
        return min(1.0, max(0.0, due - time.monotonic()))

    # Coming and going

    def take_in(self) -> None:
        """Begin with the streams that came over, each from where its page left off."""
        while True:
            try:
                stream = self.arriving.get_nowait()
            except Empty:
                return
            member = stream.ticket.member
            if not self.has_room_for(member):  # more came at once than there is room for
                stream.close()
                continue
            self.streams[member].add(stream)
            self.number += 1
            self.selector.register(stream.connection, selectors.EVENT_READ, stream)
            stream.beats_at = time.monotonic() + BEAT * random.random()
            missed = self.missed_by(member, since=stream.since)
            if missed is None:
                self.tell_slowly(member, *ALL)
            else:
                self.hand_out(missed, among=[member])
                self.send(stream, "beat", None)

    def missed_by(self, member: int, *, since: float) -> list[Told] | None:
        """What may concern a member of what was told since; None where that isn't known, or is too much to ask for."""
        if not self.remembers(since):
            return None
        missed = [told for at, told in self.kept if at >= since and (not told.members or member in told.members)]
        return missed if len(missed) <= TOO_MUCH else None

    def remembers(self, since: float) -> bool:
        """Whether everything that was told from a moment on was heard, and is kept."""
        begun = self.listener.since
        if begun is None or since < max(begun, time.time() - KEPT_FOR):
            return False
        return len(self.kept) < MOST_KEPT or since >= self.kept[0][0]

    def keep(self, told: Iterable[Told]) -> None:
        now = time.time()
        while self.kept and self.kept[0][0] < now - KEPT_FOR:
            self.kept.popleft()
        self.kept.extend((now, one) for one in told)

    def drop(self, stream: Stream) -> None:
        of_member = self.streams.get(stream.ticket.member, set())
        if stream not in of_member:
            return
        of_member.remove(stream)
        if not of_member:
            del self.streams[stream.ticket.member]
        self.number -= 1
        self.selector.unregister(stream.connection)
        stream.close()

    # Telling

    def hand_out(self, told: Iterable[Told], among: Collection[int] | None = None) -> None:
        """Tell whom it concerns of those who have a page open, or of some of them."""
        open_now = self.streams.keys() if among is None else among
        named: list[Thing] = []
        for members, what, key, more in told:
            if what == "sessions":
                self.review(members)
            elif members:
                things = [(member, what, key) for member in members if member in open_now]
                named.extend(self.paced.heard(things, now=time.monotonic()) if more else things)
            elif what in registers.hearers and open_now:
                for member in registers.hearers[what](key=key, among=list(open_now)):
                    self.tell_slowly(member, what, key)
        self.tell(of_each(named))

    def tell_slowly(self, member: int, what: str, key: int | None) -> None:
        """Tell a member when it is their turn among many."""
        things = self.waiting.setdefault(member, {})
        things[what, key] = None
        if len(things) > TOO_MUCH:
            self.waiting[member] = {ALL: None}

    def tell_some_of_many(self) -> None:
        if not self.waiting or time.monotonic() < self.next_waiting:
            return
        self.next_waiting = time.monotonic() + PAUSE
        self.crowd = max(self.crowd, len(self.waiting))
        some = {member: self.waiting[member] for member in [*self.waiting][:AT_ONCE]}
        heard = self.whom_to_tell(some)
        for member in some:
            del self.waiting[member]
        self.send_each(heard, spread=int(self.crowd * EACH))
        if not self.waiting:
            self.crowd = 0

    def tell(self, things: Things) -> None:
        """Send events to the pages of members who are still signed in and may hear of each."""
        self.send_each(self.whom_to_tell(things))

    def whom_to_tell(self, things: Things) -> Things:
        """Return which of some things those members may hear of who are still signed in.

        Two questions about sessions, and one about each thing, for however many members.
        """
        present = self.review(things)
        about: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        for member in present:
            for thing in things[member]:
                about[thing].append(member)
        hear = {thing: registers.who_may_hear(*thing, among=members) for thing, members in about.items()}
        return {member: {thing: None for thing in things[member] if member in hear[thing]} for member in present}

    def send_each(self, things: Things, *, spread: int = 0) -> None:
        for member, told in things.items():
            for what, key in told:
                for stream in [*self.streams.get(member, ())]:
                    self.send(stream, what, key, spread=spread)

    def send(self, stream: Stream, word: str, key: int | None, *, spread: int = 0) -> None:
        """Send an event. While something waits for the member, their pages aren't told that they know all."""
        if stream.ticket.member not in self.waiting:
            stream.since = time.time()
        stream.beats_at = time.monotonic() + BEAT
        if not stream.send(event(word, key, stream.since, spread=spread)):
            self.drop(stream)

    # Looking after the streams

    def tick(self) -> None:
        now = time.monotonic()
        if now < self.next_tick:
            return
        self.next_tick = now + 1
        for stream in [stream for streams in self.streams.values() for stream in streams if stream.beats_at <= now]:
            self.send(stream, "beat", None)
        if now >= self.next_review and self.listener.since is not None:
            self.next_review = now + REVIEW
            if self.listener.is_deaf():
                note_deafness()
            for some in batched([*self.streams], 500):
                self.review(some)

    def give_up(self) -> None:
        """End all streams, since nothing would ever come over them."""
        logger.error(
            "Live pages hear nothing from the database: what stands between gives each transaction another connection. "
            "Set DATABASE_DIRECT_URL to reach it directly (docs/operating.md). Pages ask by themselves instead."
        )
        note_deafness()
        for stream in [stream for streams in self.streams.values() for stream in streams]:
            self.drop(stream)

    def review(self, members: Iterable[int]) -> set[int]:
        """End the streams of members that may not go on; return the numbers of those who still have one."""
        streams = [stream for member in members for stream in self.streams.get(member, ())]
        if not streams:
            return set()
        (find,) = registers.may_go_on
        holders = find({stream.ticket for stream in streams})
        for stream in streams:
            if stream.ticket not in holders:
                self.drop(stream)
        return {ticket.member for ticket in holders}


_hubs: list[Hub] = []
_beginning = threading.Lock()


def is_deaf() -> bool:
    """Whether this process listens to the database and hears nothing."""
    return any(hub.listener.is_deaf() for hub in _hubs)


def hub() -> Hub:
    """The hub of this process; its thread begins with the first stream."""
    with _beginning:
        if not _hubs:
            _hubs.append(Hub())
            threading.Thread(target=_hubs[0].go_round, name="live", daemon=True).start()
    return _hubs[0]
