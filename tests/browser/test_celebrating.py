"""Letting others know of a new position, and being congratulated, with JavaScript and without."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from feed.models import Post, Reaction
from tests.factories import MemberFactory, comment, connect, post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]
REFUSED = [r"422 \(Unprocessable"]  # Chromium's own remark about an answer that a form expects


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_a_tick_to_the_feed_of_a_connection_to_a_congratulation_and_back(open_page, javascript):
    ines = MemberFactory(first_name="Ines", last_name="Moreau", handle="ines")
    tomasz = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", handle="tomasz")
    connect(tomasz, ines)
    comment(tomasz, post(ines, "The gauges agree."), "All eleven?")
    today = timezone.localdate()

    page = open_page("/in/ines/", as_=ines, javascript=javascript, allowed=REFUSED)
    page.get_by_role("link", name="Add a position").click()
    page.get_by_label("Title").fill("Head of Rivers")
    page.get_by_label("Organization").fill("Delta Works")
    page.get_by_label("Tell others about this new position").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say in which month and year it began: only what is new is announced.")).to_be_visible()
    expect(page.get_by_label("Tell others about this new position")).to_be_checked()
    page.get_by_label("from, year").fill(str(today.year))
    page.get_by_label("from, month").select_option(str(today.month))
    page.get_by_label("A sentence of your own with it").fill("The river is mine now.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#positions")).to_contain_text("Head of Rivers")
    assert Post.objects.filter(celebrates__isnull=False).count() == 1

    theirs = open_page("/", as_=tomasz, javascript=javascript)
    card = theirs.locator("article.post", has_text="Ines started as Head of Rivers at Delta Works")
    expect(card).to_contain_text("You are connected with Ines.")
    expect(card).to_contain_text("The river is mine now.")
    expect(card.get_by_role("link", name="Repost")).to_have_count(0)
    card.get_by_role("button", name="Congratulate").click()
    pressed = theirs.get_by_role("button", name="Congratulate · 1")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert Reaction.objects.get().kind == "celebrate"

    page.goto("/notices/")
    expect(page.get_by_text("Tomasz Wiśniewski congratulated you.")).to_be_visible()
    page.goto("/in/tomasz/")
    expect(page.locator("#activity")).to_contain_text("All eleven?")
    page.locator("#activity").get_by_role("link", name="All activity").click()
    expect(page.get_by_role("link", name="Commented on a post by Ines Moreau")).to_be_visible()

    pressed.click()
    expect(theirs.get_by_role("button", name="Congratulate", exact=True)).to_have_attribute("aria-pressed", "false")
    assert not Reaction.objects.exists()

    page.goto("/in/ines/")
    page.get_by_role("link", name="Edit Head of Rivers, Delta Works").click()
    page.get_by_label("Tell others about this new position").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#positions")).to_contain_text("Head of Rivers")
    assert not Post.objects.filter(celebrates__isnull=False).exists()
