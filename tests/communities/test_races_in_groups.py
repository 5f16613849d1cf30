"""What happens to a group at the same moment."""

from threading import Event as Signal
from time import sleep

import pytest
from django.db import transaction

from accounts.refusals import Refusal
from communities.actions import (
    ask_to_join,
    attend_event,
    change_group,
    join_group,
    leave_group,
    let_in,
    remove_from_group,
    start_group,
    step_down,
)
from communities.models import Attendance, Group, GroupBan, Membership
from tests.concurrently import at_once
from tests.factories import MemberFactory, put_up_event
from tests.factories.groups import group_of, moderates_too

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]
ROUNDS = range(5)


@pytest.fixture
def pair():
    return MemberFactory(), MemberFactory()


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_double_join_is_one_membership(pair, round_):
    moderator, member = pair
    group = group_of(moderator)
    results = at_once(*[lambda: join_group(group, by=member)] * 4)
    assert len(set(results)) == 1
    assert Membership.objects.filter(member=member).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_joining_while_being_banned_ends_outside(pair, round_):
    moderator, member = pair
    group = group_of(moderator)
    at_once(lambda: join_group(group, by=member), lambda: remove_from_group(group, member, by=moderator, ban=True))
    assert GroupBan.objects.get().member == member
    assert not Membership.objects.filter(member=member).exists()


def test_nobody_takes_a_seat_in_the_group_while_they_are_banned_from_it(pair):
    moderator, member = pair
    group = group_of(moderator, member)
    event, banned = put_up_event(moderator, group=group), Signal()

    def ban_slowly():
        with transaction.atomic():
            remove_from_group(group, member, by=moderator, ban=True)
            banned.set()
            sleep(0.3)

    def come():
        banned.wait(timeout=10)
        attend_event(event, by=member)

    _done, refused = at_once(ban_slowly, come)
    assert isinstance(refused, Refusal)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("round_", ROUNDS)
def test_letting_in_and_banning_at_once_ends_outside(pair, round_):
    moderator, member = pair
    other = MemberFactory()
    group = group_of(moderator, other, entry="request")
    moderates_too(group, other, by=moderator)
    asked = ask_to_join(group, by=member)
    at_once(lambda: let_in(asked, by=other), lambda: remove_from_group(group, member, by=moderator, ban=True))
    assert not Membership.objects.filter(member=member).exists()


@pytest.mark.parametrize("round_", ROUNDS)
@pytest.mark.parametrize("doings", [(leave_group, step_down), (leave_group, leave_group), (step_down, step_down)])
def test_two_moderators_who_go_at_once_leave_one(pair, doings, round_):
    one, other = pair
    group = group_of(one, other, MemberFactory())
    moderates_too(group, other, by=one)
    first, second = doings
    results = at_once(lambda: first(group, by=one), lambda: second(group, by=other))
    assert sum(isinstance(result, Refusal) for result in results) == 1
    assert Membership.objects.filter(group=group, is_moderator=True).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_who_steps_down_does_nothing_as_a_moderator_afterwards(pair, round_):
    """The right to remove is asked once the group is locked, not before waiting for the lock."""
    one, other = pair
    member = MemberFactory()
    group = group_of(one, other, member)
    moderates_too(group, other, by=one)
    _stepped, removed = at_once(lambda: step_down(group, by=one), lambda: remove_from_group(group, member, by=one))
    assert isinstance(removed, Refusal) is Membership.objects.filter(member=member).exists()


@pytest.mark.parametrize("round_", ROUNDS)
def test_asking_while_the_group_becomes_open_ends_in_it_or_told_to_join(pair, round_):
    moderator, member = pair
    group = group_of(moderator, entry="request")
    asked, _changed = at_once(
        lambda: ask_to_join(group, by=member), lambda: change_group(group, by=moderator, entry="open")
    )
    assert isinstance(asked, Refusal) is not Membership.objects.filter(member=member).exists()


@pytest.mark.parametrize("round_", ROUNDS)
def test_groups_of_one_name_started_at_once_have_two_addresses(pair, round_):
    groups = at_once(*[lambda m=member: start_group(by=m, name="Low water") for member in pair])
    assert len({group.slug for group in groups}) == Group.objects.count() == 2
