"""Cases, open ones first, and the decisions that were made."""

from django.contrib import admin
from django.db.models import Count, F, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from config.admin import OperatorsAdmin
from messaging.files import answer_with_file
from messaging.models import Attachment, Message
from moderation import actions
from moderation.deciding import Act, DecidableAdmin, decisions_list, listed
from moderation.models import Case, Decision, Report, Subject
from moderation.subjects import as_it_reads, subject_of


def is_open(case: Case) -> bool:
    return case.closed_at is None


def can_hide(case: Case) -> bool:
    """Of a member the photo can be hidden; everything else as it is, but for messages."""
    thing = subject_of(case)
    if case.closed_at or thing is None or case.subject_kind == Subject.MESSAGE:
        return False
    if case.subject_kind in (Subject.MEMBER, Subject.PHOTO):
        return bool(thing.face)
    return thing.hidden_at is None or getattr(thing, "is_hidden_by_group", False)


def hide(case: Case, *, by, why):
    """Hide what the case is about."""
    thing = subject_of(case)
    if case.subject_kind in (Subject.MEMBER, Subject.PHOTO):
        return actions.hide_photo(thing, by=by, why=why, case=case)
    return actions.hide_thing(thing, by=by, why=why, case=case)


def suspend(case: Case, *, by, why, until):
    """Suspend the member who is responsible."""
    if case.member is None:
        raise Refusal(_("They have left."))
    return actions.suspend_member(case.member, by=by, why=why, until=until, case=case)


def admin_address(kind: str, number: int) -> str:
    """Where a subject has its page in the admin; messages have none."""
    try:
        return reverse(f"admin:{_PAGES[kind]}_change", args=[number])
    except (KeyError, NoReverseMatch):
        return ""


_PAGES = {
    "member": "accounts_user",
    "photo": "accounts_user",
    "post": "feed_post",
    "comment": "feed_comment",
    "organization": "communities_organization",
    "group": "communities_group",
    "event": "communities_event",
    "recommendation": "network_recommendation",
}


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


class ReasonFilter(admin.SimpleListFilter):
    """Reports about what was said in a group reach its moderators first: which of them are here, and why."""

    title = _("why it is here")
    parameter_name = "why"

    def lookups(self, request, model_admin):
        return Case.Reason.choices

    def queryset(self, request, queryset):
        return queryset.filter(reason=self.value()) if self.value() in Case.Reason.values else queryset


@admin.register(Case)
class CaseAdmin(DecidableAdmin):
    """The work list. A case shows the reports, what was reported and its history, and asks for a decision.

    What was said in a group its moderators see first; such a case is here once it has reached the operators.
    """

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
    list_display = ("__str__", "member", "report_count", "group", "reached", "why_here", "closed_at")
    list_filter = (StateFilter, "subject_kind", ReasonFilter)
    list_select_related = ("member", "group")
    fields = readonly_fields = (
        "subject", "responsible", "group", "opened_at", "reached", "why_here", "closed_at",
        "reads_now", "reported", "history", "history_of_member",
    )  # fmt: skip

    def get_queryset(self, request):
        cases = super().get_queryset(request).for_operators().select_related("member", "group")
        reports = Report.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(count=Count("pk"))
        return cases.annotate(reports_made=Subquery(reports.values("count")))

    def get_ordering(self, request):
        return (F("closed_at").desc(nulls_first=True), "-opened_at")

    @admin.display(description=_("here since"))
    def reached(self, case):
        return case.reached_at

    @admin.display(description=_("why it is here"))
    def why_here(self, case) -> str:
        return str(Case.Reason(case.reason).label) if case.group_id else "–"

    @admin.display(description=_("reports"))
    def report_count(self, case) -> int:
        return case.reports_made

    @admin.display(description=_("about"))
    def subject(self, case):
        address = admin_address(case.subject_kind, case.subject_id)
        return format_html('<a href="{}">{}</a>', address, case) if address else str(case)

    @admin.display(description=_("member"))
    def responsible(self, case):
        if case.subject_kind in (Subject.ORGANIZATION, Subject.GROUP):
            return _("Nobody alone: see who looks after it")
        if case.member is None:
            return _("Has left")
        return format_html('<a href="{}">{}</a>', admin_address("member", case.member_id), case.member)

    @admin.display(description=_("what it says now"))
    def reads_now(self, case):
        thing = subject_of(case)
        if thing is None:
            return _("It is gone.")
        if isinstance(thing, Message):
            return self._message(case, thing)
        hidden = _("Hidden.") if getattr(thing, "hidden_at", None) else ""
        return format_html("{}{}", hidden, mark_safe(linebreaks(as_it_reads(thing), autoescape=True)))  # noqa: S308

    def _message(self, case, message):
        """A message that was reported, alone: nothing else of the conversation, but its files."""
        deleted = _("Its sender deleted it.") if message.deleted_at else ""
        files = format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            [
                (reverse("admin:moderation_case_file", args=[case.pk, file.key]), file.name)
                for file in message.attachments.all()
            ],
        )
        text = mark_safe(linebreaks(message.text, autoescape=True))  # noqa: S308
        return format_html("{}{}<ul>{}</ul>", deleted, text, files) if files else format_html("{}{}", deleted, text)

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [
            path("<path:object_id>/files/<slug:key>/", view, name="moderation_case_file"),
            *super().get_urls(),
        ]

    def file_view(self, request, object_id, key):
        """A file of a message that was reported."""
        case = self.get_object(request, object_id)
        if case is None or case.subject_kind != Subject.MESSAGE or not self.has_view_permission(request, case):
            raise Http404
        return answer_with_file(request, get_object_or_404(Attachment, message=case.subject_id, key=key))

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
