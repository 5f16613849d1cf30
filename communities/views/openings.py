"""Openings: those of all organizations, one of them, looking after them, and one's private tick."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from accounts.words import as_html
from communities.actions import change_opening, close_opening, mark_applied, post_opening, unmark_applied
from communities.forms.openings import FilterForm, OpeningForm
from communities.models import Application, Opening, Organization
from communities.standing import standing
from communities.views.finding_organizations import for_organization
from network.views.answers import attempt, come_from
from network.views.pages import page_of
from search.described import describe_opening

PER_PAGE = 20


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """All open openings that the viewer sees: first those of organizations that they follow, the newest first."""
    form = FilterForm(request.GET)
    found = Opening.objects.visible_to(request.user).open().select_related("organization")
    if form.is_valid():
        found = found.filter(kind=form.cleaned_data["kind"]) if form.cleaned_data["kind"] else found
        found = found.filter(is_remote=True) if form.cleaned_data["remote"] else found
    rows, next_url = _followed_first(request, found)
    context = {
        "form": form,
        "openings": rows,
        "next_url": next_url,
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "communities/openings.html" + _piece(request), context)


def _followed_first(request: HttpRequest, found) -> tuple[list[Opening], str]:
    """Return a page of openings and the address of the next: two rings, each asked as far as the page has room."""
    followed = Opening.objects.followed_by(request.user) if request.user.is_authenticated else Opening.objects.none()
    rings = [found.filter(pk__in=followed.values("pk")), found.exclude(pk__in=followed.values("pk"))]
    ring, _dot, last = request.GET.get("after", "").partition(".")
    if ring not in ("0", "1") or not last.isdecimal() or len(last) > 18:
        ring, last = "0", ""
    rows: list[tuple[int, Opening]] = []
    for number in range(int(ring), len(rings)):
        rest = rings[number].filter(pk__lt=int(last)) if last and number == int(ring) else rings[number]
        rows += [(number, opening) for opening in rest.order_by("-pk")[: PER_PAGE + 1 - len(rows)]]
    next_url = ""
    if len(rows) > PER_PAGE:
        parameters = request.GET.copy()
        parameters["after"] = f"{rows[PER_PAGE - 1][0]}.{rows[PER_PAGE - 1][1].pk}"
        next_url = f"{request.path}?{parameters.urlencode()}"
    return [opening for _number, opening in rows[:PER_PAGE]], next_url


def _piece(request: HttpRequest) -> str:
    return "#rows" if request.htmx and request.GET.get("after") else ""


@login_required
@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    """The openings that the viewer ticked, closed ones too: a list for nobody else."""
    ticks = Application.objects.filter(member=request.user, opening__in=Opening.objects.visible_to(request.user))
    page = page_of(ticks.select_related("opening__organization"), request, order=("-applied_at", "-id"))
    return render(request, "communities/applied_openings.html" + _piece(request), {"page": page})


@require_safe
@for_organization()
def openings_of(request: HttpRequest, organization: Organization) -> HttpResponse:
    """The openings of one organization: open ones; for its editors, those that closed too."""
    mine = standing(organization, viewer=request.user, here=request.get_full_path())
    found = Opening.objects.visible_to(request.user).filter(organization=organization)
    page = page_of(found if mine.role else found.open(), request, order=("-id",))
    for opening in page.rows:
        opening.organization = organization
    context = {"organization": organization, "standing": mine, "page": page}
    return render(request, "communities/organization_openings.html" + _piece(request), context)


@require_safe
def opening(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An opening. It moves with its organization, when that is merged into another: then its address leads there."""
    found = get_object_or_404(Opening.objects.visible_to(request.user).select_related("organization"), pk=pk)
    if found.organization.slug != slug:
        return redirect(found, permanent=True)
    mine = standing(found.organization, viewer=request.user, here=request.path)
    context = {
        "opening": found,
        "text": as_html(found.text),
        "organization": found.organization,
        "standing": mine,
        "has_applied": request.user.is_authenticated
        and Application.objects.filter(member=request.user, opening=found).exists(),
    }
    return render(request, "communities/opening.html", context | describe_opening(found, request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_organization(Organization.objects.edited_by)
def new(request: HttpRequest, organization: Organization) -> HttpResponse:
    """A new opening."""
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(post_opening(organization, by=request.user, **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _form(request, form, organization, title=_("New opening"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_organization(Organization.objects.edited_by)
def edit(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    """What an opening says."""
    found = get_object_or_404(Opening.objects.editable_by(request.user), organization=organization, pk=pk)
    form = OpeningForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            return redirect(change_opening(found, by=request.user, **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return _form(request, form, organization, title=_("Edit the opening"))


def _form(request: HttpRequest, form: OpeningForm, organization: Organization, *, title: str) -> HttpResponse:
    context = {"form": form, "organization": organization, "title": title, "opening": form.instance}
    return render(request, "communities/edit_opening.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_organization(Organization.objects.edited_by)
def close(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    """Ask first; then close an opening before its date."""
    found = get_object_or_404(Opening.objects.editable_by(request.user), organization=organization, pk=pk)
    if request.method == "POST":
        attempt(request, lambda: close_opening(found, by=request.user), done=_("The opening is closed."))
        return redirect("opening", organization.slug, pk)
    context = {
        "title": _("Close “%(title)s”?") % {"title": found.title},
        "text": _("Nobody can apply any more. To open it again, give it a new closing date."),
        "action": request.path,
        "button": _("Close the opening"),
        "back": found.get_absolute_url(),
        "bad": False,
        "form": None,
    }
    return render(request, "confirm.html", context)


@login_required
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick that one applied."""
    return _ticked(request, pk, mark_applied)


@login_required
@require_POST
def untick(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the tick away."""
    return _ticked(request, pk, unmark_applied)


def _ticked(request: HttpRequest, pk: int, doing) -> HttpResponse:
    found = get_object_or_404(Opening.objects.visible_to(request.user).select_related("organization"), pk=pk)
    attempt(request, lambda: doing(found, by=request.user))
    if request.htmx:
        context = {"opening": found, "has_applied": doing is mark_applied}
        return render(request, "communities/opening.html#tick", context)
    return redirect(come_from(request, reverse("opening", args=[found.organization.slug, pk])))
