"""The site in a real browser, for `tests/browser`.

`open_page()` opens the running site in Chromium, with or without JavaScript, light or dark,
at any width, signed in or not. A message in the browser's console, an error in a script and
a request to anywhere else fail the test at its end.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.browser.chromium import ARGUMENTS, MISSING, chromium

HERE = Path(__file__).resolve().parent
PATIENCE = 10_000  # milliseconds for anything that a page should do by itself

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    path = chromium()
    if path is None:
        pytest.skip(MISSING)
    # Playwright runs an event loop in this thread, which isn't the thread of the site. While it runs, Django gives the
    # thread a connection of its own; the one before, and the one within, are left closed.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()


@dataclass
class Complaints:
    """What a browser had to say about the site that a visitor should never cause."""

    allowed: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self.allowed):
            self.heard.append(text)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, settings: Any) -> Iterator[OpenPage]:
    """Open the site in a browser of one's own (own cookies), any number of times.

    `as_` is a member to be signed in as; `allowed` are patterns of console messages that the
    test expects, such as Chromium's own about an answer of 404.
    """
    settings.SITE_URL = live_server.url
    contexts: list[BrowserContext] = []
    complaints: list[Complaints] = []

    def open_page(
        address: str | None = None,
        *,
        as_: Any = None,
        javascript: bool = True,
        scheme: str = "light",
        width: int = 1280,
        height: int = 900,
        allowed: list[str] | None = None,
        **context_options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            service_workers="block",
            **{"locale": "en-GB", "timezone_id": "UTC"} | context_options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        heard = Complaints(allowed or [])
        complaints.append(heard)
        listen(context, heard, live_server.url)
        if as_ is not None:
            context.add_cookies([session_cookie(as_, live_server.url)])
        page = context.new_page()
        if address is not None:
            page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    heard = [text for listener in complaints for text in listener.heard]
    assert not heard, "the browser complained:\n" + "\n".join(heard)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The site on a desktop, with JavaScript, for a visitor."""
    return open_page()


def listen(context: BrowserContext, complaints: Complaints, site: str) -> None:
    def check(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "blob:")):
            complaints.note(f"asked for {request.url}")

    # Only listened to: `--host-resolver-rules` lets them reach nothing, and a route would keep Chromium from caching.
    context.on("request", check)
    context.on("console", lambda message: complaints.note(f"console {message.type}: {message.text}"))
    context.on("weberror", lambda problem: complaints.note(f"script error: {problem.error}"))


def session_cookie(member: Any, site: str) -> SetCookieParam:
    client = Client()
    client.force_login(member)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}
