"""Tasks of workers that died are done by others."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import send_mail
from django_tasks_db.models import DBTaskResult

from notifications.presence import GRACE, MOST_CLAIMS, Presence, is_there, put_back_lost_tasks

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + GRACE + timedelta(seconds=1)


@pytest.fixture
def claimed(worker, transactional_db) -> DBTaskResult:
    """A task that a worker claimed at noon and hasn't finished."""
    with time_machine.travel(NOON, tick=False):
        send_mail("Hello", "text", None, ["a@example.org"])
        task = DBTaskResult.objects.get()
        task.claim("worker-one")
    return task


def test_a_task_of_a_worker_that_was_killed_is_put_back_and_done(claimed, worker, mailoutbox):
    with time_machine.travel(NOON + GRACE / 2, tick=False):
        assert put_back_lost_tasks() == 0
    with time_machine.travel(LATER, tick=False):
        assert put_back_lost_tasks() == 1
        worker()
    assert [message.subject for message in mailoutbox] == ["Hello"]


def test_a_task_of_a_worker_that_lives_is_left_to_it(claimed):
    with Presence("worker-one"):
        assert is_there("worker-one")
        with time_machine.travel(LATER, tick=False):
            assert put_back_lost_tasks() == 0
    assert not is_there("worker-one")
    claimed.refresh_from_db()
    assert claimed.status == "RUNNING"


def test_a_task_that_outlived_several_workers_is_given_up(claimed):
    DBTaskResult.objects.update(worker_ids=["dead"] * MOST_CLAIMS)
    with time_machine.travel(LATER, tick=False):
        put_back_lost_tasks()
    claimed.refresh_from_db()
    assert claimed.status == "FAILED"
