""" "Ask me later", with a date that the sender sees: product.md §3.9."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.refusals import Refusal
from network.actions import accept_request, ask_for_later, decline_request, withdraw_request
from network.doors import asking
from network.models import Connection, ConnectionRequest
from notifications.models import Notice
from tests.factories import request

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
IN_A_WEEK, IN_A_YEAR = date(2026, 3, 9), date(2027, 3, 2)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def asked(ines, lina) -> ConnectionRequest:
    return request(lina, ines, note="Hello Ines")


def told(member) -> list[Notice]:
    return list(Notice.objects.visible_to(member).filter(kind="later"))


@pytest.mark.parametrize("on", [IN_A_WEEK, IN_A_YEAR])
def test_the_date_replaces_that_of_asking_again_earlier_or_later(asked, ines, lina, clock, on):
    ask_for_later(asked, by=ines, on=on)
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    clock.move_to(midnight - timedelta(seconds=1))
    with pytest.raises(Refusal, match=f"Ines Moreau asks you to ask again from {on.day} March {on.year}"):
        request(lina, ines, note="Hello again")
    clock.move_to(midnight)
    again = request(lina, ines, note="Hello again")
    assert list(ConnectionRequest.objects.waiting_for(ines)) == [again]
    asked.refresh_from_db()
    assert bool(asked.replaced_at) == (on == IN_A_WEEK), "after 180 days it had expired by itself"


def test_it_costs_no_attempt(asked, ines, lina, clock):
    assert asking(ines, by=lina).left == 2
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    assert asking(ines, by=lina).left == 3
    clock.move_to(NOW + timedelta(days=7))
    second = request(lina, ines, note="A second note")
    assert asking(ines, by=lina).left == 2
    ask_for_later(second, by=ines, on=IN_A_WEEK + timedelta(days=7))
    for attempt in range(3):
        clock.shift(timedelta(days=100))
        request(lina, ines, note=f"Note number {attempt}")
    clock.shift(timedelta(days=100))
    with pytest.raises(Refusal, match="three times"):
        request(lina, ines, note="One too many")


def test_the_next_request_needs_a_new_note(asked, ines, lina, clock):
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    clock.shift(timedelta(days=7))
    with pytest.raises(Refusal, match="Write a note to Ines"):
        request(lina, ines)
    with pytest.raises(Refusal, match="Write a new one"):
        request(lina, ines, note="Hello Ines")


@pytest.mark.parametrize("on", [date(2026, 3, 2), date(2026, 3, 1), date(2027, 3, 3)])
def test_the_date_is_from_tomorrow_on_and_within_a_year(asked, ines, on):
    with pytest.raises(Refusal, match="from tomorrow on, within a year"):
        ask_for_later(asked, by=ines, on=on)


def test_the_request_leaves_those_that_wait_and_can_still_be_accepted(asked, ines, lina):
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    assert not ConnectionRequest.objects.waiting_for(ines).exists()
    assert list(ConnectionRequest.objects.set_aside_by(ines)) == [asked]
    accept_request(asked, by=ines)
    assert Connection.objects.filter(member=ines, other=lina).exists()


def test_the_sender_is_told_once_and_always_reads_the_last_date(asked, ines, lina, as_member, mailoutbox):
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    letters = [letter.message().as_string() for letter in mailoutbox if lina.email in letter.to]
    assert len(letters) == 1
    assert "9 March 2026" in letters[0]
    ask_for_later(asked, by=ines, on=date(2026, 4, 1))
    assert "From 1 April 2026" in as_member(lina).get(reverse("notices")).text
    assert len(told(lina)) == 1
    assert len([letter for letter in mailoutbox if lina.email in letter.to]) == 1


def test_after_a_decline_it_is_the_same_to_the_sender(asked, ines, lina):
    decline_request(asked, by=ines)
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    assert asking(ines, by=lina).later_on == IN_A_WEEK
    assert len(told(lina)) == 1


def test_after_withdrawing_the_date_stands_and_the_notice_is_gone(asked, ines, lina, clock):
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    withdraw_request(asked, by=lina)
    assert told(lina) == []
    with pytest.raises(Refusal, match="no longer there"):
        ask_for_later(asked, by=ines, on=IN_A_YEAR)
    clock.shift(timedelta(days=7))
    assert asking(ines, by=lina).allowed


def test_a_date_beyond_the_life_of_the_request_stands_when_it_has_expired(asked, ines, lina, clock):
    ask_for_later(asked, by=ines, on=IN_A_YEAR)
    clock.shift(timedelta(days=200))
    assert not ConnectionRequest.objects.open().exists()
    assert len(told(lina)) == 1
    assert "asks you to ask again from 2 March 2027" in asking(ines, by=lina).sentence


def test_the_day_begins_where_the_sender_is(asked, ines, lina, as_member, clock):
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    lina.time_zone = "Asia/Tokyo"
    lina.save()
    address = reverse("ask_to_connect", args=["ines"])
    for moment, open_ in (
        (datetime(2026, 3, 8, 14, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 8, 15, tzinfo=UTC), True),
    ):
        clock.move_to(moment)
        assert ('id="ask"' in as_member(lina).get(address).text) == open_


def test_the_page_names_the_days_and_says_beside_the_field_what_is_wrong(as_member, asked, ines):
    client, address = as_member(ines), reverse("ask_me_later", args=[asked.pk])
    assert 'min="2026-03-03" max="2027-03-02"' in client.get(address).text
    for typed, said in (
        ("2026-03-02", "from tomorrow on, within a year"),
        ("soon", "Choose a day."),
        ("", "Choose a day."),
    ):
        answer = client.post(address, {"on": typed})
        assert answer.status_code == 422
        assert said in str(answer.context["form"].errors["on"])
    assert client.post(address, {"on": "2026-03-09"}).url == reverse("requests_received")
    assert "Lina is told to ask again from 9 March 2026." in client.get(reverse("requests_received")).text


def test_when_the_day_has_come_the_page_to_ask_on_says_so(as_member, asked, ines, lina, clock):
    ask_for_later(asked, by=ines, on=IN_A_WEEK)
    clock.shift(timedelta(days=7))
    page = as_member(lina).get(reverse("ask_to_connect", args=["ines"])).text
    assert "Ines asked you to ask again from 9 March 2026." in page
