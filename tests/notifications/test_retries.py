"""A task that fails runs again after growing pauses; operators see each failure, and can run it at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.tasks import task
from django_tasks_db.models import DBTaskResult

from notifications import presence, retries
from notifications.models import Failure
from notifications.presence import GRACE, MOST_CLAIMS, put_back_lost_tasks
from notifications.retries import PAUSES, run_again, see_to_failure, see_to_overlooked

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
trouble: list[Exception] = []
done: list[int] = []


@task
def try_it(number: int) -> None:
    """A task that raises what waits in `trouble`, and then succeeds."""
    if trouble:
        raise trouble.pop(0)
    done.append(number)


@pytest.fixture
def noon(worker):
    trouble.clear()
    done.clear()
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def failing(times: int) -> DBTaskResult:
    """A task that is going to fail so often."""
    trouble.extend(ValueError(f"trouble {n}") for n in range(times))
    try_it.enqueue(1)
    return DBTaskResult.objects.get()


def test_it_runs_again_after_each_pause_until_it_succeeds(noon, worker):
    failed = failing(2)
    worker()
    failed.refresh_from_db()
    assert (failed.status, failed.run_after) == ("READY", NOON + PAUSES[0])
    noon.shift(PAUSES[0] - timedelta(seconds=1))
    worker()
    assert len(trouble) == 1  # not before its time
    noon.shift(timedelta(seconds=1))
    worker()
    failed.refresh_from_db()
    assert (failed.status, failed.run_after - datetime.now(UTC)) == ("READY", PAUSES[1])
    noon.shift(PAUSES[1])
    worker()
    failed.refresh_from_db()
    assert (done, failed.status) == ([1], "SUCCESSFUL")
    assert [("trouble 0" in tried.traceback) for tried in failed.failures.order_by("failed_at")] == [True, False]


def test_it_is_given_up_after_the_last_pause_and_begins_anew_when_an_operator_says_so(noon, worker):
    failed = failing(len(PAUSES) + 2)
    for pause in (timedelta(0), *PAUSES):
        noon.shift(pause)
        worker()
    failed.refresh_from_db()
    assert (failed.status, len(trouble), failed.failures.count()) == ("FAILED", 1, len(PAUSES) + 1)
    noon.shift(timedelta(days=9))
    worker()
    presence.tidy()
    worker()
    assert len(trouble) == 1
    assert [run_again(DBTaskResult.objects.all()) for _click in range(2)] == [1, 0]
    worker()
    failed.refresh_from_db()
    assert (failed.status, failed.run_after - datetime.now(UTC)) == ("READY", PAUSES[0])
    noon.shift(PAUSES[0])
    worker()
    assert done == [1]


def test_one_that_waits_for_its_next_try_needs_not_wait_if_an_operator_says_so(noon, worker):
    failing(1)
    worker()
    assert [run_again(DBTaskResult.objects.all()) for _click in range(2)] == [1, 0]
    worker()
    assert done == [1]


def test_what_never_failed_is_left_alone(noon, worker):
    try_it.enqueue(1)
    try_it.using(run_after=NOON + timedelta(days=1)).enqueue(2)
    assert run_again(DBTaskResult.objects.all()) == 0
    worker()
    assert done == [1]


def test_a_failure_is_no_death_of_a_worker(noon, worker):
    failed = failing(1)
    DBTaskResult.objects.update(worker_ids=["dead"] * (MOST_CLAIMS - 1))
    worker()
    failed.refresh_from_db()
    assert failed.worker_ids == []  # deaths are counted from here on
    failed.claim("dead")
    noon.shift(GRACE + timedelta(seconds=1))
    put_back_lost_tasks()
    failed.refresh_from_db()
    assert (failed.status, failed.failures.count()) == ("READY", 1)


def test_a_task_that_killed_its_workers_is_not_tried_again_by_itself(noon, worker):
    killer = failing(0)
    killer.claim("dead")
    DBTaskResult.objects.update(worker_ids=["dead"] * MOST_CLAIMS)
    noon.shift(GRACE + timedelta(seconds=1))
    put_back_lost_tasks()
    assert see_to_overlooked() == 0
    assert DBTaskResult.objects.get().status == "FAILED"
    assert Failure.objects.get().traceback == "Its workers died."
    assert run_again(DBTaskResult.objects.all()) == 1


def test_a_failure_whose_worker_died_before_it_was_seen_to_is_found(noon, worker, monkeypatch):
    failing(1)
    monkeypatch.setattr("notifications.worker.see_to_failure", lambda number: None)
    worker()
    assert DBTaskResult.objects.get().status == "FAILED"
    presence.tidy()
    assert (DBTaskResult.objects.get().status, Failure.objects.count()) == ("READY", 1)


def test_a_failure_is_written_down_once(noon, worker):
    failed = failing(1)
    DBTaskResult.objects.update(status="FAILED", finished_at=NOON)
    assert [see_to_failure(failed.pk) for _worker in range(2)] == [True, False]
    assert Failure.objects.count() == 1


def test_a_task_that_no_version_of_the_site_knows_fails_and_is_tried_again(noon, worker, caplog):
    failing(0)
    DBTaskResult.objects.update(task_path="notifications.tasks.gone")
    worker()
    assert DBTaskResult.objects.get().run_after == NOON + retries.PAUSES[0]
