"""Cases, open ones first, and the decisions that were made."""

from django.contrib import admin
from django.db.models import Count, F, OuterRef, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from config.admin import OperatorsAdmin
from moderation import actions
from moderation.deciding import Act, DecidableAdmin, decisions_list, listed
from moderation.models import Case, Decision, Report, Subject
from moderation.subjects import as_it_reads, subject_of


def is_open(case: Case) -> bool:
    return case.closed_at is None


def can_hide(case: Case) -> bool:
    """Posts and comments can be hidden, and of a member the photo; a message can't."""
    thing = subject_of(case)
    if case.closed_at or thing is None or case.subject_kind == Subject.MESSAGE:
        return False
    if case.subject_kind in (Subject.MEMBER, Subject.PHOTO):
        return bool(thing.face)
    return thing.hidden_at is None


def hide(case: Case, *, by, why):
    """Hide what the case is about."""
    thing = subject_of(case)
    if case.subject_kind == Subject.POST:
        return actions.hide_post(thing, by=by, why=why, case=case)
    if case.subject_kind == Subject.COMMENT:
        return actions.hide_comment(thing, by=by, why=why, case=case)
    return actions.hide_photo(thing, by=by, why=why, case=case)


def suspend(case: Case, *, by, why, until):
    """Suspend the member who is responsible."""
    if case.member is None:
        raise Refusal(_("They have left."))
    return actions.suspend_member(case.member, by=by, why=why, until=until, case=case)


def admin_address(kind: str, number: int) -> str:
    """Where a subject has its page in the admin; messages have none."""
    page = {"member": "accounts_user", "photo": "accounts_user", "post": "feed_post", "comment": "feed_comment"}
    try:
        return reverse(f"admin:{page[kind]}_change", args=[number])
    except (KeyError, NoReverseMatch):
        return ""


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("Open")), ("closed", _("Decided"))]

    def queryset(self, request, queryset):
        match self.value():
            case "open":
                return queryset.filter(closed_at__isnull=True)
            case "closed":
                return queryset.filter(closed_at__isnull=False)
        return queryset


@admin.register(Case)
class CaseAdmin(DecidableAdmin):
    """The work list. A case shows the reports, what was reported and its history, and asks for a decision."""

    acts = {
        "dismiss": Act(label=_("Dismiss"), do=actions.dismiss_case, possible=is_open),
        "hide": Act(label=_("Hide it"), do=hide, possible=can_hide),
        "suspend": Act(
            label=_("Suspend the member"),
            do=suspend,
            possible=lambda case: is_open(case) and case.member is not None,
            asks_until=True,
        ),
    }
    list_display = ("__str__", "member", "report_count", "opened_at", "closed_at")
    list_filter = (StateFilter, "subject_kind")
    list_select_related = ("member",)
    fields = readonly_fields = (
        "subject", "responsible", "opened_at", "closed_at", "reads_now", "reported", "history", "history_of_member",
    )  # fmt: skip

    def get_queryset(self, request):
        cases = super().get_queryset(request).select_related("member")
        reports = Report.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(count=Count("pk"))
        return cases.annotate(reports_made=Subquery(reports.values("count")))

    def get_ordering(self, request):
        return (F("closed_at").desc(nulls_first=True), "-opened_at")

    @admin.display(description=_("reports"))
    def report_count(self, case) -> int:
        return case.reports_made

    @admin.display(description=_("about"))
    def subject(self, case):
        address = admin_address(case.subject_kind, case.subject_id)
        return format_html('<a href="{}">{}</a>', address, case) if address else str(case)

    @admin.display(description=_("member"))
    def responsible(self, case):
        if case.member is None:
            return _("Has left")
        return format_html('<a href="{}">{}</a>', admin_address("member", case.member_id), case.member)

    @admin.display(description=_("what it says now"))
    def reads_now(self, case):
        thing = subject_of(case)
        if thing is None:
            return _("It is gone.")
        hidden = _("Hidden.") if getattr(thing, "hidden_at", None) else ""
        return format_html("{}{}", hidden, mark_safe(linebreaks(as_it_reads(thing), autoescape=True)))  # noqa: S308

    @admin.display(description=_("reports"))
    def reported(self, case):
        reports = case.reports.select_related("reporter").order_by("reported_at", "pk")[:100]
        return listed(
            (
                f"{report.reported_at:%Y-%m-%d %H:%M} · {report.get_reason_display()} · ",
                admin_address("member", report.reporter_id) if report.reporter_id else "",
                report.reporter or _("somebody who has left"),
                f": {report.words or '–'} · " + _("It read: “%(text)s”") % {"text": report.evidence},
            )
            for report in reports
        )

    @admin.display(description=_("decisions about it"))
    def history(self, case):
        about = Decision.objects.filter(subject_kind=case.subject_kind, subject_id=case.subject_id)
        return decisions_list(about | Decision.objects.filter(case=case))

    @admin.display(description=_("decisions about the member"))
    def history_of_member(self, case):
        return decisions_list(Decision.objects.filter(member__isnull=False, member=case.member_id))


@admin.register(Decision)
class DecisionAdmin(OperatorsAdmin):
    """The record. Nothing in it is ever changed."""

    list_display = ("decided_at", "action", "about", "member", "by_name", "until")
    list_filter = ("action", "subject_kind")
    list_select_related = ("member",)
    ordering = ("-decided_at",)
    fields = readonly_fields = (
        "action", "subject_kind", "subject_id", "member", "case", "by_name", "why", "decided_at", "until",
    )  # fmt: skip

    @admin.display(description=_("about"))
    def about(self, decision):
        return f"{decision.get_subject_kind_display()} {decision.subject_id}"
