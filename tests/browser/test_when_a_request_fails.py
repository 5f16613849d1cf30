"""What a member sees when the network or the site lets them down: the page as it was, and a polite sentence."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("status", "sentence"), [(500, "That did not work"), (404, "no longer here"), (429, "a lot at once")]
)
def test_an_answer_that_is_no_piece_leaves_the_page_and_says_why(open_page, lina, status, sentence):
    page = open_page(lina.get_absolute_url(), as_=lina, allowed=[str(status)])
    page.route("**/profile/**", lambda route: route.fulfill(status=status, body="<h1>Not for this place</h1>"))
    page.locator("main [hx-get]").first.click()
    expect(page.locator("#notice-bar")).to_contain_text(sentence)
    expect(page.get_by_text("Not for this place")).to_have_count(0)
    expect(page.get_by_role("heading", name=lina.name)).to_be_visible()


def test_a_network_that_is_gone_is_said_and_the_next_try_works(open_page, lina):
    page = open_page(lina.get_absolute_url(), as_=lina, allowed=["ERR_", "Failed to fetch"])
    page.route("**/profile/**", lambda route: route.abort())
    page.locator("main [hx-get]").first.click()
    expect(page.locator("#notice-bar")).to_contain_text("Check your connection")
    page.unroute_all()
    page.locator("main [hx-get]").first.click()
    expect(page.locator("#main form").first).to_be_visible()
    expect(page.locator("#notice-bar")).to_be_empty()
