"""What happens to an event's seats at the same moment, in real transactions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.refusals import Refusal
from communities.actions import attend_event, be_interested, cancel_event, change_event, stay_away
from communities.models import Attendance
from communities.reminders import ask_who_was_there, remind
from notifications.models import Notice
from tests.concurrently import at_once
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db(transaction=True)]
ROUNDS = range(5)
unmailed = pytest.mark.usefixtures("unmailed")


@pytest.fixture
def members():
    return [MemberFactory() for _number in range(5)]


def taken() -> int:
    return Attendance.objects.seated().count()


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_the_last_free_seat_goes_to_one_of_five(members, round_):
    event = put_up_event(members[0], capacity=1)
    at_once(*[lambda m=member: attend_event(event, by=m) for member in members])
    assert (taken(), Attendance.objects.waiting().count()) == (1, 4)


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_a_seat_left_while_two_wait_and_a_third_comes_goes_to_the_first_who_waits(members, round_):
    host, first, second, third, fourth = members
    event = put_up_event(host, capacity=1)
    seat(event, first, second, third)
    at_once(lambda: stay_away(event, by=first), lambda: attend_event(event, by=fourth))
    assert [row.member for row in Attendance.objects.seated()] == [second]
    assert [row.member for row in Attendance.objects.waiting()] == [third, fourth]


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_two_who_leave_at_once_let_two_move_up(members, round_):
    host, first, second, third, fourth = members
    event = put_up_event(host, capacity=2)
    seat(event, first, second, third, fourth)
    at_once(lambda: stay_away(event, by=first), lambda: be_interested(event, by=second))
    assert {row.member for row in Attendance.objects.seated()} == {third, fourth}


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_a_double_click_takes_one_seat(members, round_):
    event = put_up_event(members[0], capacity=2)
    at_once(*[lambda: attend_event(event, by=members[1]) for _click in range(3)])
    assert Attendance.objects.count() == taken() == 1


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_fewer_seats_while_somebody_joins_are_never_fewer_than_those_taken(members, round_):
    host, first, second, *_others = members
    event = put_up_event(host, capacity=2)
    seat(event, first)
    lowered, joined = at_once(lambda: change_event(event, by=host, capacity=1), lambda: attend_event(event, by=second))
    event.refresh_from_db()
    assert taken() <= event.capacity
    assert isinstance(lowered, Refusal) is (joined.seated_at is not None)


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_more_seats_while_somebody_joins_leave_nobody_waiting_beside_a_free_one(members, round_):
    host, first, second, third, _other = members
    event = put_up_event(host, capacity=1)
    seat(event, first, second)
    at_once(lambda: change_event(event, by=host, capacity=2), lambda: attend_event(event, by=third))
    assert {row.member for row in Attendance.objects.seated()} == {first, second}


@unmailed
@pytest.mark.parametrize("round_", ROUNDS)
def test_nobody_joins_what_is_being_cancelled(members, round_):
    event = put_up_event(members[0])
    cancelled, joined = at_once(lambda: cancel_event(event, by=members[0]), lambda: attend_event(event, by=members[1]))
    assert cancelled.cancelled_at
    assert isinstance(joined, Refusal) or Attendance.objects.get().answered_at <= cancelled.cancelled_at


@pytest.mark.parametrize("round_", ROUNDS)
def test_three_workers_remind_each_member_once(members, round_, mailoutbox):
    event = put_up_event(members[0])
    seat(event, *members)
    move_event(event, starts_at=timezone.now() + timedelta(hours=23))
    at_once(remind, remind, remind)
    assert Notice.objects.filter(kind="event_reminder").count() == len(mailoutbox) == 5
    move_event(event, starts_at=timezone.now() - timedelta(hours=23))
    at_once(ask_who_was_there, ask_who_was_there)
    assert Notice.objects.filter(kind="event_ended").count() == 5
    assert len(mailoutbox) == 10
