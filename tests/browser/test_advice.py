"""Connect or follow, from the profile, and from following to connecting: with JavaScript and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from network.models import Follow, NotNow
from tests.factories import MemberFactory, answer_each_other, follow, post, put_up_event, seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_whether_they_talked_decides_and_not_now_is_kept(open_page, javascript):
    ines = MemberFactory(first_name="Ines", last_name="Moreau", handle="ines")
    grace = MemberFactory(first_name="Grace", last_name="Mwangi", handle="grace")
    lina = MemberFactory(first_name="Lina", last_name="Svensson", handle="lina")
    event = put_up_event(ines, "RiverConf", starts_at=timezone.now().replace(hour=10) - timedelta(days=3))
    seat(event, ines, lina, confirmed=True)
    follow(lina, grace)
    answer_each_other(lina, grace, post(grace, audience="public"))

    page: Page = open_page("/in/ines/", as_=lina, javascript=javascript)
    advice = page.get_by_role("region", name="Did you and Ines talk?")
    expect(advice).to_contain_text("You were both at RiverConf")
    advice.get_by_role("link", name="Yes, we talked").click()
    expect(page.get_by_label("Met at an event")).to_be_checked()
    expect(page.get_by_label("Your note")).to_have_value("Hi Ines, it was good to talk with you at RiverConf. ")
    page.go_back()
    advice.get_by_role("link", name="No", exact=True).click()
    expect(page.get_by_role("heading", name="Follow Ines")).to_be_visible()
    expect(page.get_by_role("link", name="Or ask to connect")).to_be_visible()
    page.get_by_text("Is there something the site can’t know?").click()
    page.get_by_role("link", name="We did business together").click()
    expect(page.get_by_role("heading", name="Connect with Ines")).to_be_visible()
    page.get_by_role("button", name="Or follow Ines first").click()
    expect(page.get_by_text("You follow Ines.")).to_be_visible()
    assert Follow.objects.filter(follower=lina, followed=ines).exists()

    page.goto("/in/grace/")
    expect(page.get_by_text("You and Grace have answered each other on 3 days")).to_be_visible()
    page.goto("/network/following/")
    page.get_by_role("button", name="Not now with Grace").click()
    expect(page.get_by_text("Grace will not be told.")).to_be_visible()
    expect(page.get_by_role("heading", name="Connect with Grace?")).to_have_count(0)
    assert NotNow.objects.filter(member=lina, other=grace).exists()
    page.goto("/in/grace/")
    expect(page.get_by_role("heading", name="You follow Grace, which is right for now")).to_be_visible()
