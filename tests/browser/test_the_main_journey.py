"""The main job from end to end: two newcomers join, connect, write to each other, and one posts for the other."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import create_operator
from accounts.models import User
from feed.models import Post
from tests.factories import MemberFactory

PASSWORD = "seventeen-herons"
GONE = [r"404 \(Not Found"]  # Chromium's own remark about an answer that is expected


@pytest.fixture(autouse=True)
def _mail_and_attempts(settings, transactional_db):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.DEBUG = True  # operators need no second factor on a development machine
    cache.clear()


def join(open_page, *, first_name: str, last_name: str, javascript: bool) -> Page:
    """Sign up, open the link in the email and say who one is."""
    email = f"{first_name.lower()}@example.com"
    page = open_page(reverse("account_signup"), javascript=javascript, allowed=GONE)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    [letter] = [letter for letter in mail.outbox if letter.to == [email]]
    page.goto(re.search(r"http://\S+", letter.body).group())
    page.locator("main").get_by_role("button").click()
    expect(page).to_have_url(re.compile(reverse("welcome")))
    page.get_by_label("First name").fill(first_name)
    page.get_by_label("Last name").fill(last_name)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People you may like to meet")
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_two_newcomers_join_connect_write_and_read(open_page, javascript):
    hers = join(open_page, first_name="Rosa", last_name="Lund", javascript=javascript)
    his = join(open_page, first_name="Milan", last_name="Novák", javascript=javascript)

    # He asks with a note, and she accepts.
    his.goto("/search/?q=rosa")
    his.get_by_role("main").get_by_role("link", name="Rosa Lund").first.click()
    his.get_by_role("link", name="Connect with Rosa Lund").click()
    his.get_by_text("Studied together").click()
    his.get_by_label("Your note").fill("Rosa, we measured snow together in Abisko.")
    his.get_by_role("button", name="Send request").click()
    expect(his.get_by_text("Your request to Rosa Lund is sent.")).to_be_visible()
    hers.goto("/network/")
    expect(hers.get_by_text("we measured snow together")).to_be_visible()
    hers.get_by_role("button", name="Accept the request of Milan Novák").click()
    expect(hers.get_by_text("You and Milan Novák are connected.")).to_be_visible()

    # The conversation begins with the note; they exchange messages.
    hers.goto("/messages/")
    hers.get_by_role("main").get_by_role("link", name="Milan Novák").click()
    expect(hers.locator(".message").get_by_text("we measured snow together")).to_be_visible()
    hers.get_by_label("Your message").fill("And what a spring that was.")
    hers.get_by_role("button", name="Send").click()
    expect(hers.locator(".message.mine").get_by_text("what a spring")).to_be_visible()
    his.goto("/messages/")
    his.get_by_role("main").get_by_role("link", name="Rosa Lund").click()
    expect(his.locator(".message").get_by_text("what a spring")).to_be_visible()
    his.get_by_label("Your message").fill("The ice left on the ninth of June.")
    his.get_by_role("button", name="Send").click()
    expect(his.locator(".message.mine").get_by_text("ninth of June")).to_be_visible()

    # She posts for her connections: he sees it, a stranger doesn't.
    hers.goto("/")
    hers.get_by_role("link", name="Share something").click()
    hers.get_by_label("Share something").fill("Half the snow is gone.")
    hers.get_by_label("Who sees it").select_option("connections")
    hers.get_by_role("button", name="Post", exact=True).click()
    expect(hers.locator("article.post").first).to_contain_text("Half the snow is gone.")
    his.goto("/")
    expect(his.locator("article.post")).to_contain_text("Half the snow is gone.")
    address = Post.objects.get().get_absolute_url()
    stranger = open_page("/", as_=MemberFactory(), javascript=javascript, allowed=GONE)
    for page in ("/", "/in/rosa-lund/posts/", address):
        stranger.goto(page)
        expect(stranger.get_by_text("Half the snow is gone.")).to_have_count(0)

    # An operator hides it: now he doesn't see it either.
    operator = create_operator(email="operator@example.com", first_name="Olga")
    desk = open_page(
        reverse("admin:feed_post_change", args=[Post.objects.get().pk]), as_=operator, javascript=javascript
    )
    desk.get_by_role("link", name="Hide").click()
    desk.get_by_label("Why").fill("A trial.")
    desk.get_by_role("button", name="Hide").click()
    desk.get_by_text(re.compile("^Done: ")).wait_for()
    his.goto("/")
    expect(his.get_by_text("Half the snow is gone.")).to_have_count(0)
    his.goto(address)
    expect(his.get_by_text("Half the snow is gone.")).to_have_count(0)
    assert (
        User.objects.filter(email__in=["rosa@example.com", "milan@example.com"], claimed_at__isnull=False).count() == 2
    )
