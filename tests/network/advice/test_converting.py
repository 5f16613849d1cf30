"""From following to connecting (product.md §4): suggested where two know each other, quiet after "not now"."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import block_member
from accounts.models import User
from network.actions import end_everything_between, put_off_connecting
from network.models import AskingPause, Follow, NotNow
from notifications.models import Notice
from tests.factories import MemberFactory, answer_each_other, connect, follow, post, request
from tests.network.test_silent_decline import without_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CARD = "Connect with Ines?"
REASON = "You and Ines have answered each other on 3 days in the last two months."
PLACES = ["/network/beside/", "/network/following/"]
"""The first is the piece that stands beside the feed."""
PIECE = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(lina, ines) -> User:
    """Lina follows Ines quietly, and they have answered each other on three days."""
    follow(lina, ines, quiet=True)
    answer_each_other(lina, ines, post(ines, audience="public"))
    return lina


def suggested(client) -> set[bool]:
    """Whether the card stands at each of its places, and the reason on the profile."""
    cards = {CARD in client.get(PLACES[0], headers=PIECE).text, CARD in client.get(PLACES[1]).text}
    return cards | {REASON in client.get("/in/ines/").text}


def test_it_is_suggested_with_its_reason_and_not_now_keeps_it_quiet_for_180_days(as_member, reader, ines, clock):
    client = as_member(reader)
    assert suggested(client) == {True}
    assert "have answered each other on 3 days" in client.get(PLACES[1]).text
    answer = client.post("/in/ines/not-now/", {"next": "/network/following/"}, follow=True)
    assert answer.redirect_chain == [("/network/following/", 302)]
    assert "Not before 21 May 2027, then. Ines will not be told." in answer.text
    assert suggested(client) == {False}
    clock.shift(timedelta(days=179))
    answer_each_other(reader, ines, post(ines, audience="public"), days=(5, 6, 7))
    assert suggested(as_member(reader)) == {False}
    clock.shift(timedelta(days=1, seconds=1))
    assert suggested(as_member(reader)) == {True}


def test_htmx_gets_the_card_as_a_fresh_page_would_have_it(as_member, reader, ines):
    other = MemberFactory(first_name="Grace")
    follow(reader, other)
    answer_each_other(reader, other, post(other, audience="public"))
    client = as_member(reader)
    assert CARD in client.get(PLACES[0], headers=PIECE).text
    swapped = client.post("/in/ines/not-now/", {"look": "card", "next": "/"}, headers={"HX-Request": "true"}).text
    assert "Connect with Grace?" in swapped
    assert 'id="messages"' in swapped
    card = swapped[: swapped.index('<div class="messages"')]
    assert without_tokens(card) in without_tokens(client.get(PLACES[0], headers=PIECE).text)


def shut_the_door(reader, ines):
    User.objects.filter(pk=ines.pk).update(door="nobody")


def let_asking_rest(reader, ines):
    day = timedelta(days=1)
    AskingPause.objects.create(member=reader, set_at=NOW - 2 * day, starts_at=NOW - day, ends_at=NOW + 6 * day)


def stop_following(reader, ines):
    Follow.objects.all().delete()


@pytest.mark.parametrize(
    "happen",
    [
        lambda reader, ines: connect(reader, ines),
        lambda reader, ines: request(reader, ines),
        lambda reader, ines: request(ines, reader),
        lambda reader, ines: block_member(reader, by=ines),
        shut_the_door,
        let_asking_rest,
        stop_following,
    ],
    ids=["connected", "asked", "asked by them", "blocked", "closed door", "asking rests", "no follow"],
)
def test_it_is_never_suggested_where_one_may_not_ask(as_member, reader, ines, happen):
    happen(reader, ines)
    assert suggested(as_member(reader)) == {False}


def test_the_other_learns_nothing(as_member, reader, ines):
    client = as_member(ines)
    addresses = ["/", "/network/following/", "/network/followers/", "/in/lina/", "/notices/"]
    client.get("/notices/")  # which marks them as read
    before = [without_tokens(client.get(address).text) for address in addresses]
    as_member(reader).post("/in/ines/not-now/")
    assert [without_tokens(client.get(address).text) for address in addresses] == before
    assert not any(CARD.replace("Ines", "Lina") in unescape(text) for text in before)
    assert not Notice.objects.filter(recipient=ines, kind="follow").exists()


def test_saying_it_twice_is_once_and_a_block_ends_it(reader, ines):
    for _press in range(2):
        put_off_connecting(ines, by=reader)
    assert NotNow.objects.count() == 1
    end_everything_between(blocker=ines, blocked=reader)
    assert not NotNow.objects.exists()


@pytest.mark.parametrize("address", ["/in/ines/not-now/", "/in/lina/not-now/"])
def test_who_may_not_be_seen_is_not_there(as_member, reader, ines, lina, address):
    block_member(lina, by=ines)
    assert as_member(reader).post(address).status_code == 404


def test_the_places_cost_the_same_with_one_to_suggest_as_with_many(as_member, reader):
    costs = []
    for _turn in range(2):
        client = as_member(reader)
        client.get("/network/following/")
        with CaptureQueriesContext(connection) as queries:
            assert CARD in client.get("/network/following/").text
        costs.append(len(queries))
        for _number in range(5):
            other = MemberFactory()
            follow(reader, other)
            answer_each_other(reader, other, post(other, audience="public"))
    assert costs[0] == costs[1]
