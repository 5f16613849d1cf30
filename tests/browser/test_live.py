"""What others do arrives by itself: two browsers on the site's real web server, which is killed in between."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from messaging.actions import open_conversation, send_message
from network.actions import ask_question, withdraw_request
from tests.browser.conftest import PATIENCE, Complaints, listen, session_cookie
from tests.factories import like, post, request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

HOME = Path(__file__).resolve().parents[2]
LOST = [r"Failed to load resource: net::", r"ERR_", r"status of 500", r"Failed to fetch", r"Content Security Policy"]
"""What Chromium says of a server that is away, or whose database is: Django's own page about that isn't so strict."""


class Server:
    """gunicorn as the site runs it, in one process, on the database of the tests."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        database = connection.settings_dict
        reached = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
        if database["PASSWORD"]:
            reached["password"] = database["PASSWORD"]
        environment = os.environ | {
            "DATABASE_URL": f"postgresql:///{database['NAME']}?{urlencode(reached)}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "WEB_CONCURRENCY": "1",
            "PORT": str(self.port),
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
        self.process = subprocess.Popen(
            command, cwd=HOME, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(30)


@pytest.fixture
def server(db) -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_live(browser: Browser, server: Server) -> Iterator[Callable[[User, str], Page]]:
    """Open a page of the real server in a browser of one's own, and wait until it listens."""
    heard = Complaints([*LOST])
    with ExitStack() as open_now:

        def open_page(member: User, address: str) -> Page:
            context = browser.new_context(base_url=server.url, reduced_motion="reduce", locale="en-GB")
            open_now.callback(context.close)
            context.set_default_timeout(PATIENCE)
            listen(context, heard, server.url)
            context.add_cookies([session_cookie(member, server.url)])
            page = context.new_page()
            page.goto(address)
            return listens(page)

        yield open_page
    assert not heard.heard


def listens(page: Page) -> Page:
    page.locator("html[data-live]").wait_for(state="attached", timeout=30_000)
    return page


def write(page: Page, text: str) -> float:
    """Send a message; return the moment."""
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()
    return time.monotonic()


def end_what_the_server_has_of_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_what_one_does_the_other_sees_within_a_second_and_once_whatever_falls_down_in_between(
    open_live, server, ines, tomasz, lina, amara
):
    conversation = open_conversation(ines, tomasz)
    send_message(conversation, by=tomasz, text="Good morning")
    hers, his = open_live(ines, f"/messages/{conversation.pk}/"), open_live(tomasz, "/messages/")
    count = his.locator("#waiting-messages .count")
    write(hers, "Are you at the dam?")
    expect(count).to_contain_text("1 unread")
    expect(his.locator(".conversation.unread")).to_contain_text("Are you at the dam?")

    # Another tab of his: what is read there isn't unread here.
    other = his.context.new_page()
    other.goto(f"/messages/{conversation.pk}/")
    expect(count).to_have_count(0)
    expect(his.locator(".conversation.unread")).to_have_count(0)
    listens(other)
    waits = []
    for text in ("First", "Second", "Third"):
        sent = write(hers, text)
        other.locator(".message").get_by_text(text, exact=True).wait_for()
        waits.append(time.monotonic() - sent)
        expect(hers.get_by_label("Your message")).to_have_value("")
    assert min(waits) < 1
    expect(hers.locator("#thread")).to_contain_text("Read")

    # Requests, notices and posts.
    home = open_live(tomasz, "/")
    asked = request(lina, tomasz)
    for page in (his, home):
        expect(page.locator("#waiting-requests .count")).to_contain_text("1 request waiting")
        expect(page.locator("#waiting-notices .count")).to_be_attached()
    post(ines)
    expect(home.locator("#news")).to_contain_text("1 new post")
    notices = open_live(tomasz, "/notices/")
    notices.get_by_role("button", name="Mark all as read").click()
    listens(notices)
    expect(home.locator("#waiting-notices .count")).to_have_count(0)
    request(amara, tomasz)
    expect(notices.locator(".notices")).to_contain_text("Amara")

    # Both ends of a request: a question, and that it was withdrawn.
    received, sent_by_her = open_live(tomasz, "/network/"), open_live(lina, "/network/sent/")
    ask_question(asked, by=tomasz, question="Which weir was it?")
    for page in (received, sent_by_her):
        expect(page.locator(f"#request-{asked.pk}")).to_contain_text("Which weir was it?")
    withdraw_request(asked, by=lina)
    for page in (received, sent_by_her):
        expect(page.locator(f"#request-{asked.pk}")).to_have_count(0)

    # One more in a notice of what many do, the second and third of a moment too.
    said, waits = post(tomasz, audience="public"), []
    for member, sentence in (
        (lina, "Lina Svensson likes your post"),
        (amara, "Amara Okafor and Lina Svensson like your post"),
        (ines, "Ines Moreau and 2 others like your post"),
    ):
        like(member, said)
        sent = time.monotonic()
        notices.locator(".notice").get_by_text(sentence).wait_for()
        waits.append(time.monotonic() - sent)
    assert min(waits[1:]) < 1

    # The server is killed, and the database lets go of it: what is said meanwhile arrives, once.
    server.stop(signal.SIGKILL)
    expect(other.locator("html[data-live]")).to_have_count(0)
    send_message(conversation, by=ines, text="While nobody listened")
    server.start()
    for page in (hers, other):
        page.locator(".message").get_by_text("While nobody listened").wait_for(timeout=30_000)
    listens(hers)
    listens(other)
    end_what_the_server_has_of_the_database()
    send_message(conversation, by=ines, text="While the database was away")
    other.locator(".message").get_by_text("While the database was away").wait_for(timeout=30_000)
    write(hers, "And after it")
    other.locator(".message").get_by_text("And after it").wait_for(timeout=30_000)
    for text in ("While nobody listened", "While the database was away", "And after it"):
        for page in (hers, other):
            expect(page.locator(".message").get_by_text(text)).to_have_count(1)
