"""The worker: it tries again what failed, and looks after the tasks of workers that died (`notifications.presence`)."""

import os

from django.utils.autoreload import DJANGO_AUTORELOAD_ENV, run_with_reloader
from django_tasks_db.management.commands.db_worker import Command as WorkerCommand

from notifications.presence import Presence
from notifications.worker import PatientWorker


class Command(WorkerCommand):
    help = "Run the worker: it sends emails and does what else the site does later"

    def handle(self, *, verbosity: int, worker_id: str, reload: bool, batch: bool, **options) -> None:
        self.configure_logging(verbosity)
        worker = PatientWorker(
            queue_names=options["queue_name"].split(","),
            excluded_queue_names=[name for name in options["exclude_queues"].split(",") if name],
            interval=options["interval"],
            batch=batch,
            backend_name=options["backend_name"],
            startup_delay=options["startup_delay"],
            max_tasks=options["max_tasks"],
            worker_id=worker_id,
        )
        reload = reload and not batch
        if reload and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            run_with_reloader(worker.run)  # only starts the process that works, and again when code changes
            return
        worker.configure_signals()
        with Presence(worker_id):
            if reload:
                run_with_reloader(worker.run)
            else:
                worker.run()
