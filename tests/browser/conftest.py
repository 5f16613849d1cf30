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
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import ARGUMENTS, MISSING, chromium
from tests.browser.static import StaticFilesInMemory

HERE = Path(__file__).resolve().parent
PATIENCE = 10_000  # milliseconds for anything that a page should do by itself
MOST_KEPT = 4  # browsers of one's own; each holds connections to the site, and those to the database

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


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The running site, which hands out static files as an installation does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", StaticFilesInMemory)
        server = LiveServer("localhost")
    yield server
    server.stop()


@dataclass
class Complaints:
    """What a browser had to say about the site that a visitor should never cause."""

    allowed: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    listeners: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def note(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self.allowed):
            self.heard.append(text)


class Windows:
    """Browsers of one's own, kept for the next test that wants one of the same kind: a new one has to load everything.

    Only what never differs between members stays in them, which is what the static files are.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: list[tuple[dict[str, Any], BrowserContext]] = []

    def open(self, options: dict[str, Any]) -> BrowserContext:
        for one in self.kept:
            if one[0] == options:
                self.kept.remove(one)
                return one[1]
        return self.browser.new_context(**options)

    def give_back(self, options: dict[str, Any], context: BrowserContext) -> None:
        for page in context.pages:
            page.close()
        context.clear_cookies()
        self.kept.append((options, context))
        self.close_all_but(MOST_KEPT)

    def close_all_but(self, number: int) -> None:
        while len(self.kept) > number:
            self.kept.pop(0)[1].close()


@pytest.fixture(scope="session")
def windows(browser: Browser, live_server: LiveServer, django_db_setup: None) -> Iterator[Windows]:
    """They close before the site stops, so that none of its threads stays in the database."""
    windows = Windows(browser)
    yield windows
    windows.close_all_but(0)


@pytest.fixture
def open_page(windows: Windows, live_server: LiveServer, settings: Any) -> Iterator[OpenPage]:
    """Open the site in a browser of one's own (own cookies), any number of times.

    `as_` is a member to be signed in as; `allowed` are patterns of console messages that the
    test expects, such as Chromium's own about an answer of 404.
    """
    settings.SITE_URL = live_server.url
    opened: list[tuple[dict[str, Any], BrowserContext, Complaints]] = []

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
        options = {
            "base_url": live_server.url,
            "java_script_enabled": javascript,
            "color_scheme": scheme,
            "viewport": {"width": width, "height": height},
            "reduced_motion": "reduce",
            "service_workers": "block",
        }
        options |= {"locale": "en-GB", "timezone_id": "UTC"} | context_options
        context = windows.open(options)
        context.set_default_timeout(PATIENCE)
        heard = Complaints(allowed or [])
        opened.append((options, context, heard))
        listen(context, heard, live_server.url)
        if as_ is not None:
            context.add_cookies([session_cookie(as_, live_server.url)])
        page = context.new_page()
        if address is not None:
            page.goto(address)
        return page

    yield open_page
    for options, context, heard in opened:
        windows.give_back(options, context)
        for event, listener in heard.listeners.items():
            context.remove_listener(event, listener)
    complaints = [text for _options, _context, heard in opened for text in heard.heard]
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The site on a desktop, with JavaScript, for a visitor."""
    return open_page()


def listen(context: BrowserContext, complaints: Complaints, site: str) -> None:
    def check(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "blob:")):
            complaints.note(f"asked for {request.url}")

    complaints.listeners = {
        # Only listened to: `--host-resolver-rules` lets them reach nothing, and a route would keep Chromium from
        # caching.
        "request": check,
        "console": lambda message: complaints.note(f"console {message.type}: {message.text}"),
        "weberror": lambda problem: complaints.note(f"script error: {problem.error}"),
    }
    for event, listener in complaints.listeners.items():
        context.on(event, listener)


def session_cookie(member: Any, site: str) -> SetCookieParam:
    client = Client()
    client.force_login(member)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}
