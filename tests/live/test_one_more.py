"""One more in a notice of what many do is told within a second, the last one too, and a storm of them a few times."""

import time
from collections.abc import Iterable
from itertools import pairwise

import pytest

from accounts.actions import block_member, suspend_member
from feed.actions import react_to_post
from live import telling
from live.pacing import APART, Paced, of_each
from live.telling import MOST_REMEMBERED, UNTOLD, Told, read, tell_of_one_more
from notifications.models import Notice
from tests.factories import MemberFactory, connect, crowd, like, post
from tests.notifications.test_of_many import WAYS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed", "_nothing_told")]
THING = (1, "notices", 2)


@pytest.fixture
def _nothing_told(monkeypatch) -> None:
    monkeypatch.setattr(telling, "_told_at", {})


@pytest.fixture
def payloads(monkeypatch) -> list[Told]:
    """What this process sent, as who listens reads it."""
    sent: list[Told] = []
    monkeypatch.setattr(telling, "send", lambda written: sent.extend(map(read, written)))
    return sent


@pytest.mark.parametrize("kind", WAYS)
def test_one_more_is_told_after_the_commit(kind, ines, tomasz, amara, payloads, django_capture_on_commit_callbacks):
    connect(amara, ines)
    make, do, _undo = WAYS[kind]
    subject = make(ines)
    do(subject, tomasz)
    payloads.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        do(subject, amara)
    assert [one for one in payloads if one.what == "notices"] == []
    for callback in callbacks:
        callback()
    notice = Notice.objects.get(recipient=ines, kind=kind)
    assert [one for one in payloads if one.what == "notices"] == [Told([ines.pk], "notices", notice.pk, more=True)]


def test_a_process_tells_of_a_storm_now_and_then(ines, payloads, time_machine, django_capture_on_commit_callbacks):
    said, (first, *others) = post(ines, audience="public"), crowd(30)
    like(first, said)
    payloads.clear()
    for number, member in enumerate(others):
        with django_capture_on_commit_callbacks(execute=True):
            like(member, said)
        if number == 0:
            began = telling._told_at.copy()
    assert len(payloads) <= 1 + (time.monotonic() - began.popitem()[1]) / UNTOLD


def test_what_a_process_remembers_of_what_it_told_does_not_grow(payloads, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(MOST_REMEMBERED + 5):
            tell_of_one_more(1, "notices", number)
    assert len(payloads) == MOST_REMEMBERED + 5
    assert len(telling._told_at) <= MOST_REMEMBERED


def test_where_the_database_goes_away_after_the_commit_nothing_fails(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail(_payloads):
        raise OSError("gone")

    monkeypatch.setattr(telling, "send", fail)
    with django_capture_on_commit_callbacks(execute=True):
        tell_of_one_more(*THING)
    assert THING not in telling._told_at
    assert "gone" in caplog.text


# Who listens


def test_the_last_of_many_is_told_too_and_between_two_there_is_time(monkeypatch):
    """Each that is told may be followed by others, until a process would tell again, that nobody tells."""
    paced, told = Paced(), []

    def until(now: float) -> None:
        while paced.next_at() <= now:
            at = paced.next_at()
            told.extend((at, thing) for thing in paced.due(now=at))

    for number in range(100):  # a like each 50 ms, told each half second by each of two processes
        now = number * 0.05
        until(now)
        if number % 10 in (0, 3):
            told.extend((now, thing) for thing in paced.heard([THING], now=now))
    last_told, last_untold = 93 * 0.05, 93 * 0.05 + UNTOLD - 0.001
    until(now + 10)
    moments = [at for at, _thing in told]
    assert moments[0] == 0
    assert {round(later - earlier, 6) for earlier, later in pairwise(moments)} == {APART}
    assert last_untold < moments[-1] <= last_told + 2 * APART
    assert not paced.turns


LONG = 1_000.0  # seconds, which no test takes


@pytest.fixture
def slowly(monkeypatch) -> None:
    monkeypatch.setattr("live.pacing.APART", LONG)


def turn(hub, after: float = 0.0) -> None:
    """Let the hub do what is due, as if some time had gone by."""
    for one in hub.paced.turns.values():
        one.at -= after
        one.until -= after
    hub.tell(of_each(hub.paced.due(now=time.monotonic())))


def one_more(notice: Notice, recipient) -> Iterable[Told]:
    return [Told([recipient.pk], "notices", notice.pk, more=True)]


@pytest.mark.usefixtures("slowly")
def test_an_open_page_hears_at_once_and_once_more_when_it_is_over(ines, tomasz, lina, hub, listening):
    said = post(ines)
    like(tomasz, said)
    notice = Notice.objects.get(recipient=ines, kind="like")
    page = listening(ines)
    for _ in range(20):
        hub.hand_out(one_more(notice, ines))
    assert page.heard() == [("notices", notice.pk)]
    turn(hub)
    assert page.heard() == []
    turn(hub, after=LONG)
    assert page.heard() == [("notices", notice.pk)]
    turn(hub, after=LONG)
    assert page.heard() == []


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("situation", ["nothing", "blocks", "suspended", "took it back", "signs out"])
def test_who_may_hear_is_asked_each_time(situation, ines, tomasz, hub, listening):
    said = post(ines)
    like(tomasz, said)
    notice = Notice.objects.get(recipient=ines, kind="like")
    page = listening(ines)
    hub.hand_out(one_more(notice, ines))
    page.heard()
    match situation:
        case "blocks":
            block_member(tomasz, by=ines)
        case "suspended":
            suspend_member(tomasz, by=MemberFactory())
        case "took it back":
            said.reactions.all().delete()
        case "signs out":
            page.client.logout()
    turn(hub, after=LONG)
    assert page.heard() == ([("notices", notice.pk)] if situation == "nothing" else [])


def test_who_has_no_page_open_costs_the_process_nothing(ines, tomasz, hub, listening, django_assert_num_queries):
    said = post(ines)
    like(tomasz, said)
    listening(tomasz)
    with django_assert_num_queries(0):
        hub.hand_out([Told([ines.pk], "notices", 1, more=True)])
    assert not hub.paced.turns


@pytest.mark.django_db(transaction=True)
def test_a_storm_on_the_database_reaches_an_open_page_a_few_times_and_the_last_is_there(ines, hub, listening):
    said, (first, *others) = post(ines, audience="public"), crowd(60)
    react_to_post(said, by=first)
    hub.turn()
    page, heard = listening(ines), 0
    hub.turn()
    page.heard()
    began, took, likes_when_told = time.monotonic(), 0.0, 0
    waiting = [*others]
    while waiting or time.monotonic() < began + took + 2 * APART:
        if waiting:
            react_to_post(said, by=waiting.pop())
            took = time.monotonic() - began
        hub.next_tick = 0.0  # it doesn't wait
        hub.turn()
        if told := page.heard():
            heard += len(told)
            likes_when_told = said.reactions.count()
    assert likes_when_told == 60
    assert 2 <= heard <= 3 + took / APART
