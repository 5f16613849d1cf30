"""Looking after the page of an organization: what it says, its logo and names, and who looks after it with one."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.refusals import Refusal
from communities.actions import (
    add_name,
    change_logo,
    change_organization,
    give_role,
    remove_name,
    rename_organization,
    take_role,
)
from communities.forms.organizations import LogoForm, NameForm, OrganizationForm, RenameForm, RoleForm
from communities.models import Organization, OrganizationName, OrganizationRole
from communities.views.finding_organizations import for_organization
from network.models import Connection
from network.views.answers import attempt

for_admins = for_organization(Organization.objects.run_by)
OFFERED = 200
"""How many of one's connections are offered while one writes a handle."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One part of looking after a page, and whether the reader is there."""

    text: str
    url: str
    current: bool = False


def tabs(organization: Organization, *, at: str) -> list[Tab]:
    """Return the parts of looking after a page; `at` is the name of the present one."""
    places = [
        (_("Page"), "edit_organization"),
        (_("Names"), "organization_names"),
        (_("People"), "organization_roles"),
        (_("Email domains"), "organization_domains"),
    ]
    found = []
    for text, name in places:
        try:
            found.append(Tab(text=text, url=reverse(name, args=[organization.slug]), current=name == at))
        except NoReverseMatch:
            continue
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_admins
def edit(request: HttpRequest, organization: Organization) -> HttpResponse:
    """What the page says, and who sees it."""
    form = OrganizationForm(request.POST or None, instance=organization)
    if form.is_valid():
        try:
            page = change_organization(organization, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The page is saved."))
            return redirect(page)
    return _page(request, organization, "edit_organization", form=form, logo_form=LogoForm())


@login_required
@require_POST
@for_admins
def put_logo(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Another logo."""
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        attempt(
            request,
            lambda: change_logo(organization, by=request.user, picture=form.cleaned_data["logo"]),
            done=_("The logo is saved."),
        )
        return redirect("edit_organization", organization.slug)
    return _page(
        request, organization, "edit_organization", form=OrganizationForm(instance=organization), logo_form=form
    )


@login_required
@require_POST
@for_admins
def remove_logo(request: HttpRequest, organization: Organization) -> HttpResponse:
    """The initial instead of a logo."""
    attempt(request, lambda: change_logo(organization, by=request.user, picture=None))
    return redirect("edit_organization", organization.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_admins
def names(request: HttpRequest, organization: Organization) -> HttpResponse:
    """The names by which an organization is known; a form adds another."""
    form = NameForm(request.POST or None, auto_id="other_%s")
    if form.is_valid():
        try:
            add_name(organization, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
        else:
            return redirect("organization_names", organization.slug)
    return _names(request, organization, form=form)


@login_required
@require_POST
@for_admins
def rename(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Another present name; the one before stays as a former name."""
    form = RenameForm(request.POST)
    if form.is_valid():
        try:
            rename_organization(organization, by=request.user, name=form.cleaned_data["name"])
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("The name is saved."))
            return redirect("organization_names", organization.slug)
    return _names(request, organization, rename_form=form)


@login_required
@require_POST
@for_admins
def drop_name(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    """Take another or a former name away."""
    name = get_object_or_404(OrganizationName, organization=organization, pk=pk)
    attempt(request, lambda: remove_name(organization, name, by=request.user))
    return redirect("organization_names", organization.slug)


def _names(request: HttpRequest, organization: Organization, *, form=None, rename_form=None) -> HttpResponse:
    others = organization.names.exclude(use=OrganizationName.Use.PRESENT).order_by("use", "name", "pk")
    context = {
        "names": list(others),
        "form": form or NameForm(auto_id="other_%s"),
        "rename_form": rename_form or RenameForm(initial={"name": organization.name}),
    }
    return _page(request, organization, "organization_names", **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_admins
def roles(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Who looks after a page; a form lets somebody else in, or gives them another role."""
    form = RoleForm(request.POST or None)
    if form.is_valid():
        try:
            member = _member(request.user, form.cleaned_data["handle"])
            give_role(organization, member, by=request.user, role=form.cleaned_data["role"])
        except Refusal as refusal:
            form.add_error("handle", refusal.sentence)
        else:
            messages.success(request, _("%(name)s looks after this page now.") % {"name": member.name})
            return redirect("organization_roles", organization.slug)
    rows = _roles(organization, request.user).order_by("role", "-is_seen", "member__name_folded", "pk")
    mine = Connection.objects.of(request.user).visible_to(request.user).select_related("other")
    offered = [row.other for row in mine.order_by("other__name_folded", "other_id")[:OFFERED]]
    return _page(request, organization, "organization_roles", form=form, roles=list(rows), offered=offered)


def _roles(organization: Organization, viewer: User) -> QuerySet[OrganizationRole]:
    """Who looks after a page, `is_seen` saying whether the viewer may read their names."""
    seen = Exists(User.objects.visible_to(viewer).filter(pk=OuterRef("member")))
    return organization.roles.select_related("member").annotate(is_seen=seen)


def _member(viewer: User, written: str) -> User:
    """Return the member of this handle, or the one connection of this name. Raises `Refusal`."""
    seen = User.objects.visible_to(viewer)
    connections = seen.filter(pk__in=Connection.objects.filter(member=viewer).values("other"))
    found = list(seen.filter(handle=written)) or list(connections.named_like(written)[:2])
    if len(found) != 1:
        raise Refusal(_("There is no such member. Write the handle from their profile’s address."))
    return found[0]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_admins
def drop_role(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    """Ask first; then take somebody's role away."""
    role = get_object_or_404(_roles(organization, request.user), pk=pk)
    name = {"name": role.member.name if role.is_seen else _("A member"), "organization": organization.name}
    return _take(
        request,
        role,
        title=_("Let %(name)s no longer look after %(organization)s?") % name,
        done=_("%(name)s no longer looks after this page.") % name,
        back=reverse("organization_roles", args=[organization.slug]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_organization(Organization.objects.edited_by)
def step_down(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Ask first; then give one's own role back."""
    role = get_object_or_404(OrganizationRole, organization=organization, member=request.user)
    name = {"organization": organization.name}
    return _take(
        request,
        role,
        title=_("Stop looking after %(organization)s?") % name,
        done=_("You no longer look after this page.") % name,
        back=organization.get_absolute_url(),
    )


def _take(request: HttpRequest, role: OrganizationRole, *, title: str, done: str, back: str) -> HttpResponse:
    if request.method == "POST":
        is_own = role.member_id == request.user.pk
        attempt(request, lambda: take_role(role.organization, role.member, by=request.user), done=done)
        return redirect(role.organization.get_absolute_url() if is_own else back)
    context = {
        "title": title,
        "text": _("Updates and openings stay as they are."),
        "action": request.path,
        "button": _("Step down") if role.member_id == request.user.pk else _("Take the role away"),
        "back": back,
        "bad": False,
        "form": None,
    }
    return render(request, "confirm.html", context)


def _page(request: HttpRequest, organization: Organization, at: str, **context) -> HttpResponse:
    """Show one part of looking after a page, with what is wrong in its forms."""
    wrong = any(getattr(form, "errors", None) for form in context.values())
    # A form writes what was typed into its organization, which the rest of the page must not show.
    organization = Organization.objects.get(pk=organization.pk)
    context |= {"organization": organization, "tabs": tabs(organization, at=at)}
    return render(request, f"communities/{at}.html", context, status=422 if wrong else 200)
