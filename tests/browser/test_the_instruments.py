"""The browser tests' own instruments: they hear what a page does wrong."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Complaints, listen

SITE = "http://localhost:9"


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.log('hello')", "console log: hello"),
        ("setTimeout(() => { throw new Error('broken') })", "script error: broken"),
        ("fetch('http://192.0.2.1/x').catch(() => 0)", "asked for http://192.0.2.1/x"),
    ],
)
def test_a_message_an_error_and_a_call_elsewhere_are_heard(browser: Browser, script: str, complaint: str):
    context = browser.new_context()
    complaints = Complaints()
    listen(context, complaints, SITE)
    page = context.new_page()
    page.evaluate(script)
    page.wait_for_timeout(200)
    context.close()
    assert any(complaint in heard for heard in complaints.heard), complaints.heard


def test_what_a_test_allows_is_no_complaint():
    complaints = Complaints(allowed=["404"])
    complaints.note("console error: the server responded with a status of 404")
    complaints.note("console error: something else")
    assert complaints.heard == ["console error: something else"]


def test_the_running_site_opens_in_the_browser(open_page):
    page = open_page("/healthz", javascript=False, scheme="dark", width=390)
    assert page.inner_text("body").strip() == "ok"
