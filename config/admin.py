"""The operators' admin site: Django's, entered through the site's own sign-in, and with a second factor."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

NO_BUSINESS_OF_OPERATORS = ("account", "mfa", "usersessions")
"""Apps whose rows (addresses, second factors, sessions) are managed by their members, not in the admin."""


class OperatorsConfig(AdminConfig):
    default_site = "config.admin.OperatorsSite"

    def ready(self) -> None:
        """Let every app register its admin, then close what operators have no business with."""
        super().ready()
        from django_tasks_db.models import DBTaskResult

        from moderation.admin.tasks import TaskAdmin

        admin.site.unregister(DBTaskResult)
        admin.site.register(DBTaskResult, TaskAdmin)
        for model in [model for model, _admin in admin.site._registry.items()]:
            if model._meta.app_label in NO_BUSINESS_OF_OPERATORS:
                admin.site.unregister(model)


class OperatorsSite(admin.AdminSite):
    site_header = site_title = _("Operators")
    index_title = _("The community")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Operators only, and this session opened with a second factor unless this is a development machine."""
        return super().has_permission(request) and (settings.DEBUG or used_second_factor(request))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """All that operators look after, and what is wrong with the machine that they can mend."""
        from live.listening import some_process_is_deaf

        if some_process_is_deaf():
            messages.warning(
                request,
                _(
                    "Open pages are not told what happens, and ask for it every 20 to 60 seconds: the site reaches its "
                    "database through a pooler. Set DATABASE_DIRECT_URL to the address of PostgreSQL itself and "
                    "restart the site; docs/operating.md says more."
                ),
            )
        return super().index(request, extra_context)

    @property
    def login(self):
        return never_cache(self._enter)

    def _enter(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Where those go who may not enter (yet): to sign in, to their second factor, or nowhere."""
        from django.contrib.auth.views import redirect_to_login

        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            wanted = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(wanted)
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, resolve_url(settings.LOGIN_URL))
        if not super().has_permission(request):
            raise Http404
        return render(
            request,
            "moderation/second_factor.html",
            {"has_one": has_second_factor(request.user), "next": wanted},
            status=403,
        )


def has_second_factor(operator) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(operator)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with the second factor that the operator has."""
    from allauth.account.authentication import get_authentication_records

    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records) and has_second_factor(request.user)


class CappedPaginator(Paginator):
    """Counts no further than to 10,000: nobody reads on, and counting a million rows takes long."""

    MOST = 10_000
    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: self.MOST].values("pk").count()


class OperatorsAdmin(admin.ModelAdmin):
    """What all lists have in common: quick with a million rows, nothing added or deleted by hand."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
