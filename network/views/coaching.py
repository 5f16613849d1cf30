"""Coaching a note while it is written (product.md §4): it advises and never blocks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from network.coach import coach
from network.forms import AskForm
from network.ground import common_ground
from network.openers import openers, proves, with_opener
from network.standing import standing
from network.views.answers import find_member
from network.views.asking import ask_form, ask_page

READ = 1000
"""How many characters of a note are read; one may have 300."""


@login_required
@require_POST
def coach_note(request: HttpRequest, handle: str) -> HttpResponse:
    """The five lines about what is typed so far: with htmx they alone, otherwise on the page with what was typed.

    A button with an opener puts that behind what is typed; nothing is sent.
    """
    member = find_member(request, handle)
    now = standing(member, viewer=request.user, here=request.path)
    if not now.may_ask:
        return redirect("ask_to_connect", handle)
    common_ground([member], viewer=request.user)
    typed = _typed(request, member)
    form = ask_form(request, now, typed=typed)
    about = {"lines": _lines(typed, member, form, request.user), "is_blank": not typed.get("note", "").strip()}
    if request.htmx:
        return render(request, "network/_coach.html", about)
    return ask_page(request, now, form, **about)


def _typed(request: HttpRequest, member: User) -> QueryDict:
    """What stands in the form, with the opener that was pressed, if it is one."""
    typed, opener = request.POST.copy(), request.POST.get("opener", "")
    if opener and opener in openers(member, viewer=request.user):
        typed["note"] = with_opener(typed.get("note", ""), opener)
    return typed


def _lines(typed: QueryDict, member: User, form: AskForm, sender: User) -> list[dict]:
    note, context = typed.get("note", "")[:READ].replace("\r\n", "\n"), typed.get("context", "")
    proved = proves(member.ground, context) or form.names_somebody(typed)
    lines = coach(note, recipient=member.name, sender=sender.name, context=context, proved=proved)
    return [{"line": line, "words": line.words(note)} for line in lines]
