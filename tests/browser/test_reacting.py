"""Reacting to a post in one of five ways: by keyboard from a menu, and on a page of its own without JavaScript."""

import pytest
from playwright.sync_api import expect

from feed.models import Reaction
from tests.factories import MemberFactory, connect, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_member_chooses_another_way_to_react_and_takes_it_back(open_page, javascript):
    ines, tomasz = MemberFactory(first_name="Ines"), MemberFactory(first_name="Tomasz")
    connect(tomasz, ines)
    said = post(ines, "The gauges agree.")
    page = open_page("/", as_=tomasz, javascript=javascript)
    page.get_by_role("link", name="Other ways to react").click()
    if javascript:
        expect(page.locator(".menu-items").get_by_role("button", name="Like")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".menu-items").get_by_role("button", name="Curious")).to_be_hidden()
        page.keyboard.press("Enter")
        for _step in range(5):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Curious").click()
    expect(page.get_by_role("button", name="Curious")).to_have_attribute("aria-pressed", "true")
    assert Reaction.objects.get().kind == "curious"

    page.goto(said.get_absolute_url())
    page.get_by_role("link", name="Curious: 1").click()
    expect(page.get_by_role("link", name=tomasz.name)).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Curious").click()
    expect(page.get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "false")
    assert not Reaction.objects.exists()
