"""What workers do from time to time without anybody asking for it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from notifications import chores, presence


@pytest.fixture
def declared(monkeypatch) -> list:
    monkeypatch.setattr(chores, "CHORES", [])
    return chores.CHORES


def breaks_off() -> None:
    raise ValueError("no")


def is_refused_by_the_database() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing_of_that_name")


FAILS = [breaks_off, is_refused_by_the_database]


@pytest.mark.parametrize("fails", FAILS)
@pytest.mark.parametrize("own", ["outbox.find_forgotten", "outbox.forget_old", "sessions.forget_expired"])
@pytest.mark.django_db
def test_what_the_worker_does_itself_keeps_nothing_else_from_being_done(own, fails, declared, monkeypatch, caplog):
    done = []
    monkeypatch.setattr(f"notifications.presence.{own}", fails)
    chores.declare(lambda: done.append(1))
    presence.tidy()
    assert done == [1]
    assert "A chore failed" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", FAILS)
def test_a_worker_whose_chore_fails_is_still_there(fails, declared, monkeypatch):
    """Else the others would take its tasks for lost."""
    taken, tidied, take = [], threading.Semaphore(0), presence._hold
    monkeypatch.setattr(presence, "_hold", lambda name: taken.append(name) or take(name))
    monkeypatch.setattr(presence, "LOOKS_EVERY", 0.1)
    monkeypatch.setattr(presence, "TIDIES_EVERY", timedelta(0))
    chores.declare(fails)
    chores.declare(tidied.release)
    with presence.Presence("worker-one"):
        assert all(tidied.acquire(timeout=20) for _time in range(3))
        assert presence.is_there("worker-one")
    assert taken == ["worker-one"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_can_not_look_after_others_is_still_there(declared, monkeypatch):
    looked = threading.Semaphore(0)

    def fail(*, but: str) -> None:
        looked.release()
        raise ValueError(but)

    monkeypatch.setattr(presence, "LOOKS_EVERY", 0.1)
    monkeypatch.setattr(presence, "put_back_lost_tasks", fail)
    with presence.Presence("worker-one"):
        assert all(looked.acquire(timeout=20) for _time in range(3))
        assert presence.is_there("worker-one")


@pytest.mark.parametrize("fails", FAILS)
@pytest.mark.django_db
def test_a_chore_that_fails_is_told_and_does_not_keep_the_others_from_being_done(fails, declared, caplog):
    done = []
    chores.declare(fails)
    chores.declare(lambda: done.append(1))
    presence.tidy()
    assert done == [1]
    assert "A chore failed" in caplog.text
