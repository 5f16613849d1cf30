"""One connection of the web server becomes a stream, and a thread carries all of them."""

import contextlib
import os
import socket
import threading
import time

import psycopg
import pytest
from django.db import connection
from django.test import RequestFactory

from live import hub as hubs
from live import listening as listeners
from live.context import told_since
from live.hub import MOST_OF_A_MEMBER
from live.listening import some_process_is_deaf
from live.stream import Stream, Ticket, event, take_over
from live.telling import Told, announce, tell

pytestmark = pytest.mark.django_db


def test_what_the_web_server_does_after_it_gave_a_connection_away_reaches_nobody():
    page, theirs = socket.socketpair()
    theirs.setblocking(True)
    ours = take_over(theirs)
    with contextlib.suppress(OSError):
        theirs.sendall(b"HTTP/1.1 500")
    with contextlib.suppress(OSError):
        theirs.shutdown(socket.SHUT_RDWR)
    theirs.close()
    ours.sendall(b"still here")
    assert page.recv(100) == b"still here"
    ours.close()
    assert page.recv(100) == b""
    page.close()


def test_the_answer_goes_over_with_its_headers_and_the_web_server_has_nothing_left_to_send(
    ines, as_member, hub, monkeypatch
):
    monkeypatch.setattr("live.views.hub", lambda: hub)
    page, theirs = socket.socketpair()
    response = as_member(ines).get("/live/", {"since": f"{time.time():.3f}"}, **{"gunicorn.socket": theirs})
    assert list(response) == []
    hub.take_in()
    head, _, rest = page.recv(10_000).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\nConnection: close\r\n")
    for said in (b"text/event-stream", b"no-store", b"X-Accel-Buffering: no", b"Content-Security-Policy:"):
        assert said in head
    assert b"Content-Length" not in head
    assert rest == b""
    assert [stream.ticket.member for stream in hub.streams[ines.pk]] == [ines.pk]
    page.close()
    theirs.close()


@pytest.mark.parametrize("reason", ["signed out", "no such server", "encrypted by the server", "too many"])
def test_where_there_is_no_stream_the_page_is_told_to_ask_by_itself(
    reason, ines, visitor, as_member, hub, listening, monkeypatch
):
    monkeypatch.setattr("live.views.hub", lambda: hub)
    page, theirs = socket.socketpair()

    class Encrypted(socket.socket):
        pass

    carried = Encrypted(fileno=os.dup(theirs.fileno())) if reason == "encrypted by the server" else theirs
    if reason == "too many":
        for _ in range(MOST_OF_A_MEMBER):
            listening(ines)
    environ = {} if reason == "no such server" else {"gunicorn.socket": carried}
    response = as_member(visitor if reason == "signed out" else ines).get("/live/", **environ)
    assert (response.status_code, response.content) == (204, b"")
    for one in {page, theirs, carried}:
        one.close()


def test_a_page_is_asked_to_listen_only_where_it_can(ines, vera, visitor):
    request = RequestFactory().get("/")
    here, there = socket.socketpair()
    for member in (ines, vera, visitor):
        for carried in (None, here):
            request.user, request.META["gunicorn.socket"] = member, carried
            assert bool(told_since(request)["told_since"]) is (member == ines and carried is here)
    here.close()
    there.close()


def test_a_page_that_closed_or_does_not_read_is_let_go(ines, tomasz, hub, listening):
    closed, deaf = listening(ines), listening(tomasz)
    closed.wire.close()
    hub.turn()
    assert [*hub.streams] == [tomasz.pk]
    while hub.number:
        hub.send(deaf.stream, "messages", 1)
    assert not hub.streams


def test_a_page_that_sends_something_is_let_go(ines, hub, listening):
    page = listening(ines)
    page.wire.sendall(b"x")
    hub.turn()
    assert not hub.streams


def test_of_those_that_come_at_the_same_moment_no_more_are_taken_in_than_one_may_have(ines, tomasz, as_member, hub):
    wires, session = [], as_member(ines).session.session_key
    for _ in range(MOST_OF_A_MEMBER + 3):
        ours, theirs = socket.socketpair()
        wires.append(ours)
        hub.carry(Stream(theirs, Ticket(ines.pk, session, ines.password), time.time()))
    hub.take_in()
    assert (len(hub.streams[ines.pk]), hub.number) == (MOST_OF_A_MEMBER,) * 2
    assert [wire.recv(1) for wire in wires[MOST_OF_A_MEMBER:]] == [b""] * 3  # and their pages ask by themselves
    for wire in wires:
        wire.close()


def test_no_thread_of_the_web_server_waits_for_a_hub_that_is_busy(hub):
    waiting = threading.Thread(target=lambda: [hub.carry(None) for _ in range(5_000)], daemon=True)
    waiting.start()
    waiting.join(timeout=10)
    assert not waiting.is_alive()


def test_who_missed_much_looks_at_everything_and_the_database_is_asked_nothing(
    ines, tomasz, hub, listening, django_assert_num_queries
):
    page = listening(ines)
    hub.listener.since, hub.listener.hears = time.time() - 60, True
    hub.keep(Told([tomasz.pk], "messages", number) for number in range(50))
    hub.keep(Told([], "posts", number) for number in range(hubs.TOO_MUCH + 1))
    with django_assert_num_queries(0):
        hub.carry(Stream(page.stream.connection.dup(), page.stream.ticket, time.time() - 30))
        hub.take_in()
    assert hub.waiting == {ines.pk: {hubs.ALL: None}}


def test_a_moment_that_is_still_to_come_hides_nothing_that_was_missed(ines, as_member, hub, monkeypatch):
    monkeypatch.setattr("live.views.hub", lambda: hub)
    page, theirs = socket.socketpair()
    response = as_member(ines).get("/live/", {"since": "9e15"}, **{"gunicorn.socket": theirs})
    assert response.since <= time.time()
    for one in (page, theirs):
        one.close()


def test_a_page_hears_signs_of_life_and_each_moves_on_from_where_to_come_back(ines, hub, listening):
    page = listening(ines, since=1.0)
    before = time.time()
    hub.next_tick = page.stream.beats_at = 0.0
    hub.tick()
    assert page.wire.recv(1000).endswith(event("beat", None, page.stream.since))
    assert page.stream.since >= before


def test_while_something_waits_for_a_member_their_page_is_not_told_that_it_knows_all(ines, hub, listening):
    page = listening(ines, since=1.0)
    at = page.stream.since
    hub.tell_slowly(ines.pk, "posts", 1)
    hub.send(page.stream, "beat", None)
    assert page.stream.since == at


def test_a_crowd_is_told_a_few_at_a_time(hub, listening, monkeypatch):
    from tests.factories import crowd

    monkeypatch.setattr(hubs, "AT_ONCE", 5)
    pages = [listening(member) for member in crowd(12)]
    for page in pages:
        hub.tell_slowly(page.stream.ticket.member, "all", None)
    heard = 0
    for _ in range(3):
        hub.next_waiting = 0.0
        hub.tell_some_of_many()
        hub.tell_some_of_many()  # too early for the next
        now = sum(page.heard() == [("all", 0)] for page in pages)
        assert now <= 5
        heard += now
    assert heard == 12


def test_many_who_are_told_the_same_spread_what_they_fetch_and_a_few_do_not(ines, hub, listening, monkeypatch):
    from tests.factories import crowd

    monkeypatch.setattr(hubs, "EACH", 1.0)
    monkeypatch.setattr(hubs, "AT_ONCE", 2)
    pages = [listening(member) for member in crowd(3)]
    for page in pages:
        hub.tell_slowly(page.stream.ticket.member, "posts", None)
    for _ in range(2):
        hub.next_waiting = 0.0
        hub.tell_some_of_many()
    assert [b"data: 0 3\n" in page.wire.recv(1000) for page in pages] == [True] * 3
    hub.tell({pages[0].stream.ticket.member: {("notices", None): None}})
    assert pages[0].heard() == [("notices", 0)]


def test_however_many_hear_of_a_post_costs_six_statements(
    ines, tomasz, hub, listening, told, django_assert_num_queries
):
    from tests.factories import crowd, follow, post

    members = crowd(20)
    for member in members:
        follow(member, ines)
    pages = [listening(member) for member in [*members, tomasz]]
    written, private = post(ines), post(ines, audience="connections")
    for key, hear in ((written.pk, 21), (private.pk, 1)):
        hub.hand_out([Told([], "posts", key)])  # written once
        hub.waiting.clear()
        with django_assert_num_queries(3 + 2 + 1):  # whose feed it may be in; their sessions; whose it is in
            hub.hand_out([Told([], "posts", key)])
            hub.next_waiting = 0.0
            hub.tell_some_of_many()
        assert sum(page.heard() == [("posts", key)] for page in pages) == hear


def test_without_the_database_what_waits_goes_on_waiting_and_nobody_hurries(ines, hub, listening):
    page = listening(ines)
    hub.tell_slowly(ines.pk, "posts", 1)
    hub.listener.again_at = time.monotonic() + 60  # it was lost, and is tried again in a minute
    hub.next_tick = time.monotonic() + 60
    assert hub.patience() == 1.0
    hub.waker.send(b"!")
    hub.turn()
    assert (page.heard(), [*hub.waiting]) == ([], [ines.pk])


def test_telling_costs_two_questions_about_sessions_and_one_for_each_thing_told(
    ines, hub, listening, django_assert_num_queries
):
    for _ in range(3):
        listening(ines)
    with django_assert_num_queries(2 + 2):
        hub.tell({ines.pk: {("messages", 1): None, ("requests", 1): None, ("notices", None): None}})


def test_where_nothing_is_ever_heard_streams_end_and_the_log_says_why(ines, hub, listening, caplog):
    listening(ines)
    assert hub.has_room_for(ines.pk)
    hub.listener.since = time.time() - 60
    hub.next_tick = 0.0
    hub.turn()
    assert not hub.streams
    assert not hub.has_room_for(ines.pk)
    assert "hear nothing from the database" in caplog.text
    assert some_process_is_deaf()
    hub.listener.hears = True
    assert hub.has_room_for(ines.pk)


@pytest.mark.django_db(transaction=True)
class TestOnTheDatabase:
    """The hub listens on this thread's connection, and is given what it sends itself too."""

    def until_heard(self, hub, page):
        deadline = time.monotonic() + 10
        while not (heard := page.heard()):
            assert time.monotonic() < deadline
            hub.turn()
        return heard

    def test_it_is_said_hello_by_another_connection(self, hub):
        """By its own a listener would hear it through a pooler of transactions too, and nothing after it."""
        assert hub.listener.begin()
        wire = connection.connection
        (hello,) = wire.notifies(timeout=5, stop_after=1)
        assert hello.payload == listeners.HELLO
        assert hello.pid != wire.info.backend_pid

    def test_what_commits_arrives_and_a_page_that_comes_back_hears_what_it_missed_once(self, ines, hub, listening):
        hub.turn()
        page = listening(ines)
        tell([ines.pk], "notices")
        tell([ines.pk], "notices")
        assert self.until_heard(hub, page) == [("notices", 0)]
        left_at = page.stream.since
        hub.drop(page.stream)
        time.sleep(0.01)
        tell([ines.pk], "messages")
        tell([ines.pk + 1], "requests")
        hub.turn()
        back = listening(ines, since=left_at)
        assert back.heard() == [("messages", 0)]

    def test_who_listens_hears_what_it_says_to_itself_and_keeps_it_to_itself(self, ines, hub, listening):
        hub.turn()
        page = listening(ines)
        tell([ines.pk], "notices")
        assert self.until_heard(hub, page) == [("notices", 0)]
        assert hub.listener.hears
        assert [told.what for _at, told in hub.kept] == ["notices"]

    def test_who_would_hear_only_what_it_says_itself_hears_nothing(self, ines, hub, listening, monkeypatch):
        """As behind a pooler: whatever others say goes to a session that isn't its own."""
        say_hello = listeners._say_hello

        def elsewhere() -> None:
            with connection.cursor() as cursor:
                cursor.execute("UNLISTEN *")
            say_hello()

        monkeypatch.setattr(listeners, "_say_hello", elsewhere)
        hub.turn()
        hub.next_tick = 0.0
        hub.turn()
        assert not hub.listener.hears

    def test_a_page_from_before_anything_was_heard_looks_at_everything(self, ines, hub, listening):
        hub.turn()
        before = hub.listener.since - 1
        page = listening(ines, since=before)
        hub.tell_slowly(ines.pk, "all", None)  # the fixture let it wait no longer
        assert self.until_heard(hub, page) == [("all", 0)]

    def test_when_the_database_comes_back_everybody_looks_at_everything(self, ines, hub, listening, caplog):
        hub.turn()
        page = listening(ines)
        with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as other:
            ended = other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'acquaint, live' AND datname = current_database()"
            )
            assert ended.fetchall() == [(True,)]
        assert self.until_heard(hub, page) == [("all", 0)]
        assert "Live pages wait for the database" in caplog.text

    def test_a_post_goes_out_by_one_message_that_names_nobody(self, ines, tomasz, lina, hub, listening):
        from tests.factories import post

        hub.turn()
        his, hers = listening(tomasz), listening(lina)
        written = post(ines)
        assert self.until_heard(hub, his) == [("posts", written.pk)]
        assert hers.heard() == []
        announce("posts", written.pk + 1)
        for _ in range(3):
            hub.turn()
        assert his.heard() == []


def test_the_thread_of_the_hub_reaches_the_database_directly(hub, monkeypatch):
    class Over(BaseException):
        pass

    done = []

    def turn() -> None:
        done.append("turn")
        raise Over

    monkeypatch.setattr(hubs, "reach_directly", lambda: done.append("directly"))
    monkeypatch.setattr(hub, "turn", turn)
    with pytest.raises(Over):
        hub.go_round()
    assert done == ["directly", "turn"]


def test_the_hub_of_a_process_begins_with_its_first_stream(monkeypatch):
    began = []
    monkeypatch.setattr(hubs, "_hubs", [])
    monkeypatch.setattr("live.hub.threading.Thread.start", lambda thread: began.append(thread.name))
    first = hubs.hub()
    assert hubs.hub() is first
    assert began == ["live"]
    first.selector.close()
    first.waker.close()
    first.woken.close()
