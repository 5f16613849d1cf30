"""What becomes of events and seats when members block each other, leave a group, or leave for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import block_member, delete_departed, leave, suspend_member
from accounts.models import User
from communities.actions import join_group, leave_group, remove_from_group, start_group
from communities.models import Attendance, Event
from notifications.models import Notice
from tests.communities.breakers import organization
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db]


def depart(member: User, worker) -> None:
    """Let a member ask to be deleted, and the 14 days pass."""
    leave(by=member)
    User.objects.filter(pk=member.pk).update(leaves_at=timezone.now())
    assert delete_departed(member.pk)
    worker()


@pytest.fixture
def host():
    return MemberFactory()


def seated(event: Event) -> list:
    return [row.member for row in Attendance.objects.seated().filter(event=event).order_by("pk")]


@pytest.mark.parametrize("by_host", [True, False])
def test_a_block_ends_coming_to_what_the_other_hosts_and_the_seat_moves_on(host, by_host):
    event, (guest, waiting) = put_up_event(host, capacity=1), [MemberFactory(), MemberFactory()]
    seat(event, guest, waiting)
    block_member(guest, by=host) if by_host else block_member(host, by=guest)
    assert seated(event) == [waiting]


def test_a_block_leaves_what_is_over_and_what_an_organization_hosts(host):
    known, guest = organization(), MemberFactory()
    known.roles.create(member=host, role="editor")
    ours, past = (
        put_up_event(host, organization=known),
        put_up_event(host, starts_at=timezone.now() - timedelta(days=2)),
    )
    seat(ours, guest)
    seat(past, guest, confirmed=True)
    block_member(guest, by=host)
    assert seated(ours) == seated(past) == [guest]


@pytest.mark.parametrize("removed", [True, False])
def test_whoever_is_no_longer_in_a_group_comes_to_none_of_its_events(host, removed):
    circle, (guest, waiting) = start_group(by=host, name="Low water"), [MemberFactory(), MemberFactory()]
    for member in (guest, waiting):
        join_group(circle, by=member)
    event = put_up_event(host, group=circle, capacity=1)
    seat(event, guest, waiting)
    remove_from_group(circle, guest, by=host) if removed else leave_group(circle, by=guest)
    assert seated(event) == [waiting]


def test_while_a_host_is_suspended_or_leaving_their_events_are_out_of_sight(host):
    guest, other = MemberFactory(), MemberFactory()
    for one in (host, other):
        seat(put_up_event(one), guest)
    suspend_member(host, by=MemberFactory(is_staff=True))
    leave(by=other)
    assert not Event.objects.visible_to(guest).exists()


def test_when_a_host_is_gone_for_good_their_events_are_cancelled_and_those_with_a_seat_told(host, worker, mailoutbox):
    event, guest = put_up_event(host, link="https://meet.example/secret"), MemberFactory()
    nobodys = put_up_event(host, "Nobody came")
    seat(event, guest)
    depart(host, worker)
    event.refresh_from_db()
    assert event.cancelled_at
    assert "River day is cancelled." in [letter.subject for letter in mailoutbox if letter.to == [guest.email]]
    assert Notice.objects.visible_to(guest).get().kind == "event_cancelled"
    assert not Event.objects.visible_to(MemberFactory()).exists()
    assert not Event.objects.filter(pk=nobodys.pk).exists()


def test_what_both_confirmed_stays_theirs_without_the_words_of_a_host_who_is_gone(host, worker, as_member):
    event = put_up_event(
        host, starts_at=timezone.now() - timedelta(days=2), about="My words.", link="https://a.example"
    )
    one, other = MemberFactory(), MemberFactory()
    seat(event, one, other, confirmed=True)
    depart(host, worker)
    page = as_member(one).get(event.get_absolute_url()).content.decode()
    assert "River day" in page
    assert "My words." not in page
    assert "a.example" not in page
    assert Event.objects.visible_to(one).both_were_at(one, other).get() == event
    assert not Event.objects.visible_to(MemberFactory()).exists()


def test_an_organization_keeps_its_events_when_who_put_them_up_is_gone(host, worker):
    known = organization()
    known.roles.create(member=host, role="editor")
    event = put_up_event(host, organization=known)
    depart(host, worker)
    event.refresh_from_db()
    assert (event.cancelled_at, event.host) == (None, None)
    assert Event.objects.visible_to(MemberFactory()).get() == event


def test_the_seat_of_who_is_gone_goes_to_whoever_waits(host, worker):
    event, (guest, waiting) = put_up_event(host, capacity=1), [MemberFactory(), MemberFactory()]
    seat(event, guest, waiting)
    depart(guest, worker)
    assert seated(event) == [waiting]


def test_who_is_suspended_is_neither_counted_nor_listed_among_those_who_come(host, as_member):
    event, (guest, away) = put_up_event(host), [MemberFactory(first_name="Ona"), MemberFactory(first_name="Uwe")]
    seat(event, guest, away)
    suspend_member(away, by=MemberFactory(is_staff=True))
    page = as_member(host).get(event.get_absolute_url()).content.decode()
    assert "1 coming" in page
    assert "Ona" in page
    assert "Uwe" not in page


def test_who_blocked_each_other_are_counted_for_both_and_shown_to_neither(host, as_member):
    event, (one, other) = put_up_event(host), [MemberFactory(first_name="Ona"), MemberFactory(first_name="Uwe")]
    seat(event, one, other)
    block_member(other, by=one)
    for viewer, unseen in ((one, "Uwe"), (other, "Ona")):
        page = as_member(viewer).get(event.get_absolute_url()).content.decode()
        assert "2 coming" in page
        assert f"{unseen} Example" not in page


def test_of_two_who_met_and_then_blocked_each_other_neither_is_offered_the_other(host):
    event, (one, other) = put_up_event(host), [MemberFactory(), MemberFactory()]
    seat(event, one, other)
    move_event(event, starts_at=timezone.now() - timedelta(days=1))
    Attendance.objects.update(confirmed_at=timezone.now())
    assert Attendance.objects.met_by(one).exists()
    block_member(other, by=one)
    assert not Attendance.objects.met_by(one).exists()
    assert not Attendance.objects.met_by(other).exists()
