"""Putting up an event, changing it, coming to it, and having been there (product.md §12)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.refusals import Refusal
from communities.actions import (
    attend_event,
    be_interested,
    cancel_event,
    change_event,
    confirm_attendance,
    start_event,
    stay_away,
    take_confirmation_back,
)
from communities.actions.events import TooFewSeats, WrongTime
from communities.models import Attendance, Event, Membership
from notifications.models import Notice
from tests.communities.breakers import group, organization
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def told(kind: str) -> set:
    return set(Notice.objects.filter(kind=kind).values_list("recipient__handle", flat=True))


def text_of(letter) -> str:
    return letter.message().get_body(("plain",)).get_content()


@pytest.fixture
def host():
    return MemberFactory()


class TestPuttingUp:
    def start(self, host, **fields):
        soon = timezone.now() + DAY
        times = {"starts_at": soon, "ends_at": soon + HOUR, "time_zone": "Europe/Paris"}
        return start_event(by=host, **times | {"title": "River day", "place": "Lyon"} | fields)

    def test_a_replay_is_the_first_one(self, host):
        key = uuid4()
        assert self.start(host, key=key) == self.start(host, key=key, title="Another")
        assert Event.objects.count() == 1

    def test_addresses_are_made_of_titles_and_never_those_of_pages(self, host):
        assert self.start(host).slug == "river-day"
        assert self.start(host).slug.startswith("river-day-")
        assert self.start(host, title="New").slug != "new"
        assert self.start(host, title="河川の日").slug.startswith("event-")

    @pytest.mark.parametrize(
        ("starts", "lasts"), [(-2 * HOUR, HOUR), (DAY, -HOUR), (DAY, 32 * DAY)], ids=["past", "backwards", "endless"]
    )
    def test_times_that_cannot_be_are_refused(self, host, starts, lasts):
        start = timezone.now() + starts
        with pytest.raises(WrongTime):
            self.start(host, starts_at=start, ends_at=start + lasts)

    def test_only_its_editors_put_up_an_event_of_an_organization_and_only_moderators_one_of_a_group(self, host):
        known, circle = organization(), group()
        Membership.objects.create(group=circle, member=host)
        for whose in ({"organization": known}, {"group": circle}):
            with pytest.raises(Refusal):
                self.start(host, **whose)
        known.roles.create(member=host, role="editor")
        Membership.objects.update(is_moderator=True)
        assert self.start(host, organization=known, audience="public").audience == "public"
        assert self.start(host, group=circle, audience="public").audience == "group", "whatever was asked for"


class TestSeats:
    def test_whoever_comes_when_all_seats_are_taken_waits_in_order(self, host):
        event, members = put_up_event(host, capacity=1), [MemberFactory() for _number in range(3)]
        for member in members:
            attend_event(event, by=member)
        assert [row.member for row in Attendance.objects.seated()] == members[:1]
        assert [row.member for row in Attendance.objects.waiting()] == members[1:]

    @pytest.mark.parametrize("leave", [stay_away, be_interested])
    def test_a_seat_that_becomes_free_goes_to_the_first_who_waits_and_they_are_told(self, host, leave, mailoutbox):
        event, (first, second, third) = put_up_event(host, capacity=1), [MemberFactory() for _number in range(3)]
        seat(event, first, second, third)
        leave(event, by=first)
        assert Event.objects.attended_by(second).exists()
        assert not Event.objects.attended_by(third).exists()
        assert told("event_seat") == {second.handle}
        assert [letter.subject for letter in mailoutbox] == ["You have a seat at River day now."]
        assert "Lyon" in text_of(mailoutbox[0])

    def test_who_waits_but_is_suspended_is_passed_over(self, host):
        event, (first, second, third) = put_up_event(host, capacity=1), [MemberFactory() for _number in range(3)]
        seat(event, first, second, third)
        type(second).objects.filter(pk=second.pk).update(suspended_until=timezone.now() + DAY)
        stay_away(event, by=first)
        assert Event.objects.attended_by(third).exists()

    def test_more_seats_go_to_those_who_wait(self, host):
        event, members = put_up_event(host, capacity=1), [MemberFactory() for _number in range(4)]
        seat(event, *members)
        change_event(event, by=host, capacity=3)
        assert told("event_seat") == {member.handle for member in members[1:3]}
        change_event(event, by=host, capacity=None)
        assert not Attendance.objects.waiting().exists()

    def test_fewer_seats_than_are_taken_are_refused(self, host):
        event = put_up_event(host, capacity=3)
        seat(event, MemberFactory(), MemberFactory())
        with pytest.raises(TooFewSeats, match="2 seats are taken"):
            change_event(event, by=host, capacity=1)
        assert change_event(event, by=host, capacity=2).capacity == 2

    def test_saying_a_second_time_that_one_comes_keeps_ones_place(self, host):
        event, (first, second, third) = put_up_event(host, capacity=1), [MemberFactory() for _number in range(3)]
        seat(event, first, second, third)
        attend_event(event, by=second)
        assert Attendance.objects.waiting().first().member == second

    @pytest.mark.parametrize("answer", [attend_event, be_interested, stay_away])
    def test_nothing_is_answered_once_it_is_cancelled_or_over(self, host, answer):
        event = put_up_event(host)
        move_event(event, starts_at=timezone.now() - DAY)
        with pytest.raises(Refusal, match="over"):
            answer(event, by=MemberFactory())
        move_event(event, starts_at=timezone.now() + DAY)
        cancel_event(event, by=host)
        with pytest.raises(Refusal, match="cancelled"):
            answer(event, by=MemberFactory())


class TestChanging:
    @pytest.fixture
    def guests(self):
        return {name: MemberFactory(first_name=name, handle=name) for name in ("coming", "waiting", "interested")}

    @pytest.fixture
    def event(self, host, guests):
        event = put_up_event(host, capacity=1)
        seat(event, guests["coming"], guests["waiting"])
        be_interested(event, by=guests["interested"])
        return event

    def test_those_who_come_are_told_of_each_change_of_time_or_place(self, event, host, mailoutbox):
        for place in ("Lyon, hall 2", "Lyon, hall 3"):
            change_event(event, by=host, place=place)
        assert told("event_changed") == {"coming", "waiting"}
        assert Notice.objects.count() == 2
        assert len(mailoutbox) == 4
        assert "hall 3" in text_of(mailoutbox[-1])

    def test_other_words_tell_nobody_but_are_a_new_revision(self, event, host):
        changed = change_event(event, by=host, about="Bring boots.", title="River day 2026")
        assert (changed.revision, Notice.objects.count()) == (1, 0)
        assert change_event(event, by=host, about="Bring boots.").revision == 1, "nothing changed"

    def test_cancelling_is_for_good_and_all_who_answered_are_told_once(self, event, host):
        cancelled = cancel_event(event, by=host)
        assert cancel_event(event, by=host).cancelled_at == cancelled.cancelled_at
        assert told("event_cancelled") == {"coming", "waiting", "interested"}
        assert cancelled.revision == 1
        with pytest.raises(Refusal):
            change_event(event, by=host, place="Paris")

    def test_a_private_link_is_in_no_email_and_no_notice(self, event, host, guests, mailoutbox, as_member):
        change_event(event, by=host, link="https://meet.example/secret")
        assert told("event_changed")
        assert all("meet.example" not in str(letter.message()) for letter in mailoutbox)
        assert "meet.example" not in as_member(guests["coming"]).get("/notices/").content.decode()

    def test_whoever_does_not_host_it_changes_and_cancels_nothing(self, event, guests):
        for doing in (lambda by: change_event(event, by=by, place="Paris"), lambda by: cancel_event(event, by=by)):
            with pytest.raises(Refusal):
                doing(guests["coming"])

    def test_an_event_that_is_over_is_not_changed(self, event, host):
        move_event(event, starts_at=timezone.now() - DAY)
        for doing in (lambda: change_event(event, by=host, place="Paris"), lambda: cancel_event(event, by=host)):
            with pytest.raises(Refusal, match="over"):
                doing()


class TestHavingBeenThere:
    @pytest.mark.parametrize(
        ("begins", "refused"),
        [(HOUR, "begun"), (-HOUR, None), (-DAY, None), (-30 * DAY, None), (-31 * DAY, "too late")],
        ids=["before", "while it goes on", "after", "the 30th day", "later"],
    )
    def test_it_can_be_said_from_the_begin_until_30_days_after_the_end(self, host, begins, refused):
        event, guest = put_up_event(host, starts_at=timezone.now() + begins), MemberFactory()
        seat(event, guest)
        if refused:
            with pytest.raises(Refusal, match=refused):
                confirm_attendance(event, by=guest)
        else:
            assert confirm_attendance(event, by=guest).confirmed_at

    def test_only_whoever_had_a_seat_says_so(self, host):
        event, waiting, interested, outsider = put_up_event(host, capacity=1), *[MemberFactory() for _ in range(3)]
        seat(event, host, waiting)
        be_interested(event, by=interested)
        move_event(event, starts_at=timezone.now() - DAY)
        for member in (waiting, interested, outsider):
            with pytest.raises(Refusal, match="had a seat"):
                confirm_attendance(event, by=member)

    def test_it_can_be_taken_back(self, host):
        event, guest = put_up_event(host, starts_at=timezone.now() - DAY), MemberFactory()
        seat(event, guest, confirmed=True)
        take_confirmation_back(event, by=guest)
        assert Attendance.objects.get().confirmed_at is None

    def test_both_were_there_once_both_say_so(self, host):
        event, one, other = put_up_event(host, starts_at=timezone.now() - DAY), MemberFactory(), MemberFactory()
        seat(event, one, other)
        confirm_attendance(event, by=one)
        assert not Event.objects.both_were_at(one, other).exists()
        confirm_attendance(event, by=other)
        assert Event.objects.both_were_at(one, other).get() == event == Event.objects.both_were_at(other, one).get()
        assert not Event.objects.both_were_at(one, host).exists()

    def test_whom_one_met_is_who_confirmed_too_and_only_for_who_confirmed(self, host):
        event, one, other, silent = (
            put_up_event(host, starts_at=timezone.now() - DAY),
            *[MemberFactory() for _ in "123"],
        )
        seat(event, silent)
        seat(event, one, other, confirmed=True)
        assert [row.member for row in Attendance.objects.met_by(one)] == [other]
        assert not Attendance.objects.met_by(silent).exists()
