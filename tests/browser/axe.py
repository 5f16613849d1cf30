"""What axe finds on a page that is open."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what is wrong is told in full, and no file is fetched again for it.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules for which the colour scheme makes a difference; a test holds that axe has no others."""

# Colours change over a moment, and what stands in between is not what anybody reads.
AT_ONCE = """{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, ::before, ::after { transition: none !important }');
  document.adoptedStyleSheets.push(sheet);
}"""


def bring_axe(page: Page) -> None:
    """Let every page that is opened here bring axe along, which is quicker than giving it to each."""
    page.add_init_script(AXE_SCRIPT + AT_ONCE)


def violations(page: Page, **options: Any) -> list[str]:
    """Return what violates a rule of axe.

    What axe does to measure colours is inline style, which the site's own policy refuses: open the page with
    `bypass_csp` where that would matter.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT + AT_ONCE)
    found = page.evaluate(f"axe.run({json.dumps(OPTIONS | options)}).then(results => results.violations)")
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"][:2]
    ]


def violations_in_light_and_dark(page: Page, **options: Any) -> list[str]:
    """Return what violates a rule in the colour scheme that the page is in, or one about colours in the other."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found = violations(page, **options)
    page.emulate_media(color_scheme="light" if dark else "dark")
    return found + [f"in {'light' if dark else 'dark'}: {one}" for one in violations(page, runOnly=OF_COLOURS)]
