"""The browser tests' own instruments: they hear what a page does wrong."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import OF_COLOURS, bring_axe, violations_in_light_and_dark
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


def test_axe_has_no_other_rules_about_colours(page: Page):
    bring_axe(page)
    page.goto("/healthz")
    rules = page.evaluate("axe.getRules(['cat.color'])")
    for_everybody = {rule["ruleId"] for rule in rules if "wcag2aaa" not in rule["tags"]}
    assert for_everybody == set(OF_COLOURS["values"])


def test_what_axe_finds_in_one_colour_scheme_is_found_from_the_other(page: Page):
    page.set_content("""<!doctype html><html lang="en"><title>Pale</title><main><h1>Pale</h1><style>
        body { background: white; color: black; transition: all 1s }
        @media (prefers-color-scheme: dark) { body { background: black; color: #222 } }</style></main>""")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        (found,) = violations_in_light_and_dark(page)
        assert "color-contrast" in found
        assert found.startswith("in dark") is (scheme == "light")


def test_what_a_test_allows_is_no_complaint():
    complaints = Complaints(allowed=["404"])
    complaints.note("console error: the server responded with a status of 404")
    complaints.note("console error: something else")
    assert complaints.heard == ["console error: something else"]


def test_the_running_site_opens_in_the_browser(open_page):
    page = open_page("/healthz", javascript=False, scheme="dark", width=390)
    assert page.inner_text("body").strip() == "ok"
