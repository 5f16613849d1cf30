"""Rows that break the constraints of emails and of the worker's tasks."""

from datetime import time

from django_tasks_db.models import DBTaskResult, get_date_max

from notifications.models import Failure, QuietHours
from tests.architecture.breakers import breaks, twice


@breaks("notifications_failure_written_down_once")
def _(one, other):
    task = DBTaskResult.objects.create(args_kwargs={}, backend_name="default", run_after=get_date_max())
    twice(Failure, task=task, failed_at=task.enqueued_at)


@breaks("notifications_quiethours_not_all_day")
def _(one, other):
    QuietHours.objects.create(member=one, begins_at=time(22), ends_at=time(22))
