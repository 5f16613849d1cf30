"""People you may know, in a browser, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from network.models import Dismissal
from tests.factories import MemberFactory, connect

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])


@BOTH_WAYS
def test_somebody_suggested_is_dismissed_and_taken_back_and_asked(open_page, ines, tomasz, javascript):
    for first in ("Noor", "Zoe"):
        connect(MemberFactory(first_name=first, last_name="Haddad", handle=first.lower()), tomasz)
    page: Page = open_page("/network/", as_=ines, javascript=javascript)
    page.get_by_role("link", name="Suggestions").click()
    people = page.locator("#rows > ul > li")
    expect(people).to_have_count(2)
    expect(people.first.get_by_text("1 mutual connection")).to_be_visible()

    page.get_by_role("button", name="Don’t suggest Noor Haddad").click()
    if javascript:
        undo = page.get_by_role("button", name="Undo: suggest Noor Haddad again")
        expect(undo).to_be_focused()
        expect(page.get_by_role("link", name="Noor Haddad")).to_have_count(0)
        undo.press("Enter")
        expect(page.get_by_role("button", name="Don’t suggest Noor Haddad")).to_be_visible()
        assert not Dismissal.objects.exists()
        page.get_by_role("button", name="Don’t suggest Noor Haddad").click()
        expect(undo).to_be_focused()
        page.reload()
    else:
        expect(page.get_by_text("Noor Haddad will not be suggested to you any more.")).to_be_visible()
    expect(people).to_have_count(1)

    page.get_by_role("link", name="People you don’t want suggested").click()
    page.get_by_role("button", name="Suggest Noor Haddad again").click()
    expect(page.get_by_text("Nobody.")).to_be_visible()
    page.get_by_role("link", name="Back to the suggestions").click()
    expect(people).to_have_count(2)

    page.get_by_role("link", name="Connect with Noor Haddad").click()
    page.get_by_text("Worked together").click()
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_text("Your request to Noor Haddad is sent.")).to_be_visible()
    page.goto("/network/suggestions/")
    expect(people).to_have_count(1)
