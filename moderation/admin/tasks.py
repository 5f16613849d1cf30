"""What the worker did and has to do, and what went wrong."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.admin import DBTaskResultAdmin

from config.admin import CappedPaginator
from notifications import retries
from notifications.models import Failure


class FailedBeforeFilter(admin.SimpleListFilter):
    title = _("failures")
    parameter_name = "failures"

    def lookups(self, request, model_admin):
        return [("yes", _("Failed at least once"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Failure.objects.values("task"))


class FailuresInline(admin.TabularInline):
    """Each failed try, with its traceback."""

    model = Failure
    fields = readonly_fields = ("failed_at", "traceback")
    ordering = ("-failed_at",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("django_tasks_database.view_dbtaskresult")


class TaskAdmin(DBTaskResultAdmin):
    """Tasks of the worker; what failed runs again by itself, and at once if an operator asks for it."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_display: Any = ("task_name", "status", "failed_tries", "display_run_after", "enqueued_at", "finished_at")
    list_filter: Any = ("status", FailedBeforeFilter)
    inlines = (FailuresInline,)
    actions = ("run_again",)

    def get_queryset(self, request):
        # Counted for each task of the page by itself: to group all tasks first would read all of them.
        failures = Failure.objects.filter(task=OuterRef("pk")).order_by().values("task")
        counted = Subquery(failures.annotate(count=Count("pk")).values("count"))
        return super().get_queryset(request).annotate(failed_tries=Coalesce(counted, 0))

    @admin.display(description=_("failed tries"))
    def failed_tries(self, task) -> int:
        return task.failed_tries

    def has_run_permission(self, request) -> bool:
        return request.user.has_perm("django_tasks_database.change_dbtaskresult")

    @admin.action(description=_("Run again (those that failed)"), permissions=["run"])
    def run_again(self, request, queryset) -> None:
        count = retries.run_again(queryset)
        said = ngettext("%(count)s task will run again.", "%(count)s tasks will run again.", count)
        messages.success(request, said % {"count": count})
