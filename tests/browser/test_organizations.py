"""An organization: its page started, an opening posted, followed and ticked; with JavaScript and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Application, OrganizationFollow
from profiles.models import Position

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_page_is_started_filled_followed_and_an_opening_ticked(open_page, ines, lina, javascript):
    Position.objects.create(member=ines, title="Hydrologist", organization="River Authority")
    admin: Page = open_page("/organizations/", as_=ines, javascript=javascript, allowed=["status of 422"])
    admin.get_by_role("link", name="Start its page").click()
    expect(admin.get_by_label("Name", exact=True)).to_have_value("River Authority")
    admin.get_by_label("Kind").select_option("public")
    admin.get_by_role("button", name="Start the page").click()
    expect(admin.get_by_role("heading", name="River Authority", level=1)).to_be_visible()
    admin.get_by_role("link", name="New opening").click()
    admin.get_by_label("Title").fill("Gauger")
    admin.get_by_label("What it is about").fill("Read gauges.")
    admin.get_by_label("Closing date").fill(str(timezone.localdate() + timedelta(days=9)))
    admin.get_by_role("button", name="Post the opening").click()
    expect(admin.get_by_text("Say where it is, or that it can be done remotely.")).to_be_visible()
    expect(admin.get_by_label("What it is about")).to_have_value("Read gauges.")
    admin.get_by_label("Can be done remotely").check()
    admin.get_by_label("Email address for applications").fill("jobs@example.com")
    admin.get_by_role("button", name="Post the opening").click()
    expect(admin.get_by_role("heading", name="Gauger")).to_be_visible()

    reader: Page = open_page("/organizations/river-authority/", as_=lina, javascript=javascript)
    reader.get_by_role("button", name="Follow River Authority").click()
    expect(reader.get_by_text("You follow River Authority: its updates are in your feed.")).to_be_visible()
    expect(reader.get_by_text("1 follower", exact=True)).to_be_visible()
    reader.locator("#card summary", has_text="More about River Authority").click()
    reader.get_by_role("button", name="Keep its updates out of your feed for good").click()
    expect(reader.get_by_text("its updates are kept out of your feed.")).to_be_visible()
    assert OrganizationFollow.objects.get().muted_until
    reader.get_by_role("link", name="Gauger").click()
    reader.get_by_role("button", name="I applied").click()
    expect(reader.get_by_role("button", name="I applied", pressed=True)).to_be_visible()
    assert Application.objects.get().member == lina
    reader.get_by_role("link", name="All your ticks").click()
    expect(reader.get_by_role("link", name="Gauger")).to_be_visible()
