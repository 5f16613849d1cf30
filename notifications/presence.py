"""Which workers are alive, and what the dead ones left behind.

A worker claims a task, commits, and runs it; if it is killed meanwhile (`kill -9`, a power cut), the task would stay
claimed for ever. So each worker holds an advisory lock of the database for as long as it lives: the lock goes with
its connection, whatever ends it. Every few seconds each worker looks for tasks that were claimed by somebody whose
lock is free, and puts them back.
"""

import logging
import threading
from contextlib import suppress
from datetime import timedelta

from django.db import Error, connection, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import sessions
from config.direct import reach_directly
from notifications import chores, outbox, retries
from notifications.models import Failure

logger = logging.getLogger(__name__)

LOOKS_EVERY = 10  # seconds
TAKES_AGAIN_AFTER = 1  # second
TIDIES_EVERY = timedelta(minutes=10)
GRACE = timedelta(seconds=15)
"""A worker whose connection broke has this long to take its lock again."""
MOST_CLAIMS = 5
"""A task that outlived so many workers in a row probably killed them; it is given up and shown as failed."""
RESULTS_KEPT_FOR = timedelta(days=7)


class Presence:
    """A worker's being there, as a context manager: a thread that holds the lock and looks after the others' tasks."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self._leaving = threading.Event()
        self._there = threading.Event()
        self._thread = threading.Thread(target=self._stay, name="presence", daemon=True)

    def __enter__(self) -> "Presence":
        self._thread.start()
        self._there.wait(timeout=LOOKS_EVERY)  # no task is claimed before the lock is held
        return self

    def __exit__(self, *_exception) -> None:
        self._leaving.set()
        self._thread.join(timeout=LOOKS_EVERY)

    def _stay(self) -> None:
        reach_directly()  # the lock is of a session
        held, tidied_at = False, timezone.now() - TIDIES_EVERY
        try:
            while True:
                try:
                    held = (held and _alive()) or _hold(self.worker_id)
                    self._there.set()
                    put_back_lost_tasks(but=self.worker_id)
                    if timezone.now() - tidied_at >= TIDIES_EVERY:
                        tidied_at = timezone.now()
                        tidy()
                except Exception:  # whatever it is: a worker without its lock would lose its tasks to the others
                    logger.warning("The worker's look around failed.", exc_info=True)
                    if not connection.is_usable():  # the database went away, and the lock with it
                        held = False
                        connection.close()
                if self._leaving.wait(LOOKS_EVERY if held else TAKES_AGAIN_AFTER):
                    break
            if held:
                with suppress(Error):
                    _let_go(self.worker_id)
        finally:
            connection.close()


def put_back_lost_tasks(*, but: str = "") -> int:
    """Put back the tasks that dead workers had claimed, and return how many; those of the worker `but` are its own."""
    claimed = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - GRACE)
    lost = [task for task in claimed if task.worker_ids[-1:] != [but] and not is_there(*task.worker_ids[-1:])]
    for task in lost:
        given_up = len(task.worker_ids) >= MOST_CLAIMS
        logger.warning("Task %s was left by a worker that died; %s.", task.pk, "given up" if given_up else "put back")
        still = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if given_up:
            _give_up(task, still)
        else:
            still.update(status=TaskResultStatus.READY)
    return len(lost)


@transaction.atomic
def _give_up(task: DBTaskResult, still) -> None:
    """Fail a task that kills workers; its failure is written down, so that it isn't tried again."""
    now, why = timezone.now(), "Its workers died."
    if still.update(status=TaskResultStatus.FAILED, finished_at=now, traceback=why):
        Failure.objects.create(task=task, failed_at=now, traceback=why)


def tidy() -> None:
    """Find emails without a task and failures nobody saw to, forget what is old, and do what the apps above declared.

    One that fails doesn't keep the others from being done, unless the database went away.
    """
    own = [outbox.find_forgotten, outbox.forget_old, retries.see_to_overlooked, forget_results, sessions.forget_expired]
    for chore in own + chores.CHORES:
        try:
            chore()
        except Exception:
            logger.exception("A chore failed: %s", chore)
            if not connection.is_usable():
                raise


def forget_results() -> None:
    """Delete what the queue need not remember of tasks that succeeded long ago."""
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - RESULTS_KEPT_FOR).delete()


def is_there(worker_id: str = "") -> bool:
    """Whether a worker is alive: whether somebody holds its lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [worker_id])
        return not cursor.fetchone()[0]


def _hold(worker_id: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 1))", [worker_id])
    return True


def _let_go(worker_id: str) -> None:
    """Be gone at once, not when the database notices that the connection was closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 1))", [worker_id])


def _alive() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True
