"""Three members and an introduction, in a browser, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from network.models import Connection, Introduction
from tests.factories import connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_one_asks_another_passes_it_on_and_the_third_connects(open_page, ines, tomasz, lina, javascript):
    connect(lina, tomasz)
    asker: Page = open_page("/in/ines/introduction/", as_=lina, javascript=javascript, allowed=["status of 422"])
    expect(asker.get_by_role("radio", name="Tomasz Wiśniewski")).to_be_checked()
    asker.get_by_role("button", name="Ask for the introduction").click()
    expect(asker.get_by_text("Say why you would like to be introduced.")).to_be_visible()
    asker.get_by_label("Why would you like to meet Ines?").fill("We both read old gauges.")
    asker.get_by_role("button", name="Ask for the introduction").click()
    expect(asker.get_by_text("You asked Tomasz Wiśniewski for an introduction to Ines Moreau.")).to_be_visible()
    expect(asker.get_by_text(re.compile("You asked Tomasz Wiśniewski for an introduction on"))).to_be_visible()

    between: Page = open_page("/network/", as_=tomasz, javascript=javascript)
    between.get_by_role("link", name="Introductions 1").click()
    expect(between.get_by_text("We both read old gauges.")).to_be_visible()
    if javascript:  # changing one's mind: declining takes the row away, and it waits among those answered
        between.get_by_role("button", name="Decline to introduce Lina Svensson").click()
        expect(between.get_by_text("You don’t pass it on. Lina will not be told.")).to_be_visible()
        expect(between.get_by_role("link", name="Introductions", exact=True)).to_be_visible()
        between.get_by_role("link", name="Introductions that you answered").click()
    between.get_by_role("link", name="Introduce Lina Svensson to Ines Moreau").click()
    between.get_by_label("Your line to Ines").fill("Lina knows every gauge of the Saône.")
    between.get_by_role("button", name="Introduce them").click()
    expect(between.get_by_text("You introduced Lina Svensson to Ines Moreau.")).to_be_visible()

    asker.goto("/network/introductions/")
    expect(asker.get_by_text(re.compile("Tomasz Wiśniewski introduced you on"))).to_be_visible()
    asker.get_by_role("link", name="Ask Ines, and name Tomasz").click()
    expect(asker.get_by_role("radio", name="Tomasz Wiśniewski")).to_be_checked()

    met: Page = open_page("/network/introductions/", as_=ines, javascript=javascript)
    expect(met.get_by_text("Lina knows every gauge of the Saône.")).to_be_visible()
    met.get_by_role("button", name="Connect with Lina Svensson").click()
    expect(met.get_by_text("You and Lina Svensson are connected.")).to_be_visible()
    expect(met.get_by_text("No introductions yet")).to_be_visible()
    assert Connection.objects.filter(member=ines, other=lina).exists()
    assert Introduction.objects.get().connected_at

    between.goto("/notices/")
    expect(between.get_by_text("Ines Moreau connected after your introduction.")).to_be_visible()
