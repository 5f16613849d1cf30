"""What every page has: header, places, menu, forms that are sent once, and room on a small phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import violations_in_light_and_dark

PAGES = ["account_login", "account_signup", "account_reset_password", "account_inactive"]


def test_axe_finds_nothing_on_the_way_in_in_light_and_dark(open_page):
    page = open_page(bypass_csp=True)
    for name in PAGES:
        page.goto(reverse(name))
        assert violations_in_light_and_dark(page) == [], name


def test_nothing_is_wider_than_the_smallest_phone(open_page):
    page = open_page(width=320)
    for name in PAGES:
        page.goto(reverse(name))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_a_small_phone_has_the_five_places_at_the_bottom_with_targets_for_fingers(open_page, lina):
    page = open_page(reverse("account_email"), as_=lina, width=320, height=568)
    bar = page.locator(".nav")
    box = bar.bounding_box()
    assert box["y"] + box["height"] == 568
    targets = page.locator(".nav > a, .nav > .menu > summary")
    assert targets.count() == 5
    for target in targets.all():
        size = target.bounding_box()
        assert size["width"] >= 44
        assert size["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("javascript", [True, False])
def test_signing_out_takes_the_menu_and_one_press(open_page, lina, javascript):
    page = open_page(reverse("account_email"), as_=lina, javascript=javascript)
    page.locator(".nav .menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(reverse("account_email"))
    assert reverse("account_login") in page.url


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_page, lina):
    page = open_page(reverse("account_email"), as_=lina)
    summary = page.locator(".nav .menu > summary")
    summary.click()
    assert page.locator(".nav .menu-items").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".nav .menu-items").is_visible()
    assert summary.evaluate("summary => summary === document.activeElement")


def test_a_menu_closes_when_one_presses_elsewhere(open_page, lina):
    page = open_page(reverse("account_email"), as_=lina)
    page.locator(".nav .menu > summary").click()
    page.locator("h1").click()
    assert not page.locator(".nav .menu-items").is_visible()


def test_a_pressed_button_waits_and_a_second_press_sends_nothing(open_page):
    page = open_page(reverse("account_login"))
    sent = []

    def answer_nothing(route):
        if route.request.method == "POST":
            sent.append(route.request)
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/login/", answer_nothing)
    page.fill("[name=login]", "lina@example.com")
    page.fill("[name=password]", "something")
    button = page.locator("main form button")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    button.dispatch_event("click")
    page.wait_for_timeout(300)
    assert len(sent) == 1


def test_the_keyboard_reaches_the_content_first(open_page):
    page = open_page(reverse("account_login"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_of_tabs_that_are_wider_than_the_screen_one_sees_the_open_one(open_page, ines):
    page = open_page("/notices/?show=more", as_=ines, width=320)
    tab = page.get_by_role("link", name="More", exact=True)
    box = tab.bounding_box()
    assert 0 <= box["x"] <= 320 - box["width"]
