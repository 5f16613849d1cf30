"""Posting for connections only, liking, commenting and reading on, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from feed.models import Comment, Post, Reaction
from tests.browser.axe import violations_in_light_and_dark
from tests.factories import MemberFactory, comment, connect, post

pytestmark = pytest.mark.django_db(transaction=True)

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
REFUSED = [r"422 \(Unprocessable"]  # Chromium's own remark about an answer that a form expects
GONE = [r"404 \(Not Found"]


@pytest.fixture
def pair():
    """Ines and Tomasz, who are connected."""
    ines = MemberFactory(first_name="Ines", last_name="Moreau", handle="ines")
    tomasz = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", handle="tomasz")
    connect(tomasz, ines)
    return ines, tomasz


@BOTH
def test_a_post_for_connections_is_seen_by_a_connection_and_not_by_a_stranger(open_page, pair, javascript):
    ines, tomasz = pair
    page = open_page("/", as_=ines, javascript=javascript, allowed=REFUSED)
    page.get_by_role("link", name="Share something").click()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("Write something, or add a picture.")).to_be_visible()
    page.get_by_label("Share something").fill("The gauges agree.\n\nSee https://example.org/data")
    page.get_by_label("Who sees it").select_option("connections")
    page.get_by_role("button", name="Post", exact=True).click()

    card = page.locator("article.post").first
    expect(card).to_contain_text("The gauges agree.")
    expect(card).to_contain_text("Connections only")
    expect(card.get_by_role("link", name="https://example.org/data")).to_have_attribute("rel", "nofollow ugc noopener")
    expect(page.get_by_role("link", name="Share something")).to_be_visible()
    assert Post.objects.count() == 1

    theirs = open_page("/", as_=tomasz, javascript=javascript)
    expect(theirs.locator("article.post")).to_contain_text("You are connected with Ines.")
    expect(theirs.locator("article.post")).to_contain_text("The gauges agree.")

    stranger = open_page(f"/posts/{Post.objects.get().pk}/", as_=MemberFactory(), javascript=javascript, allowed=GONE)
    expect(stranger.get_by_text("The gauges agree.")).to_have_count(0)
    stranger.goto("/in/ines/posts/")
    expect(stranger.get_by_text("The gauges agree.")).to_have_count(0)


@BOTH
def test_a_member_likes_and_comments_and_the_author_replies(open_page, pair, javascript):
    ines, tomasz = pair
    mine = post(ines)
    page = open_page("/", as_=tomasz, javascript=javascript)
    page.get_by_role("button", name="Like").click()
    expect(page.get_by_role("button", name="Like · 1")).to_have_attribute("aria-pressed", "true")
    assert Reaction.objects.count() == 1

    page.goto(mine.get_absolute_url())
    page.get_by_label("Your comment").fill("Which ones?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".thread")).to_contain_text("Which ones?")
    expect(page.locator("article.post footer")).to_contain_text("Comment · 1")
    expect(page.get_by_label("Your comment")).to_have_value("")

    answering = open_page(mine.get_absolute_url(), as_=ines, javascript=javascript)
    answering.get_by_role("link", name="Reply").click()
    expect(answering.get_by_label("Your reply")).to_be_focused()
    answering.get_by_label("Your reply").fill("All eleven.")
    answering.get_by_role("button", name="Reply", exact=True).click()
    expect(answering.locator(".reply")).to_contain_text("All eleven.")
    expect(answering.locator("article.post footer")).to_contain_text("Comment · 2")
    assert Comment.objects.count() == 2


@BOTH
def test_a_member_reposts_and_takes_it_back(open_page, pair, javascript):
    ines, tomasz = pair
    post(ines, audience="public")
    page = open_page("/", as_=tomasz, javascript=javascript)
    page.get_by_role("link", name="Repost").click()
    page.get_by_role("button", name="Repost", exact=True).click()
    expect(page.get_by_text("You reposted what Ines wrote.")).to_be_visible()
    expect(page.locator("article.post")).to_have_count(1)
    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Your repost is gone.")).to_be_visible()
    assert Post.objects.count() == 1


@BOTH
def test_a_member_edits_and_deletes_a_post_from_its_menu(open_page, pair, javascript):
    ines, _tomasz = pair
    post(ines, "Before.", audience="public")
    page = open_page("/", as_=ines, javascript=javascript)
    page.locator("article.post summary").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Your words").fill("After.")
    page.get_by_label("Who sees it").select_option("members")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("article.post")).to_contain_text("After.")
    expect(page.locator("article.post")).to_contain_text("edited")
    page.locator("article.post summary").click()
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete the post").click()
    expect(page.get_by_text("Your post is gone.")).to_be_visible()
    assert not Post.objects.exists()


def test_the_feed_goes_on_by_itself_with_javascript(open_page, pair):
    ines, tomasz = pair
    for number in range(45):
        post(tomasz, f"Number {number:02}.")
    page = open_page("/", as_=ines)
    for seen in ("Number 25.", "Number 05.", "Number 00."):
        page.get_by_text(seen).wait_for()
        page.get_by_text(seen).scroll_into_view_if_needed()
        page.keyboard.press("End")
    said = page.locator("article.post .say").all_inner_texts()
    assert said == [f"Number {number:02}." for number in range(44, -1, -1)]


def test_the_feed_goes_on_by_pages_without_javascript(open_page, pair):
    ines, tomasz = pair
    for number in range(25):
        post(tomasz, f"Number {number:02}.")
    page = open_page("/", as_=ines, javascript=False)
    page.get_by_role("link", name="Show more").click()
    assert page.locator("article.post .say").all_inner_texts() == [
        f"Number {number:02}." for number in range(4, -1, -1)
    ]
    page.get_by_role("link", name="Back to the newest").click()
    expect(page.get_by_text("Number 24.")).to_be_visible()


def test_a_link_to_a_post_is_copied(open_page, pair):
    ines, _tomasz = pair
    mine = post(ines)
    page = open_page("/", as_=ines, permissions=["clipboard-read", "clipboard-write"])
    page.locator("article.post summary").click()
    page.get_by_role("link", name="Link to this post").click()
    expect(page.get_by_text("The link is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(mine.get_absolute_url())


def test_axe_finds_nothing_on_the_pages_of_the_feed_in_light_and_dark(open_page, pair):
    ines, tomasz = pair
    mine = post(tomasz, "Something to read.", audience="public")
    comment(tomasz, mine, reply_to=comment(ines, mine))
    page = open_page(as_=ines)
    for address in (
        "/",
        mine.get_absolute_url(),
        "/posts/new/",
        f"{mine.get_absolute_url()}repost/",
        "/in/tomasz/posts/",
    ):
        page.goto(address)
        assert violations_in_light_and_dark(page) == [], address
    visitor = open_page("/")
    assert violations_in_light_and_dark(visitor) == []
