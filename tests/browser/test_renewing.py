"""What is told renews the lists of an open page, and nobody loses their place in them."""

import pytest
from playwright.sync_api import Page, expect

from messaging.actions import open_conversation, send_message
from network.actions import accept_request, ask_question, decline_request, withdraw_request
from tests.factories import MemberFactory, connect_all, like, post, request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


def tell(page: Page, word: str, *, spread: int = 0) -> None:
    page.evaluate(
        "detail => document.dispatchEvent(new CustomEvent('live', {detail}))",
        {"word": word, "key": 0, "spread": spread},
    )


def test_a_list_that_is_told_of_something_keeps_what_one_does_in_it(open_page, ines, lina):
    others = MemberFactory.create_batch(25)
    connect_all(ines, others)
    talks = [
        send_message(open_conversation(ines, other), by=other, text="Good morning").conversation for other in others
    ]

    # In the list, read on, searching for something, with the focus on an entry far down.
    page = open_page("/messages/", as_=ines)
    entries = page.locator(".conversation")
    page.get_by_role("link", name="Show more").click()
    expect(entries).to_have_count(25)
    page.get_by_label("Search your messages").fill("Good")
    far = page.locator(f"#conversation-{talks[12].pk} a")
    far.focus()
    far.scroll_into_view_if_needed()
    top = page.locator(f"#conversation-{talks[12].pk}").bounding_box()["y"]
    send_message(talks[1], by=others[1], text="Are you there?")
    tell(page, "messages")
    expect(entries.first).to_contain_text("Are you there?")
    expect(entries).to_have_count(25)
    expect(far).to_be_focused()
    page.wait_for_function(
        "([id, top]) => Math.abs(document.getElementById(id).getBoundingClientRect().top - top) < 2",
        arg=[f"conversation-{talks[12].pk}", top],
    )
    expect(page.get_by_label("Search your messages")).to_have_value("Good")

    # Beside an open conversation, while one writes.
    page.goto(f"/messages/{talks[0].pk}/")
    page.get_by_label("Your message").fill("Half a thou")
    send_message(talks[5], by=others[5], text="And you?")
    tell(page, "messages")
    expect(entries.first).to_contain_text("And you?")
    expect(page.get_by_label("Your message")).to_be_focused()
    expect(page.get_by_label("Your message")).to_have_value("Half a thou")

    # Requests: none, then one, then another above it while one looks at the menu of the first.
    page.goto("/network/")
    page.get_by_text("No requests are waiting").wait_for()
    first = request(lina, ines)
    tell(page, "requests")
    row = page.locator(f"#request-{first.pk}")
    row.locator("summary").click()
    expect(page.locator("#tabs [aria-current]")).to_contain_text("1")
    request(MemberFactory(), ines)
    tell(page, "requests")
    expect(page.locator("#rows li[id]")).to_have_count(2)
    expect(row.locator("details")).to_have_attribute("open", "")
    expect(row.locator("summary")).to_be_focused()
    decline_request(first, by=ines)
    tell(page, "requests")
    expect(row).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")

    # Requests that one sent: one of them is accepted while one answers a question about another.
    asked, accepted = request(ines, MemberFactory()), request(ines, MemberFactory())
    ask_question(asked, by=asked.recipient, question="Which weir was it?")
    page.goto("/network/sent/")
    expect(page.locator("#rows li[id^=request]")).to_have_count(2)
    page.get_by_label("Your answer").fill("The one at")
    accept_request(accepted, by=accepted.recipient)
    tell(page, "requests")
    expect(page.locator("#rows li[id^=request]")).to_have_count(1)
    expect(page.locator("#tabs [aria-current]")).to_contain_text("1")
    expect(page.get_by_label("Your answer")).to_have_value("The one at")
    expect(page.get_by_label("Your answer")).to_be_focused()
    withdraw_request(asked, by=ines)
    tell(page, "requests")
    expect(page.locator(".empty")).to_be_visible()
    expect(page.get_by_role("heading", name="While you wait")).to_have_count(0)

    # Where a thousand hear of a post, each is told at once that there is one, and asks later how many.
    page.goto("/")
    tell(page, "posts", spread=100_000)
    expect(page.locator("#news").get_by_role("link", name="New posts")).to_have_attribute("href", "/latest/")


def test_one_more_in_a_notice_of_many_comes_to_an_open_page_of_notices(open_page, ines, tomasz, lina):
    said = post(ines)
    like(tomasz, said)
    page = open_page(as_=ines)
    page.clock.install()
    page.goto("/notices/")
    notice = page.locator(".notice .said").first
    expect(notice).to_contain_text("Tomasz Wiśniewski")
    notice.focus()
    like(lina, said)
    page.clock.run_for(16_000)
    expect(notice).to_contain_text("Lina Svensson and Tomasz Wiśniewski")
    expect(notice).to_be_focused()
