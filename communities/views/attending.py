"""Answering an event, confirming that one was there, who comes, and whom one met."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.actions import (
    attend_event,
    be_interested,
    confirm_attendance,
    stay_away,
    take_confirmation_back,
)
from communities.models import Event
from communities.views.finding import NEAREST_FIRST, find_event, who_comes, whom_i_met
from network.degrees import decorate
from network.standing import standings
from network.views.answers import attempt
from network.views.pages import Page, page_of

ANSWERS = {"attending": attend_event, "interested": be_interested, "away": stay_away}


@login_required
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Come, be interested, or not come."""
    found = find_event(request, slug)
    doing = ANSWERS.get(request.POST.get("answer", ""), stay_away)
    attempt(request, lambda: doing(found, by=request.user))
    return redirect(found)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one was there, or, with `taken_back`, that one wasn't after all."""
    found = find_event(request, slug)
    doing = take_confirmation_back if "taken_back" in request.POST else confirm_attendance
    attempt(request, lambda: doing(found, by=request.user))
    return redirect(found)


@login_required
@require_safe
def attendees(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes, one's own connections first, each of the people whom the viewer may see."""
    found = find_event(request, slug)
    page = page_of(who_comes(found, request.user), request, order=NEAREST_FIRST)
    people = decorate([row.member for row in page.rows], viewer=request.user)
    title = _("Who came to %(title)s") if found.is_over else _("Who is coming to %(title)s")
    return _answer(request, found, page, people, title=title)


@login_required
@require_safe
def met(request: HttpRequest, slug: str) -> HttpResponse:
    """Those whom the viewer met there: both confirmed it. For a week after the event one can connect here."""
    found = find_event(request, slug)
    page = page_of(whom_i_met(found, request.user), request, order=NEAREST_FIRST)
    people = decorate([row.member for row in page.rows], viewer=request.user)
    return _answer(request, found, page, people, title=_("Who was at %(title)s too"))


def _answer(request: HttpRequest, event: Event, page: Page, people: list, *, title: str) -> HttpResponse:
    standings(people, viewer=request.user, here=request.get_full_path())
    context = {"event": event, "page": page, "people": people, "title": title % {"title": event.title}}
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"communities/event_people.html{piece}", context)
