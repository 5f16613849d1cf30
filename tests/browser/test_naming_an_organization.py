"""A member types where they work: the name is suggested, and the position leads to the page of that name."""

import pytest
from playwright.sync_api import expect

from communities.actions import start_organization
from profiles.models import Position
from tests.browser.axe import violations
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lina():
    for name in ("River Authority", "River Trust", "Delta Works"):
        start_organization(by=None, name=name, place="Lyon")
    return MemberFactory(first_name="Lina", last_name="Svensson", email="lina@example.com", handle="lina")


def test_by_the_keyboard_with_suggestions(open_page, lina):
    page = open_page("/in/lina/", as_=lina, width=320, bypass_csp=True)
    page.get_by_role("link", name="Add a position").click()
    field = page.get_by_role("combobox", name="Organization")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("river")
    expect(options).to_have_count(2)
    expect(page.get_by_text("2 organizations have a page here")).to_be_attached()
    assert violations(page) == []
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("river")
    field.press("ArrowDown")
    expect(options).to_have_count(2)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("River Trust")
    assert not Position.objects.exists(), "choosing fills in the name and sends nothing"
    field.press("Enter")
    expect(page.locator("#positions").get_by_role("link", name="River Trust", exact=True)).to_be_visible()


def test_by_pointing_and_with_a_name_that_nobody_knows(open_page, lina):
    page = open_page("/in/lina/", as_=lina)
    page.get_by_role("link", name="Add a position").click()
    field = page.get_by_role("combobox", name="Organization")
    field.press_sequentially("delta")
    page.get_by_role("option", name="Delta Works").click()
    expect(field).to_have_value("Delta Works")
    expect(field).to_be_focused()
    field.fill("Stone & Reed")
    page.get_by_role("button", name="Save").click()
    start = page.get_by_role("link", name="Start the page of Stone & Reed")
    start.click()
    expect(page.get_by_label("Name")).to_have_value("Stone & Reed")


def test_without_javascript_the_name_alone_leads_there(open_page, lina):
    page = open_page("/in/lina/", as_=lina, javascript=False)
    page.get_by_role("link", name="Add a position").click()
    page.get_by_label("Organization").fill("the river authority, inc.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="the river authority, inc.", exact=True).click()
    expect(page.get_by_role("heading", name="River Authority", level=1)).to_be_visible()
