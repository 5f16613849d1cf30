"""The worker of django-tasks-db, which also looks after the tasks of workers that died (`notifications.presence`)."""

import os

from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands.db_worker import Command as Worker

from notifications.presence import Presence


class Command(Worker):
    help = "Run the worker: it sends emails and does what else the site does later"

    def handle(self, *, worker_id: str, reload: bool, batch: bool, **options) -> None:
        options |= {"worker_id": worker_id, "reload": reload, "batch": batch}
        if reload and not batch and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            super().handle(**options)  # only starts the process that works, and again when code changes
            return
        with Presence(worker_id):
            super().handle(**options)
