"""The pages of events: putting one up and changing it, lists and what they cost, answering, and whom one met."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Attendance, Event
from communities.views.events import MINE
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]
DAY = timedelta(days=1)
FILLED = {
    "title": "River day", "starts_on": "2027-03-27", "starts": "18:00", "ends": "20:00", "time_zone": "Europe/Paris",
    "place": "Lyon", "audience": "members",
}  # fmt: skip


@pytest.fixture
def browser(as_member, ines):
    return as_member(ines)


def put_up(browser, **fields):
    return browser.post("/events/new/", FILLED | {"key": str(uuid4())} | fields)


def said_beside(answer, field: str) -> str:
    return " ".join(answer.context["form"].errors.get(field, []))


class TestTheForm:
    @pytest.fixture(autouse=True)
    def _in_the_winter_before(self):
        with time_machine.travel(datetime(2027, 1, 15, tzinfo=UTC)):
            yield

    def test_it_asks_for_the_time_by_the_clocks_of_a_place_and_keeps_the_moment(self, browser):
        answer = put_up(browser)
        event = Event.objects.get()
        assert answer["Location"] == "/events/river-day/"
        assert event.starts_at.isoformat() == "2027-03-27T17:00:00+00:00"
        assert event.time_zone == "Europe/Paris"

    @pytest.mark.parametrize("zone", ["Asia/Tokyo", ""])
    def test_the_zone_is_the_members_own_at_first_or_the_sites(self, browser, ines, zone):
        ines.time_zone = zone
        ines.save()
        assert f'<option value="{zone or "UTC"}" selected>' in browser.get("/events/new/").content.decode()

    def test_an_hour_that_does_not_exist_is_refused_beside_its_field_with_what_to_do(self, browser):
        answer = put_up(browser, starts_on="2027-03-28", starts="02:30", ends="05:00")
        assert answer.status_code == 422
        assert said_beside(answer, "starts") == (
            "There is no 02:30 on that night: the clocks go forward. Choose 01:30 or 03:30 instead."
        )
        assert 'value="02:30"' in answer.content.decode(), "what was typed is kept"
        assert not Event.objects.exists()

    def test_an_hour_that_comes_twice_is_the_first_and_the_page_says_so(self, browser):
        answer = browser.get(put_up(browser, starts_on="2027-10-31", starts="02:30", ends="05:00")["Location"])
        assert Event.objects.get().starts_at.isoformat() == "2027-10-31T00:30:00+00:00"
        assert "02:30 comes twice on that night, as the clocks go back. It is the first one." in answer.content.decode()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"title": "…"}, "title"),
            ({"starts_on": "2020-01-01"}, "starts_on"),
            ({"starts_on": "0001-01-01"}, "starts_on"),
            ({"starts_on": "9999-12-31", "time_zone": "America/New_York"}, "starts_on"),
            ({"starts_on": "tomorrow"}, "starts_on"),
            ({"starts": "25:00"}, "starts"),
            ({"ends": "17:00"}, "ends"),
            ({"ends_on": "2027-05-27"}, "starts_on"),
            ({"time_zone": "Europe/Atlantis"}, "time_zone"),
            ({"place": "", "link": ""}, "place"),
            ({"link": "javascript:alert(1)"}, "link"),
            ({"capacity": "0"}, "capacity"),
            ({"audience": "group"}, "audience"),
            ({"host": "organization:river-authority"}, None),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, browser, wrong, field):
        answer = put_up(browser, **wrong)
        if field is None:
            assert answer.status_code == 302, "there is nobody to choose, so it is the member's own"
            assert Event.objects.get().organization is None
        else:
            assert answer.status_code == 422
            assert said_beside(answer, field)
            assert not Event.objects.exists()

    def test_a_replayed_form_puts_up_one_event(self, browser):
        key = str(uuid4())
        assert put_up(browser, key=key)["Location"] == put_up(browser, key=key)["Location"]
        assert Event.objects.count() == 1

    def test_past_midnight_it_wants_the_last_day(self, browser):
        assert "last day" in said_beside(put_up(browser, starts="22:00", ends="01:00"), "ends")
        put_up(browser, starts="22:00", ends="01:00", ends_on="2027-03-28")
        assert Event.objects.get().ends_at - Event.objects.get().starts_at == timedelta(hours=3)

    def test_saving_an_event_as_it_is_changes_nothing(self, browser, ines):
        event = put_up_event(ines, starts_at=timezone.now().replace(second=0, microsecond=0) + 3 * DAY, capacity=3)
        form = browser.get(f"/events/{event.slug}/edit/").context["form"]
        typed = {name: form[name].value() for name in form.fields}
        shown = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in typed.items()}
        answer = browser.post(f"/events/{event.slug}/edit/", {k: "" if v is None else v for k, v in shown.items()})
        assert answer.status_code == 302
        event.refresh_from_db()
        assert event.revision == 0

    def test_fewer_seats_than_are_taken_are_refused_beside_the_field(self, browser, ines):
        event = put_up_event(ines, capacity=3)
        seat(event, MemberFactory(), MemberFactory())
        answer = browser.post(f"/events/{event.slug}/edit/", FILLED | {"capacity": "1"})
        assert answer.status_code == 422
        assert said_beside(answer, "capacity") == "2 seats are taken already. Choose a higher number."


class TestLists:
    def titles(self, answer) -> list[str]:
        return re.findall(r'<a class="name" href="/events/[^"]+">([^<]+)</a>', answer.content.decode())

    def test_ones_own_come_first_then_all_by_time_and_none_twice(self, browser, ines, tomasz):
        for days, title in ((3, "Third"), (1, "First"), (2, "Second")):
            put_up_event(tomasz, title, starts_at=timezone.now() + days * DAY)
        seat(Event.objects.get(title="Third"), ines)
        put_up_event(ines, "Own", starts_at=timezone.now() + 9 * DAY)
        assert self.titles(browser.get("/events/")) == ["Third", "Own", "First", "Second"]

    def test_past_ones_have_a_page_of_their_own_and_cancelled_ones_are_only_their_guests(self, browser, ines, tomasz):
        put_up_event(tomasz, "Past", starts_at=timezone.now() - DAY)
        put_up_event(tomasz, "Elder", starts_at=timezone.now() - 2 * DAY)
        off, other = put_up_event(tomasz, "Off"), put_up_event(tomasz, "Off too")
        seat(off, ines)
        Event.objects.filter(pk__in=[off.pk, other.pk]).update(cancelled_at=timezone.now())
        assert self.titles(browser.get("/events/")) == ["Off"]
        assert self.titles(browser.get("/events/past/")) == ["Past", "Elder"]

    def test_what_has_begun_and_is_not_over_still_comes_up(self, browser, tomasz):
        put_up_event(tomasz, "Now", starts_at=timezone.now() - DAY, ends_at=timezone.now() + DAY)
        assert self.titles(browser.get("/events/")) == ["Now"]

    def test_they_can_be_those_in_a_place_or_those_online(self, browser, tomasz):
        put_up_event(tomasz, "Here")
        put_up_event(tomasz, "There", link="https://meet.example/1")
        assert self.titles(browser.get("/events/?where=online")) == ["There"]
        assert self.titles(browser.get("/events/?where=place")) == ["Here"]

    def test_reading_on_repeats_and_skips_nothing(self, browser, ines, tomasz):
        for number in range(MINE + 3):
            seat(put_up_event(tomasz, f"Mine {number:02}", starts_at=timezone.now() + (number + 1) * DAY), ines)
        for number in range(25):
            put_up_event(tomasz, f"Other {number:02}", starts_at=timezone.now() + (number + 1) * DAY)
        first = browser.get("/events/")
        next_url = re.search(r'class="pager"><a class="btn" href="([^"]+)"', first.content.decode())[1]
        more = browser.get(next_url.replace("&amp;", "&"))
        shown = self.titles(first) + self.titles(more)
        assert len(shown) == len(set(shown)) == MINE + 3 + 25

    @pytest.mark.parametrize("address", ["/events/", "/events/past/", "/events/?where=place"])
    def test_a_list_costs_the_same_with_fifty_rows(self, browser, ines, tomasz, address):
        counts = []
        for number in (1, 24):
            for each in range(number):
                start = timezone.now() + (each + 1) * DAY * (-1 if "past" in address else 1)
                put_up_event(tomasz, starts_at=start)
                event = put_up_event(tomasz, starts_at=start)
                if each % 2:
                    seat(event, ines, *([MemberFactory()] if number == 1 else []))
            seat(event, ines)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9, counts


class TestOneEvent:
    def test_answering_shows_what_one_said(self, browser, tomasz):
        event = put_up_event(tomasz, capacity=1)
        page = browser.post(f"/events/{event.slug}/answer/", {"answer": "attending"}, follow=True).content.decode()
        assert "You have a seat" in page
        assert "All seats are taken" in page
        page = browser.post(f"/events/{event.slug}/answer/", {"answer": "interested"}, follow=True).content.decode()
        assert "You are interested" in page
        assert "1 seat left" in page

    def test_who_waits_reads_how_many_are_before_them(self, browser, ines, tomasz):
        event = put_up_event(tomasz, capacity=1)
        seat(event, tomasz, MemberFactory(), MemberFactory(), ines)
        assert "You wait for a seat, with 2 people before you" in browser.get(f"/events/{event.slug}/").content.decode()

    def test_connections_stand_first_among_those_who_come_with_their_degree(self, browser, ines, lina, tomasz):
        event = put_up_event(lina)
        seat(event, MemberFactory(first_name="Aaron"), tomasz)
        page = browser.get(f"/events/{event.slug}/attendees/").content.decode()
        assert page.index("Tomasz Wi") < page.index("Aaron")
        assert "your connection" in page

    def test_the_list_of_those_who_come_is_paged_and_costs_the_same(self, browser, lina):
        event, counts = put_up_event(lina), []
        for number in (1, 29):
            seat(event, *[MemberFactory() for _each in range(number)])
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(f"/events/{event.slug}/attendees/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9, counts
        assert page.content.decode().count('class="person"') == 20

    def test_the_page_costs_the_same_with_one_who_comes_as_with_fifty(self, browser, ines, lina):
        event, counts = put_up_event(lina, starts_at=timezone.now() - DAY), []
        seat(event, ines, confirmed=True)
        for number in (2, 28):
            seat(event, *[MemberFactory() for _each in range(number)], confirmed=True)
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(f"/events/{event.slug}/").content.decode()
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 13, counts
        assert "Everybody who was there" in page

    def test_it_asks_nothing_before_it_begins(self, browser, ines, tomasz):
        event = put_up_event(tomasz)
        seat(event, ines)
        assert "Were you there?" not in browser.get(f"/events/{event.slug}/").content.decode()


class TestWhomOneMet:
    @pytest.fixture
    def event(self, lina):
        return put_up_event(lina, starts_at=timezone.now() - DAY)

    def page(self, browser, event) -> str:
        return browser.get(f"/events/{event.slug}/").content.decode()

    def test_one_click_confirms_and_then_those_who_confirmed_too_are_offered(self, browser, ines, event):
        other, silent = MemberFactory(first_name="Ona"), MemberFactory(first_name="Uwe")
        seat(event, ines, silent)
        seat(event, other, confirmed=True)
        page = self.page(browser, event)
        assert "Were you there?" in page
        assert "Whom you met" not in page
        browser.post(f"/events/{event.slug}/confirm/")
        page = self.page(browser, event)
        met = page[page.index("Whom you met") : page.index("</section>", page.index("Whom you met"))]
        assert "Ona" in met
        assert "Connect with Ona" in met
        assert "Uwe" not in met

    @pytest.mark.parametrize(("days", "offered"), [(6.8, True), (7.2, False)])
    def test_for_seven_days_after_the_end(self, browser, ines, event, days, offered):
        seat(event, ines, MemberFactory(first_name="Ona"), confirmed=True)
        move_event(event, starts_at=timezone.now() - timedelta(days=days, hours=2))
        assert ("Whom you met" in self.page(browser, event)) is offered
        listed = browser.get(f"/events/{event.slug}/met/").content.decode()
        assert ("Ona" in listed) is offered

    def test_it_is_taken_back_with_one_click(self, browser, ines, event):
        seat(event, ines, confirmed=True)
        browser.post(f"/events/{event.slug}/confirm/", {"taken_back": "on"})
        assert Attendance.objects.get().confirmed_at is None


class TestCommonGround:
    def test_the_profile_says_at_what_both_were_once_both_confirmed(self, browser, ines, lina):
        event = put_up_event(lina, "RiverConf", starts_at=timezone.now() - DAY)
        seat(event, ines, lina)
        assert "RiverConf" not in browser.get("/in/lina/").content.decode()
        Attendance.objects.filter(member=ines).update(confirmed_at=timezone.now())
        assert "RiverConf" not in browser.get("/in/lina/").content.decode()
        Attendance.objects.update(confirmed_at=timezone.now())
        assert "Both were at RiverConf" in browser.get("/in/lina/").content.decode()

    def test_nobody_else_reads_it_there(self, as_member, ines, lina, tomasz, visitor):
        lina.profile_audience = "public"
        lina.save()
        seat(put_up_event(lina, "RiverConf", starts_at=timezone.now() - DAY), ines, lina, confirmed=True)
        for viewer in (tomasz, lina, visitor):
            assert "RiverConf" not in as_member(viewer).get("/in/lina/").content.decode()
