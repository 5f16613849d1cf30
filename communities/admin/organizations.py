"""Organizations in the admin: their names, domains and admins, hiding a page, and making one of two."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import words_like
from accounts.refusals import Refusal
from communities.actions import appoint_admin, merge_organizations
from communities.models import (
    Belonging,
    Event,
    Opening,
    Organization,
    OrganizationFollow,
    OrganizationName,
    OrganizationRole,
)
from feed.models import Post
from moderation import actions
from moderation.deciding import MAY_DECIDE, Act, DecidableAdmin, decisions_list, listed
from moderation.models import Decision

ADMINS = OrganizationRole.objects.filter(organization=OuterRef("pk"), role=OrganizationRole.Role.ADMIN)


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("hidden", _("Hidden")), ("merged", _("Merged into another")), ("orphaned", _("Without an admin"))]

    def queryset(self, request, queryset):
        match self.value():
            case "hidden":
                return queryset.filter(hidden_at__isnull=False)
            case "merged":
                return queryset.filter(merged_into__isnull=False)
            case "orphaned":
                return queryset.filter(~Exists(ADMINS), merged_into__isnull=True)
        return queryset


class AppointForm(forms.Form):
    """Whom to make an admin."""

    member = forms.CharField(label=_("Handle or email address"), max_length=254)

    def clean_member(self) -> User:
        written = self.cleaned_data["member"].strip().lower()
        field = "email__iexact" if "@" in written else "handle"
        found = User.objects.present().filter(**{field: written}).first()
        if found is None:
            raise forms.ValidationError(_("There is no such member."))
        return found


@admin.register(Organization)
class OrganizationAdmin(DecidableAdmin):
    """Pages: read, hidden and shown again, given an admin, merged. What they say is their admins' business."""

    acts = {
        "hide": Act(
            label=_("Hide the page"),
            do=actions.hide_thing,
            possible=lambda page: page.hidden_at is None and page.merged_into_id is None,
        ),
        "restore": Act(
            label=_("Show the page again"), do=actions.restore_thing, possible=lambda page: page.hidden_at is not None
        ),
    }
    actions = ("merge",)
    list_display = ("name", "kind", "place", "standing", "started_at")
    list_filter = (StandingFilter, "kind")
    list_select_related = ("merged_into",)
    ordering = ("name_folded", "id")
    search_fields = ("name",)
    search_help_text = _("The beginnings of words of any of its names.")
    fields = readonly_fields = (
        "name", "page", "kind", "standing", "about", "place", "website", "audience", "started_by", "started_at",
        "names", "domains", "looked_after_by", "counts", "decided",
    )  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        words = words_like(search_term)
        if words is None:
            return queryset, False
        named = OrganizationName.objects.filter(words=words)
        return queryset.filter(pk__in=named.values("organization")), False

    @admin.display(description=_("address"))
    def page(self, organization):
        return format_html('<a href="{0}">{0}</a>', organization.get_absolute_url())

    @admin.display(description=_("standing"))
    def standing(self, organization):
        if organization.merged_into:
            return _("Merged into %(name)s") % {"name": organization.merged_into.name}
        return _("Hidden") if organization.hidden_at else _("Shown")

    @admin.display(description=_("names"))
    def names(self, organization):
        names = organization.names.order_by("-use", "name")[:50]
        return listed(("", "", name.name, f" · {name.get_use_display()}") for name in names)

    @admin.display(description=_("email domains"))
    def domains(self, organization):
        return listed(("", "", domain.domain, "") for domain in organization.domains.order_by("domain")[:50])

    @admin.display(description=_("looked after by"))
    def looked_after_by(self, organization):
        roles = organization.roles.select_related("member").order_by("role", "pk")[:50]
        return listed(
            (
                "",
                reverse("admin:accounts_user_change", args=[role.member_id]),
                str(role.member),
                f" · {role.get_role_display()}",
            )
            for role in roles
        )

    @admin.display(description=_("counts"))
    def counts(self, organization):
        return listed(("", "", f"{said}: {number}", "") for said, number in what_it_has(organization))

    @admin.display(description=_("decisions"))
    def decided(self, organization):
        return decisions_list(Decision.objects.filter(subject_kind="organization", subject_id=organization.pk))

    def acts_on(self, request: HttpRequest, object_id: str) -> list[dict]:
        acts = super().acts_on(request, object_id)
        if acts:
            address = reverse("admin:communities_organization_appoint", args=[object_id])
            acts.append({"label": _("Give it an admin"), "address": address})
        return acts

    def get_urls(self):
        appoint = self.admin_site.admin_view(self.appoint_view)
        name = "communities_organization_appoint"
        return [path("<path:object_id>/appoint/", appoint, name=name), *super().get_urls()]

    def appoint_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page that asks whom to make an admin."""
        organization = self._decidable(request, object_id)
        back = reverse("admin:communities_organization_change", args=[object_id])
        form = AppointForm(request.POST or None)
        if form.is_valid():
            try:
                appoint_admin(organization, form.cleaned_data["member"], by=request.user)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("They are an admin of this page now, and are told."))
                return redirect(back)
        title = _("Give it an admin")
        context = self._context(request, title) | {"form": form, "thing": organization, "back": back}
        return render(request, "admin/moderation/decide.html", context, status=422 if form.errors else 200)

    def _decidable(self, request: HttpRequest, object_id: str) -> Organization:
        organization = self.get_object(request, object_id)
        if not (request.user.has_perm(MAY_DECIDE) and self.has_view_permission(request)):
            raise PermissionDenied
        if organization is None:
            raise Http404
        return organization

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whoever may decide may merge."""
        return request.user.has_perm(MAY_DECIDE)

    @admin.action(description=_("Merge two pages"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset) -> HttpResponse | None:
        """Show what each of two pages has and ask which one stays; then give it all that the other has."""
        pages = list(queryset.filter(merged_into__isnull=True).order_by("started_at", "pk")[:3])
        if len(pages) != 2:
            messages.warning(request, _("Choose two pages that still stand for themselves."))
            return None
        staying = next((page for page in pages if str(page.pk) == request.POST.get("stays")), None)
        if staying is not None:
            (doubled,) = [page for page in pages if page != staying]
            try:
                merge_organizations(doubled, into=staying, by=request.user)
            except Refusal as refusal:
                messages.error(request, str(refusal))
                return None
            messages.success(request, _("%(one)s is part of %(other)s now.") % {"one": doubled, "other": staying})
            return redirect("admin:communities_organization_change", staying.pk)
        rows = [
            (said, number, other)
            for (said, number), (_same, other) in zip(what_it_has(pages[0]), what_it_has(pages[1]), strict=True)
        ]
        context = self._context(request, _("Merge two pages")) | {"pages": pages, "rows": rows}
        return render(request, "admin/communities/merge.html", context)

    def _context(self, request: HttpRequest, title) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "subtitle": None, "opts": self.opts}


def what_it_has(organization: Organization) -> list[tuple]:
    """Return how many of each an organization has: what a merge moves."""
    return [
        (_("names"), organization.names.count()),
        (_("email domains"), organization.domains.count()),
        (_("followers, quiet ones too"), OrganizationFollow.objects.filter(organization=organization).count()),
        (_("updates"), Post.objects.filter(organization=organization).count()),
        (_("openings"), Opening.objects.filter(organization=organization).count()),
        (_("events"), Event.objects.filter(organization=organization).count()),
        (_("admins and editors"), organization.roles.count()),
        (_("people proved to be of it"), Belonging.objects.filter(organization=organization).count()),
    ]
