"""Coaching a note while it is written (product.md §4): it advises and never blocks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from communities.models import Event
from network.coach import coach
from network.models import ConnectionRequest
from network.standing import standing
from network.views.answers import find_member
from network.views.asking import ask_form, ask_page

READ = 1000
"""How many characters of a note are read; one may have 300."""


@login_required
@require_POST
def coach_note(request: HttpRequest, handle: str) -> HttpResponse:
    """The five lines about what is typed so far: with htmx they alone, otherwise on the page with what was typed."""
    member = find_member(request, handle)
    now = standing(member, viewer=request.user, here=request.path)
    if not now.may_ask:
        return redirect("ask_to_connect", handle)
    lines = _lines(request, member)
    if request.htmx:
        return render(request, "network/_coach.html", {"lines": lines, "is_blank": _is_blank(request)})
    form = ask_form(request, now, typed=request.POST)
    return ask_page(request, now, form, lines=lines, is_blank=_is_blank(request))


def _is_blank(request: HttpRequest) -> bool:
    return not request.POST.get("note", "").strip()


def _lines(request: HttpRequest, member: User) -> list[dict]:
    note, context = request.POST.get("note", "")[:READ].replace("\r\n", "\n"), request.POST.get("context", "")
    proved = _is_proved(context, one=request.user, other=member)
    lines = coach(note, recipient=member.name, sender=request.user.name, context=context, proved=proved)
    return [{"line": line, "words": line.words(note)} for line in lines]


def _is_proved(context: str, *, one: User, other: User) -> bool:
    """Whether the site can prove how two members say they know each other: so far, that both were at an event."""
    if context != ConnectionRequest.Context.EVENT:
        return False
    return Event.objects.visible_to(one).both_were_at(one, other).exists()
