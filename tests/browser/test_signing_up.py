"""From an email address to a member with a name: in a real browser, with JavaScript and without, and by keyboard."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from accounts.actions import leave, send_claim_link
from accounts.models import User
from tests.browser.axe import violations, violations_in_light_and_dark
from tests.factories import MemberFactory, UnclaimedFactory

PASSWORD = "seventeen-herons"


@pytest.fixture(autouse=True)
def _mail_and_attempts(settings, transactional_db):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    cache.clear()


def link_in(letter) -> str:
    return re.search(r"http://\S+", letter.body).group()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_newcomer_signs_up_verifies_and_says_who_they_are(open_page, javascript):
    MemberFactory(first_name="Already", last_name="Here")
    page = open_page(reverse("account_signup"), javascript=javascript, timezone_id="Europe/Lisbon")
    page.get_by_label("Email").fill("newcomer@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(link_in(mail.outbox[0]))
    page.locator("main").get_by_role("button").click()
    expect(page).to_have_url(re.compile(reverse("welcome")))
    if javascript:
        expect(page.get_by_label("Time zone")).to_have_value("Europe/Lisbon")
    page.get_by_label("First name").fill("Beatriz")
    page.get_by_label("Last name").fill("Nóbrega")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People you may like to meet")
    expect(page.get_by_text("Already Here").first).to_be_visible()
    member = User.objects.get(email="newcomer@example.com")
    assert member.handle == "beatriz-nobrega"
    assert member.time_zone == ("Europe/Lisbon" if javascript else "")


def test_signing_in_works_by_keyboard_alone(open_page):
    MemberFactory(email="keys@example.com", password=PASSWORD)
    page = open_page(f"{reverse('account_login')}?next={reverse('settings')}")
    page.get_by_label("Email").focus()
    page.keyboard.type("keys@example.com")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('input[type=password]')"):
        page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/settings/$"))


def test_somebody_from_the_roster_claims_their_account(open_page):
    person = UnclaimedFactory(first_name="Noor", last_name="Haddad", email="noor@example.com")
    send_claim_link(person)
    page = open_page(link_in(mail.outbox[0]).partition("testserver")[2] or link_in(mail.outbox[0]), javascript=False)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Claim my account").click()
    expect(page.get_by_label("First name")).to_have_value("Noor")


def test_a_member_leaves_and_comes_back(open_page):
    MemberFactory(email="rosa@example.com", password=PASSWORD)
    page = open_page(f"{reverse('account_login')}?next={reverse('settings_delete')}", javascript=False)
    page.get_by_label("Email").fill("rosa@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are signed out")
    page.goto(f"{reverse('account_login')}?next={reverse('settings')}")
    page.get_by_label("Email").fill("rosa@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Keep my account").click()
    page.goto(reverse("settings"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")


PAGES = ["settings", "settings_blocked", "settings_delete", "welcome", "welcome_people"]


def test_axe_finds_nothing_in_the_settings_and_the_welcome_in_light_and_dark(open_page, lina, jorge):
    page = open_page(as_=lina, bypass_csp=True)
    for name in PAGES:
        page.goto(reverse(name))
        assert violations_in_light_and_dark(page) == [], name


def test_nothing_of_it_is_wider_than_the_smallest_phone(open_page, lina):
    page = open_page(as_=lina, width=320)
    for name in PAGES:
        page.goto(reverse(name))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_axe_finds_nothing_on_the_pages_of_those_who_come_and_go(open_page, lina):
    person = UnclaimedFactory(first_name="Noor")
    send_claim_link(person)
    leave(by=lina)
    claim = "/claim/" + link_in(mail.outbox[0]).partition("/claim/")[2]
    page = open_page(claim, bypass_csp=True)
    assert violations(page) == []
    for address in [reverse("send_link_again")]:
        page.goto(address)
        assert violations(page) == []
    page = open_page(reverse("leaving"), as_=lina, bypass_csp=True)
    assert violations(page) == []
