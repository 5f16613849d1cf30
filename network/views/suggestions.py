"""People whom the viewer may know, and those they don't want suggested (product.md §15)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from network.actions import dismiss_suggestion, take_back_dismissal
from network.models import Dismissal
from network.suggesting.computing import is_cheap, is_fresh, suggest_to
from network.suggesting.reading import ORDER, askable, suggested_to, with_reasons
from network.tasks import look_for_suggestions
from network.views.answers import attempt, come_from, find_member
from network.views.pages import page_of
from network.views.tabs import tabs


@login_required
def suggestions(request: HttpRequest) -> HttpResponse:
    """People whom the viewer may know, those with the most in common first, each with the reasons."""
    is_ready = _is_ready(request.user)
    page = page_of(suggested_to, request, order=ORDER)
    page.rows[:] = _people(page.rows, request.user)
    context = {"page": page, "is_ready": is_ready, "at": "suggestions"}
    if request.htmx and not page.is_first:
        return render(request, "network/suggestions.html#rows", context)
    return render(request, "network/suggestions.html", context | {"tabs": tabs(request.user, at="suggestions")})


def _people(rows, viewer: User) -> list[User]:
    return askable(with_reasons(rows, viewer=viewer), viewer=viewer, here=reverse("suggestions"))


def _is_ready(viewer: User) -> bool:
    """Whether there are suggestions of the last day; found now if that is quick, by a worker otherwise."""
    if is_fresh(viewer):
        return True
    if is_cheap(viewer):
        suggest_to(viewer)
    else:
        look_for_suggestions.enqueue(viewer.pk)
    return is_fresh(viewer)


@login_required
@require_POST
def dismiss(request: HttpRequest, handle: str) -> HttpResponse:
    """Don't suggest somebody any more."""
    member = find_member(request, handle)
    done = "" if request.htmx else _("%(name)s will not be suggested to you any more.") % {"name": member.name}
    attempt(request, lambda: dismiss_suggestion(member, by=request.user), done=done)
    if request.htmx:
        return render(request, "network/suggestions.html#dismissed", {"member": member})
    return redirect(come_from(request, "suggestions"))


@login_required
@require_POST
def take_back(request: HttpRequest, handle: str) -> HttpResponse:
    """Let somebody be suggested again; with htmx their card comes back, if there is still a reason for it."""
    member = find_member(request, handle)
    take_back_dismissal(member, by=request.user)
    if request.htmx:
        people = _people(suggested_to(request.user).filter(other=member), request.user)
        context = {"people": people, "member": member, "is_focused": True}
        return render(request, "network/suggestions.html#again", context)
    messages.success(request, _("%(name)s may be suggested to you again.") % {"name": member.name})
    return redirect(come_from(request, "suggestions"))


@login_required
def dismissals(request: HttpRequest) -> HttpResponse:
    """Whom the viewer doesn't want suggested, the last one first: each can be taken back."""
    rows = Dismissal.objects.by(request.user).select_related("other")
    page = page_of(rows, request, order=("-dismissed_at", "-id"))
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"network/dismissals.html{piece}", {"page": page, "at": "dismissals"})
