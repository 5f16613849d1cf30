"""Events, and who comes, as operators see them: read, called off, never changed. The private link is not for them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.names import words_like
from communities.actions import cancel_event
from communities.models import Attendance, Event
from config.admin import OperatorsAdmin
from moderation.actions import hide_thing, restore_thing
from moderation.deciding import Act, DecidableAdmin, decisions_list
from moderation.models import Decision, Subject


@admin.register(Event)
class EventAdmin(DecidableAdmin):
    """Events by the beginnings of the words of their title, place and text."""

    fields = readonly_fields = (
        "title", "about", "starts_at", "ends_at", "time_zone", "place", "host", "organization", "group", "audience",
        "capacity", "created_at", "changed_at", "cancelled_at", "hidden_at", "decided",
    )  # fmt: skip
    list_display = ("title", "starts_at", "host", "organization", "group", "cancelled_at", "hidden_at")
    list_select_related = ("host", "organization", "group")
    ordering = ("-starts_at", "-id")
    search_fields = ("id",)
    search_help_text = _("Beginnings of words in the title, the place or the text.")
    acts = {
        "hide": Act(label=_("Hide"), do=hide_thing, possible=lambda event: event.hidden_at is None),
        "restore": Act(label=_("Restore"), do=restore_thing, possible=lambda event: event.hidden_at is not None),
        "cancel": Act(
            label=_("Cancel the event"),
            do=lambda event, *, by: cancel_event(event, by=by),
            possible=lambda event: event.takes_answers,
            asks_why=False,
        ),
    }

    @admin.display(description=_("decisions"))
    def decided(self, event: Event):
        return decisions_list(Decision.objects.filter(subject_kind=Subject.EVENT, subject_id=event.pk))

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        query = words_like(search_term)
        return queryset.none() if query is None else queryset.filter(words=query), False


@admin.register(Attendance)
class AttendanceAdmin(OperatorsAdmin):
    """Answers to events: read, never changed."""

    fields = readonly_fields = ("event", "member", "answer", "answered_at", "seated_at", "confirmed_at", "reminded_at")
    list_display = ("event", "member", "answer", "seated_at", "confirmed_at")
    list_select_related = ("event", "member")
    list_filter = ("answer",)
    ordering = ("-id",)
    search_fields = ("event__slug",)
    search_help_text = _("The last part of the event’s address.")

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        return queryset.filter(event__slug=term) if term else queryset, False
