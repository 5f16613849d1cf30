"""Events, and who comes, as operators see them."""

import pytest
from django.urls import reverse

from communities.models import Attendance, Event
from notifications.models import Notice
from tests.factories import MemberFactory, put_up_event, seat

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def event(ines):
    return put_up_event(ines, link="https://meet.example/secret", about="Bring boots.")


def read(desk, page, *args, **query) -> str:
    answer = desk.get(reverse(f"admin:communities_{page}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_event_is_found_by_its_words_and_read_without_its_private_link(desk, event):
    put_up_event(MemberFactory(), "Snow school")
    html = read(desk, "event_changelist", q="riv boo")
    assert "River day" in html
    assert "Snow school" not in html
    html = read(desk, "event_change", event.pk)
    assert "Bring boots." in html
    assert "meet.example" not in html


def test_an_operator_calls_an_event_off_and_those_who_come_are_told(desk, event, lina, mailoutbox):
    seat(event, lina)
    assert "Cancel the event" in read(desk, "event_change", event.pk)
    desk.post(reverse("admin:communities_event_decide", args=[event.pk, "cancel"]))
    event.refresh_from_db()
    assert event.cancelled_at
    assert Notice.objects.get().kind == "event_cancelled"
    read(desk, "event_change", event.pk)
    assert "decide/cancel" not in read(desk, "event_change", event.pk)


def test_an_operator_hides_an_event_and_shows_it_again(desk, event, lina):
    for act, seen in (("hide", False), ("restore", True)):
        desk.post(reverse("admin:communities_event_decide", args=[event.pk, act]), {"why": "An advertisement"})
        assert Event.objects.visible_to(lina).filter(pk=event.pk).exists() is seen
    assert read(desk, "event_change", event.pk).count("An advertisement") == 2


def test_answers_are_read_and_never_changed(desk, event, lina):
    seat(event, lina)
    assert "Lina" in read(desk, "attendance_changelist", q="river-day")
    mine = Attendance.objects.get()
    desk.post(reverse("admin:communities_attendance_change", args=[mine.pk]), {"answer": "interested"})
    assert desk.get(reverse("admin:communities_attendance_add")).status_code == 403
    assert desk.post(reverse("admin:communities_attendance_delete", args=[mine.pk]), {"post": "yes"}).status_code == 403
    mine.refresh_from_db()
    assert mine.answer == "attending"
    assert Event.objects.get() == event


@pytest.mark.parametrize("number", [1, 9])
def test_the_lists_cost_the_same_with_more_rows(desk, number, django_assert_max_num_queries):
    for _each in range(number):
        seat(put_up_event(MemberFactory()), MemberFactory())
    for page in ("event_changelist", "attendance_changelist"):
        with django_assert_max_num_queries(8):
            read(desk, page)
