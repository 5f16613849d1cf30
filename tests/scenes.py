"""Scenes that all tests of a file look at: built once for the file, and undone after its last test."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

UNMAILED = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}


def built_once(build: Callable[..., Any], params: list[Any] | None = None) -> Any:
    """A fixture: what `build` makes, once for all tests of a file, or once with each of `params`.

    Every test finds the rows as they were built, since its own transaction is one within the scene's. What it gets
    of them in Python it shares with the others, so a fixture of the file's own hands on a `deepcopy`. Tasks are noted
    and not run while the scene is built. Not for tests that commit (`transaction=True`).
    """

    @pytest.fixture(scope="module", params=params)
    def scene(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        around = transaction.atomic()
        with django_db_blocker.unblock(), override_settings(TASKS=UNMAILED):
            around.__enter__()
            try:
                made = build(request.param) if params else build()
            except BaseException:
                around.__exit__(*sys.exc_info())
                raise
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)

    return scene
