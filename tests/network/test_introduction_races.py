"""Introductions when several act at the same moment: one result, and no error but a plain refusal (§5)."""

from uuid import uuid4

import pytest

from accounts.actions import block_member
from accounts.models import Block, User
from accounts.refusals import Refusal
from network.actions import (
    ask_for_introduction,
    ask_to_connect,
    connect_introduced,
    connect_members,
    decline_introduction,
    pass_introduction_on,
)
from network.models import Connection, ConnectionRequest, Introduction
from notifications.models import Notice
from tests.concurrently import at_once
from tests.factories import MemberFactory, again, ask_through, introduce

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]
ROUNDS = pytest.mark.parametrize("round_", range(3))


@pytest.fixture
def three() -> tuple[User, User, User]:
    """Who asks, through whom, and to whom."""
    asker, through, to = (MemberFactory(first_name=name) for name in ("Lina", "Tomasz", "Ines"))
    connect_members(asker, through)
    connect_members(through, to)
    return asker, through, to


def refusals(results: list) -> list[Refusal]:
    return [result for result in results if isinstance(result, Refusal)]


def are_connected(one: User, other: User) -> bool:
    return Connection.objects.filter(member=one, other=other).exists()


def test_two_at_once_never_make_six(three):
    asker, through, _to = three
    other = MemberFactory()
    connect_members(asker, other)
    people = [MemberFactory() for _ in range(6)]
    for person in people:
        connect_members(person, other if person == people[5] else through)
    for person in people[:4]:
        ask_through(through, asker=asker, to=person)
    results = at_once(
        lambda: ask_through(through, asker=asker, to=people[4]), lambda: ask_through(other, asker=asker, to=people[5])
    )
    assert len(refusals(results)) == 1
    assert Introduction.objects.open().count() == 5


@ROUNDS
def test_asking_two_for_the_same_introduction_asks_one(three, round_):
    asker, through, to = three
    other = MemberFactory()
    connect_members(other, asker)
    connect_members(other, to)
    results = at_once(*[lambda one=one: ask_through(one, asker=asker, to=to) for one in (through, other)])
    assert len(refusals(results)) == 1
    assert Introduction.objects.count() == 1


def test_a_form_sent_twice_at_once_asks_once(three):
    asker, through, to = three
    key = uuid4()
    results = at_once(*[lambda: ask_for_introduction(to, by=asker, through=through, reason="Rivers", key=key)] * 2)
    assert results[0] == results[1]
    assert Introduction.objects.count() == 1


def test_the_last_attempt_is_spent_once(three):
    asker, through, to = three
    for _ in range(2):
        Introduction.objects.filter(pk=ask_through(through, asker=asker, to=to).pk).update(ended_at="2026-01-01T00:00Z")
    results = at_once(
        lambda: ask_through(through, asker=asker, to=to),
        lambda: ask_to_connect(to, by=asker, context="other"),
    )
    assert len(refusals(results)) == 1
    assert Introduction.objects.count() + ConnectionRequest.objects.count() == 3


@ROUNDS
def test_the_other_asks_directly_while_it_is_passed_on(three, round_):
    asker, through, to = three
    asked = ask_through(through, asker=asker, to=to)
    passed_on, sent = at_once(
        lambda: pass_introduction_on(asked, by=through, line="Hi"),
        lambda: ask_to_connect(asker, by=to, context="other"),
    )
    assert not isinstance(sent, Refusal)
    assert not isinstance(passed_on, Refusal)
    asked, open_requests = again(asked), ConnectionRequest.objects.open()
    if asked.connected_at:  # it had arrived: asking was a yes
        assert not open_requests.exists()
        assert Connection.objects.filter(member=asker, other=to).count() == 1
    else:  # the request came first, and the introduction after it
        assert asked.reached_at
        assert list(open_requests) == [sent]
        assert not are_connected(asker, to)


@ROUNDS
def test_connecting_twice_connects_once_and_tells_once(three, round_):
    asker, through, to = three
    introduction = introduce(asker, to, through=through)
    results = at_once(*[lambda: connect_introduced(introduction, by=to)] * 3)
    assert not refusals(results)
    assert are_connected(asker, to)
    assert Notice.objects.filter(kind="introduction_connected").count() == 1


@ROUNDS
def test_passing_on_twice_is_once_with_one_line(three, round_):
    asker, through, to = three
    asked = ask_through(through, asker=asker, to=to)
    lines = ["One line.", "Another line."]
    results = at_once(*[lambda line=line: pass_introduction_on(asked, by=through, line=line) for line in lines])
    assert not refusals(results)
    assert again(asked).line in lines
    assert Notice.objects.filter(kind="introduction_received").count() == 1


def test_passing_on_against_declining_has_one_result(three):
    asker, through, to = three
    asked = ask_through(through, asker=asker, to=to)
    at_once(lambda: pass_introduction_on(asked, by=through, line="Hi"), lambda: decline_introduction(asked, by=through))
    asked = again(asked)
    assert asked.passed_on_at
    assert not asked.declined_at


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (0, 2)], ids=["asker-through", "through-to", "asker-to"])
def test_a_wall_put_up_while_it_is_passed_on_or_asked_for_leaves_nothing(three, pair):
    asker, through, to = three
    one, other = (three[number] for number in pair)
    asked = ask_through(through, asker=asker, to=to)
    at_once(lambda: pass_introduction_on(asked, by=through, line="Hi"), lambda: block_member(one, by=other))
    assert_nothing_is_left(three)

    Introduction.objects.all().delete()
    Block.objects.all().delete()
    for left, right in ((asker, through), (through, to)):
        connect_members(left, right)
    at_once(lambda: ask_through(through, asker=asker, to=to), lambda: block_member(one, by=other))
    assert_nothing_is_left(three)


def assert_nothing_is_left(three: tuple[User, User, User]) -> None:
    _asker, through, to = three
    Block.objects.all().delete()  # so that only what the wall ended keeps it away
    assert not Introduction.objects.introducing_to(to).exists()
    assert not Introduction.objects.open().filter(through=through, cut_at__isnull=True).exists()


@ROUNDS
def test_a_wall_put_up_while_the_two_connect_leaves_no_connection(three, round_):
    asker, through, to = three
    introduction = introduce(asker, to, through=through)
    at_once(lambda: connect_introduced(introduction, by=to), lambda: block_member(to, by=asker))
    assert not are_connected(asker, to)


def test_connecting_against_a_request_of_the_asker_leaves_no_request_open(three):
    asker, through, to = three
    introduction = introduce(asker, to, through=through)
    at_once(
        lambda: connect_introduced(introduction, by=to),
        lambda: ask_to_connect(to, by=asker, context="introduced", named=through),
    )
    assert are_connected(asker, to)
    assert not ConnectionRequest.objects.open().exists()
