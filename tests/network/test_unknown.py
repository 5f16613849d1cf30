""" "I don't know this person": a silent decline, and a closed door from the date of asking again on (§3.9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from accounts.refusals import Refusal
from network.actions import (
    accept_request,
    ask_for_later,
    ask_question,
    ask_to_connect,
    decline_request,
    disconnect,
    mark_as_unknown,
    withdraw_request,
)
from network.doors import asking
from network.models import Connection, ConnectionRequest
from notifications.models import Notice
from tests.factories import request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLOSED = "can't be asked to connect at the moment"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def asked(ines, lina) -> ConnectionRequest:
    """Lina asks Ines, who says that she doesn't know her."""
    sent = request(lina, ines, note="Hello Ines")
    mark_as_unknown(sent, by=ines)
    sent.refresh_from_db()
    return sent


def test_it_is_a_decline_with_a_mark_and_a_second_time_changes_nothing(asked, ines, clock):
    clock.shift(timedelta(days=1))
    mark_as_unknown(asked, by=ines)
    asked.refresh_from_db()
    assert (asked.declined_at, asked.unknown_at) == (NOW, NOW)
    assert list(ConnectionRequest.objects.set_aside_by(ines)) == [asked]


def test_a_request_declined_before_keeps_the_time_of_its_decline(ines, lina, clock):
    sent = request(lina, ines)
    decline_request(sent, by=ines)
    clock.shift(timedelta(days=1))
    mark_as_unknown(sent, by=ines)
    sent.refresh_from_db()
    assert (sent.declined_at, sent.unknown_at) == (NOW, NOW + timedelta(days=1))


def test_nobody_is_told(asked, lina):
    assert not Notice.objects.filter(recipient=lina).exists()


def test_the_door_closes_from_the_date_of_asking_again_on(asked, ines, lina, clock):
    clock.shift(timedelta(days=90, seconds=-1))
    assert asking(ines, by=lina).sentence == "You can ask Ines Moreau again from 31 May 2026."
    clock.shift(timedelta(seconds=1))
    assert CLOSED in asking(ines, by=lina).sentence
    with pytest.raises(Refusal, match=CLOSED):
        ask_to_connect(ines, by=lina, context="worked", note="Hello again")


ENDED = {
    "withdrawn": lambda asked, lina, clock: withdraw_request(asked, by=lina),
    "expired": lambda asked, lina, clock: clock.shift(timedelta(days=181)),
}


@pytest.mark.parametrize("ending", ENDED)
def test_the_mark_outlives_the_request(asked, ines, lina, clock, ending):
    ENDED[ending](asked, lina, clock)
    clock.shift(timedelta(days=91))
    assert CLOSED in asking(ines, by=lina).sentence
    assert ConnectionRequest.objects.marked_as_unknown(by=ines).filter(sender=lina).exists()


def test_it_may_follow_a_later_and_counts_from_that_date(ines, lina, clock):
    sent = request(lina, ines)
    ask_for_later(sent, by=ines, on=date(2026, 3, 9))
    mark_as_unknown(sent, by=ines)
    assert "asks you to ask again from 9 March 2026" in asking(ines, by=lina).sentence
    clock.shift(timedelta(days=7))
    assert CLOSED in asking(ines, by=lina).sentence


def test_whoever_said_so_asks_no_question_and_names_no_date_but_may_accept(asked, ines, lina):
    for answer in (
        lambda: ask_question(asked, by=ines, question="Who are you?"),
        lambda: ask_for_later(asked, by=ines, on=date(2026, 4, 1)),
    ):
        with pytest.raises(Refusal, match="don’t know Lina Svensson"):
            answer()
    accept_request(asked, by=ines)
    assert Connection.objects.filter(member=ines, other=lina).exists()


def test_connecting_clears_the_mark_for_good(asked, ines, lina, clock):
    connect_anew = request(ines, lina)
    assert connect_anew.accepted_at
    assert not ConnectionRequest.objects.marked_as_unknown(by=ines).exists()
    disconnect(lina, by=ines)
    clock.shift(timedelta(days=91))
    assert asking(ines, by=lina).allowed


def test_an_address_is_not_tried_at_a_door_that_is_closed(asked, ines, lina, clock):
    ines.door = User.Door.EMAIL
    ines.save()
    clock.shift(timedelta(days=91))
    for email in (ines.email, "wrong@example.com"):
        with pytest.raises(Refusal, match=CLOSED):
            ask_to_connect(ines, by=lina, context="worked", note="Hello again", email=email)


def test_only_the_recipient_says_so(ines, lina, amara):
    sent = request(lina, ines)
    for somebody in (lina, amara):
        with pytest.raises(Refusal):
            mark_as_unknown(sent, by=somebody)


def test_the_page_says_what_it_does_before_it_does_it(as_member, ines, lina):
    sent = request(lina, ines)
    client, address = as_member(ines), reverse("mark_as_unknown", args=[sent.pk])
    page = client.get(address).text
    assert "Lina will not be told" in page
    assert "can’t ask anybody for a week" in page
    assert not ConnectionRequest.objects.marked_as_unknown(by=ines).exists()
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert ConnectionRequest.objects.marked_as_unknown(by=ines).get() == sent


def test_no_card_or_way_leads_to_asking_once_the_door_is_closed(asked, lina, clock, as_member):
    clock.shift(timedelta(days=90))
    client, link = as_member(lina), reverse("ask_to_connect", args=["ines"])
    for address in ("/in/ines/", reverse("requests_sent"), reverse("search_people") + "?q=ines", link):
        page = client.get(address).text
        assert "Ines" in page
        assert f'href="{link}"' not in page, address
