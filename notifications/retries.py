"""What becomes of a task that failed: it runs again after growing pauses, and each failure is written down.

A failure is what a task raised. That its worker died is something else: `notifications.presence` sees to that, and
counts only deaths since the task last failed or began.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from notifications.models import Failure

READY = TaskResultStatus.READY
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""How long to wait after each failure; after one more, the task is given up until an operator runs it again."""
OVERLOOKED_WITHIN = timedelta(hours=1)
"""A worker that dies just after its task failed leaves the failure to the others for so long."""


@transaction.atomic
def see_to_failure(task_id) -> bool:
    """Write down how a task failed, and let it run again later. Returns whether it will; the second time nothing."""
    failed = _failed().select_for_update().filter(pk=task_id).first()
    if failed is None:
        return False
    Failure.objects.create(task=failed, failed_at=failed.finished_at, traceback=failed.traceback)
    tries = Failure.objects.filter(task=failed, failed_at__gte=failed.enqueued_at).count()
    if tries > len(PAUSES):
        return False
    failed.status, failed.worker_ids, failed.run_after = READY, [], timezone.now() + PAUSES[tries - 1]
    failed.save(update_fields=["status", "worker_ids", "run_after"])
    return True


def see_to_overlooked() -> int:
    """See to failures that nobody wrote down, since their worker died at that moment. Returns how many there were."""
    recently = _failed().filter(finished_at__gt=timezone.now() - OVERLOOKED_WITHIN)
    overlooked = list(recently.values_list("pk", flat=True))
    return sum(see_to_failure(number) for number in overlooked)


@transaction.atomic
def run_again(tasks) -> int:
    """Let those of `tasks` that failed run again now, with all their tries before them. Returns how many there were.

    Each runs in its own row, and one that only waits for its next try needn't wait any longer: whoever asks for it
    a second time runs nothing twice.
    """
    numbers = list(tasks.values_list("pk", flat=True))
    given_up = DBTaskResult.objects.failed()
    between_tries = DBTaskResult.objects.filter(Exists(Failure.objects.filter(task=OuterRef("pk"))), status=READY)
    return (
        (given_up | between_tries.exclude(run_after=get_date_max()))
        .filter(pk__in=numbers)
        .update(
            status=READY,
            run_after=get_date_max(),
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            worker_ids=[],
        )
    )


def _failed():
    """Tasks that failed and whose last failure isn't written down."""
    written_down = Failure.objects.filter(task=OuterRef("pk"), failed_at=F("task__finished_at"))
    return DBTaskResult.objects.failed().exclude(Exists(written_down))
