"""What every test stands on."""

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from live import telling
from tests.browser.chromium import HOW_TO_GET_IT, MISSING
from tests.cast import *  # noqa: F403
from tests.migrated_once import copy_what_is_migrated
from tests.no_network import forbid_the_network
from tests.planned_once import keep_what_is_planned
from tests.scenes import UNMAILED

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("acquaint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("acquaint")


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory until the end: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        forbid_the_network(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _planned_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        keep_what_is_planned(patch)
        yield


@pytest.fixture(autouse=True)
def _mail_through_the_outbox(settings) -> None:
    """Mail takes the site's way, through the outbox; only its end is Django's `mail.outbox`."""
    settings.MAILERS = {
        "default": {"BACKEND": "notifications.mail.OutboxBackend"},
        "delivery": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Each process tests with a copy of one database, which is migrated only when migrations have changed."""
    with django_db_blocker.unblock():
        copy_what_is_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database. Whoever is still in it at the end would keep it from being dropped, and is named.

    The threads of the live server leave when the browser's connections to them close, which takes a moment.
    """
    yield
    patience = time.monotonic() + 10  # seconds
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        while others := who_else_is_in_the_database(cursor):
            assert time.monotonic() < patience, f"still in the database: {others}"
            time.sleep(0.1)
    connection.close()


def who_else_is_in_the_database(cursor: CursorWrapper) -> list[tuple]:
    """Return state and last statement of each other connection."""
    cursor.execute(
        "SELECT pid, state, query FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    return cursor.fetchall()


@pytest.fixture(scope="session", autouse=True)
def _own_media_folder() -> Iterator[None]:
    yield
    shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture
def unmailed(settings) -> None:
    """Tasks are noted and not run: for tests in which much happens that no letter matters to."""
    settings.TASKS = UNMAILED


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, int | None, set[int]]]:
    """What open pages were told in this test, in its order: the word, its key, and to whom. Nothing is sent."""
    noted: list[tuple[str, int | None, set[int]]] = []

    def note(payloads: list[str]) -> None:
        noted.extend((what, key, set(members)) for members, what, key, _more in map(telling.read, payloads))

    monkeypatch.setattr(telling, "send", note)
    return noted


@pytest.fixture
def worker(settings, monkeypatch) -> Callable[[], None]:
    """Queue tasks in the database, as in production; call it to run those that are due, as the worker does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    # The worker would close the connection that carries the test's transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)

    def run_due_tasks() -> None:
        call_command("db_worker", "--batch", "--no-reload", "--no-startup-delay", verbosity=0, stdout=StringIO())

    return run_due_tasks


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that browser tests didn't run; a green line must not hide it."""
    if count := browserless(terminalreporter):
        terminalreporter.section("NOT TESTED IN A BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line(f"{count} tests were skipped: {MISSING}, and Playwright could not fetch one.")
        terminalreporter.line(HOW_TO_GET_IT)
        if in_ci():
            terminalreporter.line("With CI=true this is a failure.", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and in_ci() and browserless(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def browserless(reporter: pytest.TerminalReporter) -> int:
    """How many tests were skipped for want of a browser."""
    return sum(MISSING in str(report.longrepr) for report in reporter.stats.get("skipped", []))


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")
