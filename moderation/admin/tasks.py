"""What the worker did and has to do."""

from typing import Any

from django.contrib import admin, messages
from django.tasks import TaskResultStatus
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.admin import DBTaskResultAdmin

from config.admin import CappedPaginator


class TaskAdmin(DBTaskResultAdmin):
    """Tasks of the worker; failed ones can be run again."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_display: Any = ("task_name", "status", "enqueued_at", "started_at", "finished_at")
    list_filter: Any = ("status",)
    actions = ("run_again",)

    def has_run_permission(self, request) -> bool:
        return request.user.has_perm("django_tasks_database.change_dbtaskresult")

    @admin.action(description=_("Run again (those that failed)"), permissions=["run"])
    def run_again(self, request, queryset) -> None:
        failed = queryset.filter(status=TaskResultStatus.FAILED)
        for result in failed:
            task = result.task.using(run_after=None)
            task.enqueue(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
        said = ngettext("%(count)s task will run again.", "%(count)s tasks will run again.", len(failed))
        messages.success(request, said % {"count": len(failed)})
