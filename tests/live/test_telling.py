"""What is told to open pages goes out with the transaction, in few and short payloads."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from live.telling import CHANNEL, LONGEST, Told, read, tell, written

LARGEST = 9_223_372_036_854_775_807  # of PostgreSQL's numbers


@pytest.fixture
def listener(transactional_db) -> Iterator[psycopg.Connection]:
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield listening


def heard(listener: psycopg.Connection) -> list[Told]:
    listener.execute("SELECT 1")  # what was sent before it comes with its answer
    return [read(notify.payload) for notify in listener.notifies(timeout=0.2)]


def test_it_goes_out_with_the_commit_once_and_to_each_member(listener):
    with transaction.atomic():
        tell([7, 5, 7], "messages", 12)
        tell([5, 7], "messages", 12)
        tell([5], "notices")
        assert heard(listener) == []
    assert heard(listener) == [Told([5, 7], "messages", 12), Told([5], "notices", None)]


def test_what_is_rolled_back_is_never_told(listener):
    with transaction.atomic():
        tell([5], "requests")
        transaction.set_rollback(True)
    assert heard(listener) == []


def test_outside_of_a_transaction_it_goes_out_at_once(listener):
    tell([5], "requests")
    assert heard(listener) == [Told([5], "requests", None)]


@pytest.mark.parametrize("members", [[*range(1, 20_001)], [*range(LARGEST - 5_000, LARGEST)]])
def test_however_many_are_told_in_payloads_that_postgresql_takes_and_by_one_statement(
    listener, members, django_assert_num_queries
):
    with django_assert_num_queries(1):
        tell(members, "posts", LARGEST)
    told = heard(listener)
    assert [member for some, _what, _key, _more in told for member in some] == members
    assert len(told) == len(written(members, "posts", LARGEST))
    assert max(len(payload) for payload in written(members, "posts", LARGEST)) <= LONGEST


@pytest.mark.django_db
def test_nobody_to_be_told_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        tell([], "messages", 1)


def test_a_word_that_nobody_listens_for_is_refused():
    with pytest.raises(ValueError, match="Nobody listens"):
        tell([1], "gossip")


@pytest.mark.django_db
def test_the_fixture_says_what_was_told(told):
    tell([2, 1], "messages", 3)
    assert told == [("messages", 3, {1, 2})]
