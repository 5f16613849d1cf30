"""The worker of django-tasks-db, which here tries again what failed."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from notifications.retries import see_to_failure


class PatientWorker(Worker):
    """Runs tasks; each one that fails runs again later (`notifications.retries`)."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        see_to_failure(db_task_result.pk)
