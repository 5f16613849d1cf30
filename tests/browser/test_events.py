"""An event from putting it up to having been there, in a browser, with JavaScript and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Attendance, Event
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
LINK = "https://meet.example/river"


@BOTH_WAYS
def test_one_puts_it_up_another_comes_and_afterwards_they_connect(open_page, ines, lina, javascript):
    day = (timezone.now() + timedelta(days=5)).date()
    host: Page = open_page("/events/", as_=ines, javascript=javascript, allowed=["status of 422"])
    host.get_by_role("link", name="Host an event").first.click()
    host.get_by_label("What is it called").fill("River day")
    host.get_by_label("Day", exact=True).fill(day.isoformat())
    host.get_by_label("Begins").fill("18:00")
    host.get_by_label("Ends", exact=True).fill("17:00")
    host.get_by_label("Link to take part online").fill(LINK)
    host.get_by_label("Number of seats").fill("1")
    host.get_by_role("button", name="Host the event").click()
    expect(host.get_by_text("It ends before it begins.")).to_be_visible()
    expect(host.get_by_label("What is it called")).to_have_value("River day")
    host.get_by_label("Ends", exact=True).fill("20:00")
    host.get_by_role("button", name="Host the event").click()
    expect(host.get_by_text("The event is up.")).to_be_visible()

    guest: Page = open_page("/events/", as_=lina, javascript=javascript)
    guest.get_by_role("link", name="River day").click()
    expect(guest.get_by_text(LINK)).to_have_count(0)
    guest.get_by_role("button", name="I’m coming").click()
    expect(guest.get_by_text("You have a seat")).to_be_visible()
    expect(guest.get_by_role("link", name=LINK)).to_be_visible()

    host.goto("/events/river-day/")
    host.get_by_role("button", name="Wait for a seat").click()
    expect(host.get_by_text("You wait for a seat")).to_be_visible()
    guest.get_by_role("button", name="Only interested").click()
    expect(guest.get_by_text("You are interested")).to_be_visible()
    expect(guest.get_by_text(LINK)).to_have_count(0)
    host.goto("/events/river-day/")
    expect(host.get_by_text("You have a seat")).to_be_visible()

    event = Event.objects.get()
    Attendance.objects.filter(member=lina).update(answer="attending", seated_at=timezone.now())
    move_event(event, starts_at=timezone.now() - timedelta(hours=3))
    for page in (host, guest):
        page.goto("/events/river-day/")
        page.get_by_role("button", name="Yes, I was there").click()
        expect(page.get_by_text("You were there.")).to_be_visible()
    guest.get_by_role("link", name="Connect with Ines Moreau").click()
    expect(guest.get_by_role("button", name="Send request")).to_be_visible()
    guest.goto("/in/ines/")
    expect(guest.get_by_role("link", name="Both were at River day")).to_be_visible()


@BOTH_WAYS
def test_a_host_cancels_after_being_asked_and_the_address_of_a_calendar_is_made_and_ended(open_page, ines, javascript):
    event = put_up_event(ines, "Snow school")
    seat(event, MemberFactory())
    page: Page = open_page("/events/snow-school/", as_=ines, javascript=javascript)
    page.get_by_role("link", name="Cancel the event").click()
    expect(page.get_by_role("heading", name="Cancel “Snow school”?")).to_be_visible()
    page.get_by_role("button", name="Cancel the event").click()
    expect(page.get_by_text("This event is cancelled.")).to_be_visible()
    page.goto("/events/calendar/")
    page.get_by_role("button", name="Make the address").click()
    expect(page.locator(".key")).to_contain_text(".ics")
    page.get_by_role("button", name="End the address").click()
    expect(page.get_by_role("button", name="Make the address")).to_be_visible()
