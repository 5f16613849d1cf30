"""Members, the community's settings and invitations, as operators see them."""

from django import forms
from django.contrib import admin, messages
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actions import invite, mark_bounced, mark_reached, send_claim_link
from accounts.models import Community, Invitation, User
from accounts.models.standing import FOR_GOOD
from accounts.pictures import answer_with_picture
from accounts.refusals import Refusal
from config.admin import OperatorsAdmin
from feed.models import Comment, Post
from moderation import actions
from moderation.deciding import Act, DecidableAdmin, decisions_list, listed
from moderation.models import Case, Decision, Report
from network.models import Connection
from profiles.models import HiddenPhoto
from profiles.photos import FOLDER, SIZES


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("suspended", _("Suspended")),
            ("unclaimed", _("Not claimed yet")),
            ("operators", _("Operators")),
            ("bounced", _("Mail doesn't reach them")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "suspended":
                return queryset.filter(suspended_until__gt=timezone.now())
            case "unclaimed":
                return queryset.filter(claimed_at__isnull=True)
            case "bounced":
                return queryset.filter(email_bounced_at__isnull=False)
            case "operators":
                return queryset.filter(is_staff=True)
        return queryset


@admin.register(User)
class MemberAdmin(DecidableAdmin):
    """A member: who they are, how they stand, what was decided and reported about them, how much they wrote.

    Whom they know, ask, follow and write to is no business of operators; there are only counts.
    """

    acts = {
        "suspend": Act(
            label=_("Suspend"),
            do=actions.suspend_member,
            possible=lambda member: not member.is_suspended,
            asks_until=True,
        ),
        "reactivate": Act(
            label=_("Reactivate"), do=actions.reactivate_member, possible=lambda member: member.is_suspended
        ),
        "hide-photo": Act(label=_("Hide the photo"), do=actions.hide_photo, possible=lambda member: bool(member.face)),
        "restore-photo": Act(
            label=_("Restore the photo"),
            do=actions.restore_photo,
            possible=lambda member: member.photo_hidden_at is not None,
        ),
        "bounced": Act(
            label=_("Mail doesn't reach them: send none"),
            do=lambda member, *, by: mark_bounced(member.email),
            possible=lambda member: member.email_bounced_at is None,
            asks_why=False,
        ),
        "reached": Act(
            label=_("Mail reaches them again"),
            do=lambda member, *, by: mark_reached(member),
            possible=lambda member: member.email_bounced_at is not None,
            asks_why=False,
        ),
        "send-link": Act(
            label=_("Send the link to claim the account"),
            do=lambda member, *, by: send_claim_link(member),
            possible=lambda member: member.claimed_at is None,
            asks_why=False,
        ),
    }
    list_display = ("name", "email", "handle", "standing", "joined_at")
    list_display_links = ("name", "email")
    list_filter = (StandingFilter,)
    ordering = ("-joined_at",)
    search_fields = ("name",)
    search_help_text = _("The beginning of any name, a whole email address or the beginning of a handle.")
    readonly_fields = (
        "name", "email", "handle", "headline", "place", "about", "photo", "profile", "standing", "joined_at",
        "claimed_at", "last_login", "suspended_until", "leaves_at", "email_bounced_at",
        "emails_stopped_at", "counts", "decided", "reported",
    )  # fmt: skip
    fieldsets = (
        (_("Who"), {"fields": ("name", "email", "handle", "headline", "place", "about", "photo", "profile")}),
        (
            _("Standing"),
            {
                "fields": (
                    "standing",
                    "joined_at",
                    "claimed_at",
                    "last_login",
                    "suspended_until",
                    "leaves_at",
                    "email_bounced_at",
                    "emails_stopped_at",
                )
            },
        ),
        (_("History"), {"fields": ("counts", "decided", "reported")}),
        (_("May do"), {"fields": ("is_staff", "is_superuser", "groups")}),
    )

    def has_change_permission(self, request, obj=None) -> bool:
        """Only who may do everything says who else may do what."""
        return request.user.is_superuser

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        by_email = User.objects.annotate(lower=Lower("email")).filter(lower=term.lower())
        named = User.objects.named_like(term)
        found = Q(pk__in=named.values("pk")) | Q(pk__in=by_email.values("pk"))
        if "@" not in term:
            found |= Q(handle__startswith=term.lower())
        return queryset.filter(found), False

    @admin.display(description=_("name"))
    def name(self, member) -> str:
        return member.name or "–"

    @admin.display(description=_("standing"))
    def standing(self, member):
        if member.claimed_at is None:
            return _("Not claimed yet")
        if member.is_suspended:
            return _("Suspended for good") if member.suspended_until == FOR_GOOD else _("Suspended")
        if member.leaves_at:
            return _("Is leaving")
        if member.is_staff:
            return _("Operator")
        return _("Member") if member.welcomed_at else _("Has no name yet")

    @admin.display(description=_("photo"))
    def photo(self, member):
        """The photo, and whether it took the place of one that was hidden."""
        before = HiddenPhoto.objects.filter(member=member).order_by("-replaced_at", "-pk").first()
        replaced = (
            _("A hidden one was replaced on %(day)s.") % {"day": f"{before.replaced_at:%Y-%m-%d}"} if before else ""
        )
        if not member.photo_key:
            return format_html("{} {}", _("None"), replaced)
        address = reverse("admin:accounts_user_photo", args=[member.pk])
        hidden = _("Hidden from others.") if member.photo_hidden_at else ""
        return format_html('<img src="{}" alt="" width="96" height="96"> {} {}', address, hidden, replaced)

    @admin.display(description=_("profile"))
    def profile(self, member):
        return format_html('<a href="{0}">{0}</a>', member.get_absolute_url())

    @admin.display(description=_("counts"))
    def counts(self, member):
        posts = reverse("admin:feed_post_changelist") + f"?q={member.handle}"
        comments = reverse("admin:feed_comment_changelist") + f"?q={member.handle}"
        return listed(
            [
                ("", posts, _("posts"), f": {Post.objects.filter(author=member).count()}"),
                ("", comments, _("comments"), f": {Comment.objects.filter(author=member).count()}"),
                ("", "", _("connections"), f": {Connection.objects.of(member).count()}"),
                ("", "", _("reports made"), f": {Report.objects.filter(reporter=member).count()}"),
            ]
        )

    @admin.display(description=_("decisions"))
    def decided(self, member):
        return decisions_list(Decision.objects.filter(member=member))

    @admin.display(description=_("cases"))
    def reported(self, member):
        cases = Case.objects.filter(member=member).order_by("-opened_at", "-pk")[:50]
        return listed(
            (
                f"{case.opened_at:%Y-%m-%d} · ",
                reverse("admin:moderation_case_change", args=[case.pk]),
                str(case),
                "" if case.closed_at else f" · {_('open')}",
            )
            for case in cases
        )

    def get_urls(self):
        photo = self.admin_site.admin_view(self.photo_view)
        return [path("<int:pk>/photo/", photo, name="accounts_user_photo"), *super().get_urls()]

    def photo_view(self, request, pk: int):
        """A member's photo for operators, hidden or not."""
        member = self.get_object(request, str(pk))
        if member is None or not member.photo_key or not self.has_view_permission(request, member):
            raise Http404
        return answer_with_picture(request, folder=FOLDER, key=member.photo_key, size=SIZES[1])


@admin.register(Community)
class CommunityAdmin(OperatorsAdmin):
    """The one row of settings: its list is its page."""

    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})}}
    readonly_fields = ("colours",)
    fieldsets = (
        (None, {"fields": ("name", "purpose", "rules")}),
        (_("Colour"), {"fields": ("hue", "colours")}),
        (_("Joining"), {"fields": ("joining", "email_domains")}),
        (_("Organizations"), {"fields": ("mail_providers",)}),
        (_("For visitors"), {"fields": ("has_directory",)}),
        (
            _("Limits"),
            {"fields": ("requests_in_7_days", "requests_in_7_days_when_new", "open_requests", "connections")},
        ),
    )

    def has_change_permission(self, request, obj=None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def changelist_view(self, request, extra_context=None):
        if self.has_view_permission(request):
            Community.objects.get_or_create(pk=1)
        return redirect("admin:accounts_community_change", 1)

    @admin.display(description=_("colours"))
    def colours(self, community):
        """Twelve hues with their numbers, and the community's own."""
        hues = [*range(0, 360, 30), community.hue]
        return format_html(
            '<svg width="676" height="64" role="img" aria-label="{}">{}</svg>',
            _("Hues and their numbers; the last is the one in use."),
            format_html_join(
                "",
                '<rect x="{}" width="48" height="40" rx="6" fill="oklch(52% 0.1 {})"/>'
                '<text x="{}" y="58" text-anchor="middle" fill="currentColor">{}</text>',
                ((place * 52, hue, place * 52 + 24, hue) for place, hue in enumerate(hues)),
            ),
        )


class InvitationsForm(forms.ModelForm):
    """Many addresses at once, pasted as they come."""

    addresses = forms.CharField(
        label=_("Email addresses"),
        help_text=_("One a line, or separated by commas. Each gets an email with a link to join."),
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
    )

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()

    def clean_addresses(self) -> list[str]:
        addresses = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()
        for address in addresses:
            try:
                validate_email(address)
            except forms.ValidationError:
                raise forms.ValidationError(_("This is no email address: %(it)s"), params={"it": address}) from None
        return list(dict.fromkeys(address.lower() for address in addresses))


@admin.register(Invitation)
class InvitationAdmin(OperatorsAdmin):
    """Who was invited; adding sends the emails. Deleting takes an invitation back."""

    form = InvitationsForm
    list_display = ("email", "invited_by", "sent_at", "accepted_at")
    list_select_related = ("invited_by",)
    search_fields = ("email__istartswith",)
    ordering = ("-created_at",)
    actions = ("send_again",)
    readonly_fields = ("email", "invited_by", "created_at", "sent_at", "accepted_at")

    def get_fields(self, request, obj=None):
        return self.readonly_fields if obj else ("addresses",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, **kwargs | ({} if obj else {"fields": None}))

    def has_add_permission(self, request) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def save_model(self, request, obj, form, change) -> None:
        """Invite each address; what can't be invited is said, and the others are."""
        invite_all(form.cleaned_data["addresses"], request)

    def log_addition(self, request, obj, message):
        """The invitations themselves say who sent them."""

    def response_add(self, request, obj, post_url_continue=None):
        return redirect("admin:accounts_invitation_changelist")

    @admin.action(description=_("Send again"), permissions=["add"])
    def send_again(self, request, queryset) -> None:
        invite_all(list(queryset.values_list("email", flat=True)), request)


def invite_all(addresses: list[str], request) -> None:
    """Invite each address, and say how that went."""
    sent = 0
    for address in addresses:
        try:
            invite(address, by=request.user)
            sent += 1
        except Refusal as refusal:
            messages.warning(request, str(refusal))
    said = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent)
    messages.success(request, said % {"count": sent})
