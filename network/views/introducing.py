"""Asking for an introduction, passing it on, and connecting by it (product.md §5)."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from network.actions import (
    ask_for_introduction,
    connect_introduced,
    decline_introduction,
    let_name,
    pass_introduction_on,
    set_introduction_aside,
)
from network.degrees import decorate
from network.forms import IntroductionForm, PassOnForm
from network.ground import common_ground
from network.introducing import CHOICE, people_between, why_not
from network.models import Introduction
from network.standing import Standing, standing
from network.views.answers import attempt, come_from, find_member


@login_required
def ask(request: HttpRequest, handle: str) -> HttpResponse:
    """The page on which one asks a mutual connection for an introduction; or why that isn't possible."""
    member = find_member(request, handle)
    now = standing(member, viewer=request.user, here=request.get_full_path())
    if now.connected_at or (request.method == "POST" and _replayed(request)):
        return redirect(member)
    people = list(people_between(member, viewer=request.user)[:CHOICE])
    if request.method != "POST":
        return _page(request, now, people, _blank_form(request, now, people))
    form = IntroductionForm(request.POST, to=member, people=people)
    if not form.is_valid():
        return _page(request, now, people, form, status=422)
    try:
        asked = ask_for_introduction(member, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, now, people, form, status=422)
    said = _("You asked %(name)s for an introduction to %(other)s.")
    messages.success(request, said % {"name": asked.through.name, "other": member.name})
    return redirect(member)


def _replayed(request: HttpRequest) -> bool:
    """Whether this very form was sent before: a double click, or the browser's own reload."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return False
    return Introduction.objects.filter(asker=request.user, key=key).exists()


def _blank_form(request: HttpRequest, now: Standing, people: list) -> IntroductionForm:
    """Nobody is chosen yet, but where the address names somebody or there is nobody else."""
    wanted = [person for person in people if person.handle == request.GET.get("through")] or people
    initial = {"key": uuid4(), "through": wanted[0].pk if len(wanted) == 1 else ""}
    return IntroductionForm(to=now.member, people=people, initial=initial)


def _page(request: HttpRequest, now: Standing, people: list, form: IntroductionForm, status: int = 200) -> HttpResponse:
    common_ground(decorate([now.member], viewer=request.user), viewer=request.user)
    sentence = why_not(now.member, viewer=request.user, asking=now.asking)
    context = {
        "member": now.member,
        "standing": now,
        "people": people,
        "form": form,
        "chosen": str(form["through"].value() or ""),
        "sentence": sentence,
        "left_afterwards": now.asking.left - 1,
    }
    return render(request, "network/ask_for_introduction.html", context, status=status)


@login_required
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which a mutual connection passes an introduction on, or lets the asker use their name."""
    introduction = _asked_of_me(request, pk)
    form = PassOnForm(request.POST or None, introduction=introduction)
    if request.method == "POST" and form.is_valid():
        names = {"name": introduction.asker.name, "other": introduction.to.name}
        done = _("You introduced %(name)s to %(other)s.") % names
        attempt(request, lambda: pass_introduction_on(introduction, by=request.user, **form.cleaned_data), done=done)
        return redirect("introductions")
    status = 422 if form.is_bound else 200
    return render(request, "network/pass_on.html", {"introduction": introduction, "form": form}, status=status)


@login_required
@require_POST
def let_be_named(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the asker use one's name in a request of their own."""
    introduction = _asked_of_me(request, pk)
    done = _("%(name)s may say that you sent them. They will be told.") % {"name": introduction.asker.first_name}
    attempt(request, lambda: let_name(introduction, by=request.user), done=done)
    return redirect(come_from(request, "introductions"))


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Don't pass it on, silently."""
    introduction = _asked_of_me(request, pk)
    done = _("You don’t pass it on. %(name)s will not be told.") % {"name": introduction.asker.first_name}
    attempt(request, lambda: decline_introduction(introduction, by=request.user), done=done)
    return redirect(come_from(request, "introductions"))


@login_required
@require_POST
def connect(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to an introduction."""
    introduction = _to_me(request, pk)
    done = _("You and %(name)s are connected.") % {"name": introduction.asker.name}
    attempt(request, lambda: connect_introduced(introduction, by=request.user), done=done)
    return redirect(come_from(request, "introductions"))


@login_required
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Stay silent, and have it out of the way."""
    introduction = _to_me(request, pk)
    names = {"name": introduction.asker.first_name, "through": introduction.through.first_name}
    done = _("The introduction is set aside. Neither %(name)s nor %(through)s will be told.") % names
    attempt(request, lambda: set_introduction_aside(introduction, by=request.user), done=done)
    return redirect(come_from(request, "introductions"))


def _asked_of_me(request: HttpRequest, pk: int) -> Introduction:
    asked = Introduction.objects.answerable_by(request.user).select_related("asker", "through", "to")
    return get_object_or_404(asked, pk=pk)


def _to_me(request: HttpRequest, pk: int) -> Introduction:
    """An introduction to the viewer, answered or not: a second press is told so instead of 404."""
    mine = Introduction.objects.received_by(request.user).select_related("asker", "through", "to")
    return get_object_or_404(mine, pk=pk)
