"""What the worker did and has to do."""

from typing import Any

from django.contrib import admin, messages
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult, get_date_max

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
        # The row itself becomes ready again, in one UPDATE: whoever clicks a second time finds none that failed.
        numbers = list(queryset.values_list("pk", flat=True))
        failed = DBTaskResult.objects.filter(pk__in=numbers, status=TaskResultStatus.FAILED)
        count = failed.update(
            status=TaskResultStatus.READY,
            run_after=get_date_max(),
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            worker_ids=[],
        )
        said = ngettext("%(count)s task will run again.", "%(count)s tasks will run again.", count)
        messages.success(request, said % {"count": count})
