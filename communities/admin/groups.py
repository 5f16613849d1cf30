"""Groups, their members and bans, as operators see them; their posts and comments have pages of their own."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import words_like
from communities.actions import appoint_moderator
from communities.models import Group, GroupBan, Membership
from moderation import actions
from moderation.deciding import Act, DecidableAdmin, decisions_list, listed
from moderation.models import Case, Decision, Subject


class EntryFilter(admin.SimpleListFilter):
    """Hidden groups, and those that nobody looks after."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("hidden", _("Hidden")), ("unmoderated", _("Without a moderator who is there"))]

    def queryset(self, request, queryset):
        match self.value():
            case "hidden":
                return queryset.filter(hidden_at__isnull=False)
            case "unmoderated":
                return queryset.exclude(pk__in=Membership.objects.moderating().values("group"))
        return queryset


@admin.register(Group)
class GroupAdmin(DecidableAdmin):
    """Groups: read, hidden and shown again, never changed. A moderator is appointed on the page of a member."""

    acts = {
        "hide": Act(label=_("Hide"), do=actions.hide_thing, possible=lambda group: group.hidden_at is None),
        "restore": Act(label=_("Show again"), do=actions.restore_thing, possible=lambda group: bool(group.hidden_at)),
    }
    list_display = ("name", "entry", "members", "started_at", "hidden_at")
    list_filter = (EntryFilter, "entry")
    ordering = ("-id",)
    search_fields = ("name",)
    search_help_text = _("The beginning of any word of the name or of what it is for, or its address.")
    fields = readonly_fields = (
        "name", "slug", "about", "rules", "entry", "question", "started_by", "started_at", "hidden_at",
        "moderators", "everybody", "reported", "decided",
    )  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).with_size().select_related("started_by")

    def get_search_results(self, request, queryset, search_term):
        words = words_like(search_term)
        if not search_term.strip() or words is None:
            return queryset, False
        return queryset.filter(words=words) | queryset.filter(slug=search_term.strip().lower()), False

    @admin.display(description=_("members"))
    def members(self, group) -> int:
        return group.size

    @admin.display(description=_("moderators"))
    def moderators(self, group):
        rows = Membership.objects.filter(group=group, is_moderator=True).select_related("member").order_by("joined_at")
        return listed(
            ("", reverse("admin:communities_membership_change", args=[row.pk]), row.member, "") for row in rows[:50]
        )

    @admin.display(description=_("members and bans"))
    def everybody(self, group):
        pages = [("communities_membership", _("All members")), ("communities_groupban", _("Bans"))]
        return listed(
            ("", f"{reverse(f'admin:{page}_changelist')}?group__id__exact={group.pk}", text, "") for page, text in pages
        )

    @admin.display(description=_("reports"))
    def reported(self, group):
        cases = Case.objects.for_operators().filter(group=group) | Case.objects.for_operators().filter(
            subject_kind=Subject.GROUP, subject_id=group.pk
        )
        return listed(
            ("", reverse("admin:moderation_case_change", args=[case.pk]), case, "")
            for case in cases.order_by("-pk")[:50]
        )

    @admin.display(description=_("decisions"))
    def decided(self, group):
        return decisions_list(Decision.objects.filter(subject_kind=Subject.GROUP, subject_id=group.pk))


class OfGroupAdmin(DecidableAdmin):
    """What memberships and bans have in common: found by the person, listed for one group."""

    list_select_related = ("group", "member")
    search_fields = ("id",)
    search_help_text = _("A handle, whole email address or the beginning of a name.")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("group", "member")

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        people = User.objects.filter(handle=term.lower()) | User.objects.filter(email=term.lower())
        found = people if people.exists() else User.objects.named_like(term)
        return queryset.filter(member__in=found.values("pk")), False

    def lookup_allowed(self, lookup, value, request=None) -> bool:
        return lookup == "group__id__exact" or super().lookup_allowed(lookup, value, request)


@admin.register(Membership)
class MembershipAdmin(OfGroupAdmin):
    """Who is in which group. Operators can appoint a moderator where a group has none."""

    acts = {
        "appoint": Act(
            label=_("Appoint as moderator"),
            do=lambda membership, *, by: appoint_moderator(membership, by=by),
            possible=lambda membership: not membership.is_moderator,
            asks_why=False,
        ),
    }
    list_display = ("member", "group", "is_moderator", "joined_at")
    list_filter = ("is_moderator",)
    ordering = ("-id",)
    fields = readonly_fields = ("group", "member", "is_moderator", "joined_at")


@admin.register(GroupBan)
class GroupBanAdmin(OfGroupAdmin):
    """Who may not join which group any more, and who said so."""

    list_display = ("member", "group", "by", "banned_at")
    ordering = ("-id",)
    fields = readonly_fields = ("group", "member", "by", "banned_at")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")
