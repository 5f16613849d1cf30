"""Recommendations, as operators see them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from feed.admin import WrittenAdmin, is_hidden
from moderation import actions
from moderation.deciding import Act
from network.models import Recommendation


@admin.register(Recommendation)
class RecommendationAdmin(WrittenAdmin):
    """Recommendations: read, hidden and restored, never changed. What its subject did in silence isn't here."""

    acts = {
        "hide": Act(label=_("Hide"), do=actions.hide_thing, possible=lambda thing: not is_hidden(thing)),
        "restore": Act(label=_("Restore"), do=actions.restore_thing, possible=is_hidden),
    }
    list_select_related = ("author", "subject")
    list_display = ("id", "author", "subject", "beginning", "changed_at", "approved_at", "hidden_at")
    fields = readonly_fields = (
        "by",
        "about",
        "relationship",
        "text",
        "written_at",
        "changed_at",
        "approved_at",
        "hidden_at",
        "decided",
    )

    @admin.display(description=_("about"))
    def about(self, recommendation):
        address = reverse("admin:accounts_user_change", args=[recommendation.subject_id])
        return format_html('<a href="{}">{}</a>', address, recommendation.subject)
