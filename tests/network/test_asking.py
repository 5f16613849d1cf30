"""Asking to connect, and answering: product.md §3."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.models import Community, User
from accounts.refusals import Refusal
from network.actions import (
    accept_request,
    ask_to_connect,
    connect_members,
    decline_request,
    disconnect,
    follow_member,
    withdraw_request,
)
from network.doors import asking
from network.models import Connection, ConnectionRequest, Follow
from tests.factories import MemberFactory, connect, follow, request

pytestmark = pytest.mark.usefixtures("unmailed")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def are_connected(one: User, other: User) -> bool:
    pairs = Connection.objects.filter(member__in=[one, other], other__in=[one, other])
    return pairs.count() == 2


def test_accepting_connects_both_ways_and_makes_each_follow_the_other(ines, lina):
    connect(lina, ines)
    assert are_connected(ines, lina)
    assert Follow.objects.filter(follower=ines, followed=lina, quiet=False).exists()
    assert Follow.objects.filter(follower=lina, followed=ines, quiet=False).exists()


def test_keeping_out_of_the_feed_mutes_the_follow_of_the_one_who_accepts(ines, lina):
    accept_request(request(lina, ines), by=ines, keep_out_of_feed=True)
    assert not Follow.objects.heard().filter(follower=ines, followed=lina).exists()
    assert Follow.objects.heard().filter(follower=lina, followed=ines).exists()


def test_a_quiet_follow_becomes_an_open_one_on_connecting(ines, lina):
    follow(lina, ines, quiet=True)
    connect(lina, ines)
    assert not Follow.objects.get(follower=lina, followed=ines).quiet


def test_asking_somebody_who_asked_first_is_a_yes(ines, lina):
    request(lina, ines)
    request(ines, lina)
    assert are_connected(ines, lina)
    assert ConnectionRequest.objects.count() == 1


def test_asking_somebody_whom_one_declined_is_a_yes_whatever_the_doors(ines, lina):
    declined = request(lina, ines)
    decline_request(declined, by=ines)
    lina.door = User.Door.NOBODY
    lina.save()
    request(ines, lina)
    assert are_connected(ines, lina)


def test_a_declined_request_can_still_be_accepted(ines, lina):
    asked = request(lina, ines)
    decline_request(asked, by=ines)
    assert asked in ConnectionRequest.objects.set_aside_by(ines)
    assert asked not in ConnectionRequest.objects.waiting_for(ines)
    accept_request(asked, by=ines)
    assert are_connected(ines, lina)


def test_a_withdrawn_request_can_not_be_accepted(ines, lina):
    asked = request(lina, ines)
    withdraw_request(asked, by=lina)
    with pytest.raises(Refusal, match="no longer there"):
        accept_request(asked, by=ines)
    assert not are_connected(ines, lina)


def test_only_the_recipient_accepts_or_declines_and_only_the_sender_withdraws(ines, lina, amara):
    asked = request(lina, ines)
    for attempt in (accept_request, decline_request):
        for somebody in (lina, amara):
            with pytest.raises(Refusal):
                attempt(asked, by=somebody)
    for somebody in (ines, amara):
        with pytest.raises(Refusal):
            withdraw_request(asked, by=somebody)
    assert ConnectionRequest.objects.open().filter(pk=asked.pk, declined_at=None).exists()


def test_a_replayed_request_is_the_first_one(ines, lina):
    key = uuid4()
    first = request(lina, ines, key=key)
    assert request(lina, ines, key=key) == first
    assert ConnectionRequest.objects.count() == 1


@pytest.mark.parametrize("answered", ["unseen", "declined"])
def test_asking_again_is_possible_90_days_after_the_last_request_and_replaces_it(ines, lina, clock, answered):
    first = request(lina, ines, note="Hello Ines")
    if answered == "declined":
        decline_request(first, by=ines)
    clock.shift(timedelta(days=90, seconds=-1))
    with pytest.raises(Refusal, match="again from 31 May 2026"):
        request(lina, ines, note="Hello again")
    clock.shift(timedelta(seconds=1))
    second = request(lina, ines, note="Hello again")
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert list(ConnectionRequest.objects.waiting_for(ines)) == [second]


def test_asking_again_waits_21_days_after_withdrawing(ines, lina, clock):
    first = request(lina, ines, note="Hello Ines")
    clock.shift(timedelta(days=80))
    withdraw_request(first, by=lina)
    clock.shift(timedelta(days=20))
    assert not asking(ines, by=lina).allowed
    clock.shift(timedelta(days=1))
    assert asking(ines, by=lina).allowed


def test_three_requests_are_all_withdrawn_and_expired_ones_included(ines, lina, clock):
    withdraw_request(request(lina, ines), by=lina)
    clock.shift(timedelta(days=100))
    request(lina, ines, note="A second note")
    clock.shift(timedelta(days=200))
    assert asking(ines, by=lina).left == 1
    request(lina, ines, note="A third note")
    clock.shift(timedelta(days=1000))
    with pytest.raises(Refusal, match="three times"):
        request(lina, ines, note="A fourth note")


def test_a_second_request_needs_a_note_and_a_new_one(ines, lina, clock):
    request(lina, ines, note="Hello Ines")
    clock.shift(timedelta(days=91))
    with pytest.raises(Refusal, match="Write a note to Ines"):
        request(lina, ines)
    with pytest.raises(Refusal, match="Write a new one"):
        request(lina, ines, note=" hello  ínes ")
    assert request(lina, ines, note="We met again at RiverConf")


def test_a_request_expires_after_180_days_quietly(ines, lina, clock):
    asked = request(lina, ines)
    clock.shift(timedelta(days=180))
    assert not ConnectionRequest.objects.open().exists()
    with pytest.raises(Refusal, match="no longer there"):
        accept_request(asked, by=ines)
    request(ines, lina)
    assert not are_connected(ines, lina)


def test_a_note_is_required_where_the_recipient_says_so(ines, lina):
    ines.note_required = True
    ines.save()
    with pytest.raises(Refusal, match="Write a note to Ines"):
        request(lina, ines)
    assert request(lina, ines, note="Hello Ines")


def test_nobody_asks_where_the_door_is_closed(ines, lina, tomasz):
    ines.door = User.Door.NOBODY
    ines.save()
    with pytest.raises(Refusal, match="can't be asked to connect at the moment"):
        request(lina, ines)


def test_the_door_for_mutual_connections_opens_to_them_only(ines, lina, tomasz):
    ines.door = User.Door.MUTUAL
    ines.save()
    with pytest.raises(Refusal, match="at the moment"):
        request(lina, ines)
    connect(lina, tomasz)
    assert asking(ines, by=lina).allowed


@pytest.mark.parametrize("hidden", ["asker", "mutual", "recipient"])
def test_hidden_connections_open_no_door(ines, lina, tomasz, hidden):
    connect(lina, tomasz)
    ines.door = User.Door.MUTUAL
    ines.save()
    who = {"asker": lina, "mutual": tomasz, "recipient": ines}[hidden]
    who.connections_audience = "nobody"
    who.save()
    ines.refresh_from_db()
    assert not asking(ines, by=lina).allowed


def test_the_door_for_those_who_know_the_address_takes_ten_tries_a_day_and_failures_read_alike(ines, lina, clock):
    ines.door = User.Door.EMAIL
    ines.save()
    sentences = set()
    for attempt in range(10):
        with pytest.raises(Refusal) as refusal:
            request(lina, ines, email=f"wrong{attempt}@example.com")
        sentences.add(str(refusal.value))
    with pytest.raises(Refusal) as refusal:
        request(lina, ines, email="ines@example.com")
    sentences.add(str(refusal.value))
    assert len(sentences) == 1
    clock.shift(timedelta(days=1, seconds=1))
    assert request(lina, ines, email=" Ines@Example.com ")


def test_15_requests_a_week_for_new_members_and_50_for_others(db, clock):
    newcomer = MemberFactory(joined_at=NOW - timedelta(days=1))
    others = MemberFactory.create_batch(52)
    for other in others[:15]:
        request(newcomer, other)
    with pytest.raises(Refusal, match=r"15 requests in 7 days\. You can ask again from 9 March 2026, 12:00"):
        request(newcomer, others[15])
    longer_here = MemberFactory()
    for other in others[:50]:
        request(longer_here, other)
    with pytest.raises(Refusal, match="50 requests in 7 days"):
        request(longer_here, others[50])
    clock.shift(timedelta(days=7))
    assert request(longer_here, others[50])


def test_operators_set_how_many_requests_may_be_open(ines, lina, amara):
    Community.objects.create(open_requests=1)
    asked = request(lina, ines)
    decline_request(asked, by=ines)
    with pytest.raises(Refusal, match="1 of your requests are open"):
        request(lina, amara)
    withdraw_request(asked, by=lina)
    assert request(lina, amara)


def test_whoever_is_full_can_not_accept_and_the_request_stays_open(ines, lina, tomasz):
    Community.objects.create(connections=1)
    asked = request(lina, ines)
    with pytest.raises(Refusal, match="The request stays open"):
        accept_request(asked, by=ines)
    assert asked in ConnectionRequest.objects.waiting_for(ines)
    disconnect(tomasz, by=ines)
    accept_request(asked, by=ines)
    assert are_connected(ines, lina)


def test_asking_a_connection_is_refused(ines, tomasz):
    with pytest.raises(Refusal, match="connected already"):
        request(tomasz, ines)


def test_asking_across_a_block_or_a_suspension_is_refused(ines, bill, jorge, vera):
    for other in (bill, jorge, vera):
        with pytest.raises(Refusal, match="can't be asked"):
            ask_to_connect(other, by=ines, context="worked")
    with pytest.raises(Refusal, match="can't be asked"):
        ask_to_connect(ines, by=bill, context="worked")


def test_nobody_asks_themselves(ines):
    with pytest.raises(Refusal, match="can't be asked"):
        ask_to_connect(ines, by=ines, context="worked")


def test_a_replayed_form_that_disconnects_ends_no_follow_that_began_since(ines, tomasz):
    disconnect(ines, by=tomasz)
    follow_member(tomasz, by=ines, quiet=True)
    disconnect(ines, by=tomasz)
    assert Follow.objects.filter(follower=ines, followed=tomasz).exists()


def test_disconnecting_ends_the_connection_and_its_follows(ines, tomasz):
    disconnect(ines, by=tomasz)
    assert not Connection.objects.exists()
    assert not Follow.objects.exists()


def test_connecting_again_is_no_second_connection(ines, tomasz):
    connect_members(ines, tomasz)
    assert Connection.objects.count() == 2
