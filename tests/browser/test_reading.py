"""Reading the feed: two orders, why a post is there, hiding it, what is new, and coming back to where one was."""

import pytest
from playwright.sync_api import expect

from feed.actions import delete_post
from messaging.actions import open_conversation, send_message
from tests.factories import MemberFactory, connect, follow, post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


def test_with_javascript_one_hides_in_place_reads_on_and_comes_back_to_the_same_place(open_page):
    ines, tomasz = MemberFactory(first_name="Ines", handle="ines"), MemberFactory(first_name="Tomasz", handle="tomasz")
    connect(tomasz, ines)
    for number in range(1, 66):
        post(tomasz, f"Number {number}.")

    page = open_page("/highlights/", as_=ines)
    first = page.locator("article.post").first
    first.locator(".why a").click()
    expect(page.get_by_role("dialog", name="Why is this here?")).to_contain_text("counts most")
    page.keyboard.press("Escape")
    first.locator("summary").click()
    first.get_by_role("button", name="Hide this post").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article.post", has_text="Number 65.")).to_be_visible()

    for order in ("Latest", "Highlights"):
        page.get_by_role("link", name=order, exact=True).click()
        for shown in (20, 40, 60):
            expect(page.locator("article.post")).to_have_count(shown)
            page.get_by_role("link", name="Show more").scroll_into_view_if_needed()
        expect(page.locator("article.post")).to_have_count(65)
        far = page.locator("article.post", has_text="Number 12.")
        far.scroll_into_view_if_needed()
        top = far.bounding_box()["y"]
        far.locator("time").click()
        expect(page).to_have_title("A post by Tomasz Example · Acquaint")
        page.go_back()
        expect(page.locator("article.post")).to_have_count(65)
        page.wait_for_function(
            "([top]) => Math.abs([...document.querySelectorAll('article.post')].find((post) => "
            "post.textContent.includes('Number 12.')).getBoundingClientRect().top - top) < 3",
            arg=[top],
        )
        page.evaluate("window.scrollTo(0, 0)")

    post(tomasz, "Just now.")
    gone = post(tomasz, "And gone.")
    page.locator("#news").dispatch_event("news")
    expect(page.get_by_role("link", name="2 new posts")).to_be_visible()
    delete_post(gone, by=tomasz)
    page.locator("#news").dispatch_event("news")
    expect(page.get_by_role("link", name="1 new post")).to_be_visible()
    expect(page.get_by_text("Just now.")).to_have_count(0)
    page.get_by_role("link", name="1 new post").click()
    expect(page.locator("article.post").first).to_contain_text("Just now.")
    gone = post(tomasz, "And gone.")
    page.locator("#news").dispatch_event("news")
    expect(page.get_by_role("link", name="1 new post")).to_be_visible()
    delete_post(gone, by=tomasz)
    page.locator("#news").dispatch_event("news")
    expect(page.locator("#news a")).to_have_count(0)


def test_without_javascript_the_same_takes_pages_and_a_message_with_undo(open_page):
    ines, tomasz = MemberFactory(first_name="Ines", handle="ines"), MemberFactory(first_name="Tomasz", handle="tomasz")
    connect(tomasz, ines)
    for number in range(26):
        post(tomasz, f"Number {number}.")

    page = open_page("/highlights/", as_=ines, javascript=False)
    page.get_by_role("link", name="Show more").click()
    expect(page.locator("article.post")).to_have_count(6)
    card = page.locator("article.post", has_text="Number 0.")
    card.locator("summary").click()
    card.get_by_role("button", name="Hide this post").click()
    expect(page.locator("#messages")).to_contain_text("This post is hidden from your feed.")
    page.locator("#messages").get_by_role("button", name="Undo").click()
    page.locator("article.post").first.locator(".why a").click()
    page.get_by_role("button", name="Mute Tomasz for good").click()
    expect(page.locator("#messages")).to_contain_text("Tomasz Example stays out of your feed.")
    expect(page.locator("article.post")).to_have_count(0)
    page.goto("/settings/muted/")
    page.get_by_role("button", name="Unmute").click()
    expect(page.get_by_text("Nothing is muted or hidden")).to_be_visible()


WHERE = "id => document.getElementById(id).getBoundingClientRect().top"


def test_one_comes_back_to_where_one_was_in_a_conversation_and_among_notices(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    sent = [send_message(conversation, by=ines, text=f"Line {number}.").pk for number in range(80)]
    page = open_page(f"/messages/{conversation.pk}/", as_=ines, height=700)
    page.wait_for_timeout(100)
    for count in (60, 80):
        page.evaluate("scrollTo(0, 0)")
        expect(page.locator(".message")).to_have_count(count)
    page.locator(f"#message-{sent[20]}").scroll_into_view_if_needed()
    top = page.evaluate(WHERE, f"message-{sent[20]}")
    page.goto("/messages/")
    page.go_back()
    expect(page.locator(f"#message-{sent[20]}")).to_be_visible()
    page.wait_for_function(f"([id, top]) => Math.abs(({WHERE})(id) - top) < 3", arg=[f"message-{sent[20]}", top])

    for number in range(25):
        follow(MemberFactory(first_name=f"Number{number}"), ines)
    page.goto("/notices/")
    page.get_by_role("link", name="Show more").click()
    expect(page.locator(".notice")).to_have_count(25)
    far = page.locator(".notice").nth(22)
    far.scroll_into_view_if_needed()
    name, top = far.get_attribute("id"), far.bounding_box()["y"]
    far.locator(".said").click()
    expect(page.locator(".notice")).to_have_count(0)
    page.go_back()
    expect(page.locator(".notice")).to_have_count(25)
    page.wait_for_function(f"([id, top]) => Math.abs(({WHERE})(id) - top) < 3", arg=[name, top])
