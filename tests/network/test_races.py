"""What happens when two members act at the same moment: one result, and no error but a plain refusal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import Block, Community
from accounts.refusals import Refusal
from network.actions import (
    accept_request,
    answer_question,
    ask_for_later,
    ask_question,
    ask_to_connect,
    decline_request,
    disconnect,
    follow_member,
    mark_as_unknown,
    withdraw_request,
)
from network.models import Connection, ConnectionRequest, Follow
from tests.concurrently import at_once
from tests.factories import MemberFactory, follow, request

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(5)


@pytest.fixture
def pair():
    return MemberFactory(first_name="Ines"), MemberFactory(first_name="Lina")


@pytest.mark.parametrize("round_", ROUNDS)
def test_crossing_requests_connect_once(pair, round_):
    ines, lina = pair
    results = at_once(
        lambda: ask_to_connect(lina, by=ines, context="worked"), lambda: ask_to_connect(ines, by=lina, context="worked")
    )
    assert not [result for result in results if isinstance(result, Refusal)]
    assert Connection.objects.count() == 2
    assert ConnectionRequest.objects.count() == 1
    assert not ConnectionRequest.objects.open().exists()


@pytest.mark.parametrize("round_", ROUNDS)
def test_accepting_twice_connects_once(pair, round_):
    ines, lina = pair
    asked = request(lina, ines)
    results = at_once(*[lambda: accept_request(asked, by=ines)] * 3)
    assert not [result for result in results if isinstance(result, Refusal)]
    assert Connection.objects.count() == 2
    assert Follow.objects.count() == 2


@pytest.mark.parametrize("round_", ROUNDS)
def test_accept_against_withdraw_has_one_winner(pair, round_):
    ines, lina = pair
    asked = request(lina, ines)
    accepted, withdrawn = at_once(lambda: accept_request(asked, by=ines), lambda: withdraw_request(asked, by=lina))
    asked.refresh_from_db()
    assert isinstance(accepted, Refusal) != isinstance(withdrawn, Refusal)
    assert (asked.accepted_at is None) == isinstance(accepted, Refusal)
    assert Connection.objects.exists() == (not isinstance(accepted, Refusal))


@pytest.mark.parametrize("round_", ROUNDS)
def test_block_against_accept_leaves_the_wall_and_nothing_else(pair, round_):
    ines, lina = pair
    asked = request(lina, ines)
    at_once(lambda: accept_request(asked, by=ines), lambda: block_member(ines, by=lina))
    assert Block.objects.count() == 1
    assert not Connection.objects.exists()
    assert not Follow.objects.exists()
    assert not ConnectionRequest.objects.open().exists()


@pytest.mark.parametrize("round_", ROUNDS)
def test_block_against_follow_leaves_no_follow(pair, round_):
    ines, lina = pair
    at_once(lambda: follow_member(ines, by=lina), lambda: block_member(lina, by=ines))
    assert not Follow.objects.exists()


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_form_sent_twice_asks_once(pair, round_):
    ines, lina = pair
    key = uuid4()
    results = at_once(*[lambda: ask_to_connect(ines, by=lina, context="event", note="Hi", key=key)] * 2)
    assert results[0] == results[1]
    assert ConnectionRequest.objects.count() == 1


def test_two_requests_can_not_both_be_the_last_one_allowed(pair):
    ines, lina = pair
    Community.objects.create(open_requests=1)
    tomasz = MemberFactory()
    results = at_once(
        lambda: ask_to_connect(ines, by=lina, context="worked"),
        lambda: ask_to_connect(tomasz, by=lina, context="worked"),
    )
    assert len([result for result in results if isinstance(result, Refusal)]) == 1
    assert ConnectionRequest.objects.open().count() == 1


def test_two_acceptances_can_not_both_be_the_last_connection(pair):
    ines, lina = pair
    Community.objects.create(connections=1)
    requests = [request(lina, ines), request(MemberFactory(), ines)]
    results = at_once(*[lambda asked=asked: accept_request(asked, by=ines) for asked in requests])
    assert len([result for result in results if isinstance(result, Refusal)]) == 1
    assert Connection.objects.of(ines).count() == 1


def test_following_twice_follows_once(pair):
    ines, lina = pair
    at_once(*[lambda: follow_member(ines, by=lina)] * 3)
    assert Follow.objects.count() == 1


def test_disconnect_against_disconnect_ends_it_once(pair):
    ines, lina = pair
    accept_request(request(lina, ines), by=ines)
    at_once(lambda: disconnect(ines, by=lina), lambda: disconnect(lina, by=ines))
    assert not Connection.objects.exists()


def test_accept_against_decline_keeps_the_connection_or_the_request(pair):
    ines, lina = pair
    asked = request(lina, ines)
    at_once(lambda: accept_request(asked, by=ines), lambda: decline_request(asked, by=ines))
    asked.refresh_from_db()
    assert asked.accepted_at is not None
    assert Connection.objects.count() == 2


def test_a_block_ends_a_quiet_follow_too(pair):
    ines, lina = pair
    follow(lina, ines, quiet=True)
    block_member(lina, by=ines)
    assert not Follow.objects.exists()


def test_an_answer_against_a_decline_is_kept_and_set_aside(pair):
    ines, lina = pair
    asked = request(lina, ines)
    ask_question(asked, by=ines, question="How do we know each other?")
    results = at_once(
        lambda: answer_question(asked, by=lina, answer="From the weir."), lambda: decline_request(asked, by=ines)
    )
    assert results == [None, None]
    asked.refresh_from_db()
    assert (asked.answer, asked.declined_at is not None) == ("From the weir.", True)


def test_two_different_answers_leave_one(pair):
    ines, lina = pair
    asked = request(lina, ines)
    ask_question(asked, by=ines, question="How do we know each other?")
    results = at_once(*[lambda text=text: answer_question(asked, by=lina, answer=text) for text in ("One", "Another")])
    assert len([result for result in results if isinstance(result, Refusal)]) == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_later_against_withdraw_has_no_date_after_the_end(pair, round_):
    ines, lina = pair
    asked = request(lina, ines)
    on = timezone.localdate() + timedelta(days=7)
    later, withdrawn = at_once(lambda: ask_for_later(asked, by=ines, on=on), lambda: withdraw_request(asked, by=lina))
    asked.refresh_from_db()
    assert withdrawn is None
    assert asked.withdrawn_at is not None
    assert (asked.later_on is None) == isinstance(later, Refusal)


@pytest.mark.parametrize("round_", ROUNDS)
def test_accept_against_unknown_leaves_no_mark_on_a_connection(pair, round_):
    ines, lina = pair
    asked = request(lina, ines)
    accepted, _marked = at_once(lambda: accept_request(asked, by=ines), lambda: mark_as_unknown(asked, by=ines))
    assert not isinstance(accepted, Refusal)
    assert Connection.objects.count() == 2
    assert not ConnectionRequest.objects.marked_as_unknown(by=ines).exists()
