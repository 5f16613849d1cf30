from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from communities.models import Opening
from config.admin import OperatorsAdmin


class OpenFilter(admin.SimpleListFilter):
    title = _("open")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", _("Open"))]

    def queryset(self, request, queryset):
        return queryset.open() if self.value() == "yes" else queryset


@admin.register(Opening)
class OpeningAdmin(OperatorsAdmin):
    """Openings: read, never changed. Who ticked that they applied is no business of operators."""

    list_display = ("title", "organization", "kind", "posted_at", "closes_on", "closed_at")
    list_filter = (OpenFilter, "kind")
    list_select_related = ("organization",)
    ordering = ("-id",)
    search_fields = ("id", "title__icontains", "organization__name_folded__startswith")
    fields = readonly_fields = (
        "page", "title", "kind", "place", "is_remote", "text", "apply_link", "apply_email", "posted_by", "posted_at",
        "closes_on", "closed_at",
    )  # fmt: skip

    @admin.display(description=_("organization"))
    def page(self, opening):
        return format_html('<a href="{}">{}</a>', opening.get_absolute_url(), opening.organization)
