"""How tasks run in tests that don't ask for a queue."""

from django.tasks import TaskResultStatus
from django.tasks.backends.immediate import ImmediateBackend


class TaskError(AssertionError):
    """A task raised, which nobody would see: the worker only writes it down."""


class AtOnceBackend(ImmediateBackend):
    """Runs tasks where they are enqueued, and forgets those that are for later."""

    supports_defer = True

    def enqueue(self, task, args, kwargs):
        if task.run_after is not None:
            return None
        result = super().enqueue(task, args, kwargs)
        if result.status == TaskResultStatus.FAILED:
            raise TaskError(result.errors[0].traceback)
        return result
