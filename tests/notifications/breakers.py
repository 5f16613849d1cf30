"""Rows that break the constraints of emails and of the worker's tasks."""

from django_tasks_db.models import DBTaskResult, get_date_max

from notifications.models import Failure
from tests.architecture.breakers import breaks, twice


@breaks("notifications_failure_written_down_once")
def _(one, other):
    task = DBTaskResult.objects.create(args_kwargs={}, backend_name="default", run_after=get_date_max())
    twice(Failure, task=task, failed_at=task.enqueued_at)
