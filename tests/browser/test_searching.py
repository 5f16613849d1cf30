"""Finding people and things in a browser: the one box, the results as one types, saving a search."""

import re

import pytest
from playwright.sync_api import Page, expect

from search.models import SavedSearch
from tests.factories import MemberFactory, connect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


def test_the_box_offers_what_begins_so_and_is_led_by_the_keyboard(open_page, lina):
    near = MemberFactory(first_name="Łukasz", last_name="Nowak", handle="lukasz")
    MemberFactory(first_name="Lukas", last_name="Adler", handle="adler")
    connect(lina, near)
    page: Page = open_page("/", as_=lina)
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("luk")
    expect(page.get_by_role("option")).to_have_count(4)
    expect(page.get_by_role("status").filter(has_text="2 suggestions")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("luk")
    box.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first).to_contain_text("Łukasz Nowak")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    box.press("Enter")
    page.wait_for_url("**/in/lukasz/")
    page.get_by_role("combobox", name="Search").fill("adl")
    page.get_by_role("combobox", name="Search").press("Enter")
    page.wait_for_url("**/search/?q=adl")
    expect(page.get_by_role("main").get_by_role("link", name="Lukas Adler")).to_be_visible()


def test_the_box_is_a_plain_form_without_javascript(open_page, lina):
    MemberFactory(first_name="Łukasz", last_name="Nowak")
    page: Page = open_page("/", as_=lina, javascript=False)
    page.get_by_role("banner").get_by_role("searchbox", name="Search").fill("luk")
    page.get_by_role("banner").get_by_role("searchbox", name="Search").press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Łukasz Nowak")).to_be_visible()


def test_people_appear_as_one_types(open_page, lina):
    MemberFactory(first_name="Łukasz", last_name="Nowak", handle="lukasz", place="Kraków")
    page: Page = open_page("/search/people/", as_=lina)
    box = page.get_by_label("Name, headline, skill, employer, school or place")
    box.press_sequentially("luk")
    expect(page.get_by_role("link", name="Łukasz Nowak")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 person found")).to_have_count(1)
    page.wait_for_url("**/search/people/?q=luk*")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("textbox", name="Place", exact=True).fill("Paris")
    expect(page.get_by_role("heading", name="Nobody found")).to_be_visible()
    page.get_by_role("textbox", name="Place", exact=True).fill("krak")
    expect(page.get_by_role("link", name="Łukasz Nowak")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Place", exact=True)).to_have_value("krak")
    expect(page.get_by_role("link", name="Łukasz Nowak")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_one_reads_on_through_many_people_and_saves_the_search(open_page, lina, javascript):
    for _number in range(45):
        MemberFactory(first_name="Kim")
    page: Page = open_page("/search/people/?q=kim", as_=lina, javascript=javascript)
    people = page.locator("#results .person")
    expect(people).to_have_count(20)
    for shown in (40, 45) if javascript else (20, 5):
        page.get_by_role("link", name="Show more").click()
        expect(people).to_have_count(shown)
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_text("You will hear of it when somebody new matches.")).to_be_visible()
    assert SavedSearch.objects.get().words == "kim"
    page.get_by_role("link", name="Everybody who matches").click()
    expect(people).to_have_count(20)
    page.goto("/search/saved/")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("heading", name="No searches saved")).to_be_visible()
