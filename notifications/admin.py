"""What operators see of emails: to whom, when and what went wrong; neither subject nor text, which name others."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config.admin import OperatorsAdmin
from notifications import outbox
from notifications.models import Email


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", _("Waiting")), ("failed", _("Given up")), ("sent", _("Sent"))]

    def queryset(self, request, queryset):
        match self.value():
            case "waiting":
                return queryset.waiting()
            case "failed":
                return queryset.failed()
            case "sent":
                return queryset.filter(sent_at__isnull=False)
        return queryset


@admin.register(Email)
class EmailAdmin(OperatorsAdmin):
    """The outbox. Who wrote to whom, or asked whom, is no business of operators."""

    fields = readonly_fields = ("to", "created_at", "attempts", "due_at", "last_error", "sent_at", "failed_at")
    list_display = ("created_at", "to", "state", "attempts")
    list_filter = (StateFilter,)
    search_fields = ("to",)
    search_help_text = _("The beginning of an email address.")
    ordering = ("-id",)
    actions = ("send_again",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("subject", "message")

    def get_search_results(self, request, queryset, search_term):
        """By the beginning: a search for any part would read a million rows."""
        return queryset.filter(to__istartswith=search_term.strip()), False

    def has_send_permission(self, request) -> bool:
        return request.user.has_perm("notifications.change_email")

    @admin.display(description=_("state"))
    def state(self, email: Email):
        if email.sent_at:
            return _("Sent")
        return _("Given up") if email.failed_at else _("Waiting")

    @admin.action(description=_("Send again (those given up)"), permissions=["send"])
    def send_again(self, request, queryset) -> None:
        count = outbox.send_again(queryset.model.objects.filter(pk__in=queryset.values("pk")))
        said = ngettext("%(count)s email is on its way again.", "%(count)s emails are on their way again.", count)
        messages.success(request, said % {"count": count})
