from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import welcome_member
from accounts.forms.joining import WelcomeForm
from accounts.models import User
from accounts.requests import MemberRequest
from network.degrees import decorate
from network.models import Follow
from network.standing import standings

NEWEST, SHOWN = 100, 8
"""Of the newest members, those whom most people follow are shown first."""


@login_required
def welcome(request: MemberRequest) -> HttpResponse:
    """The first step: who one is."""
    member = User.objects.get(pk=request.user.pk)
    form = WelcomeForm(request.POST or None, instance=member)
    if not form.is_valid():
        return render(request, "accounts/welcome.html", {"form": form}, status=422 if form.is_bound else 200)
    welcome_member(by=request.user, **form.cleaned_data)
    return redirect("welcome_people")


@login_required
@require_safe
def welcome_people(request: MemberRequest) -> HttpResponse:
    """The second step, which may be skipped: people to follow and to ask."""
    nobody = {
        "nobody_title": _("You are early"),
        "nobody_text": _("When others join, you find them with the search, and here are their updates."),
    }
    return render(request, "accounts/welcome_people.html", {"people": people_to_meet(request.user)} | nobody)


def people_to_meet(viewer: User) -> list[User]:
    """Some of the newest members, the most followed first, each with what `viewer` may do.

    Bounded by the newest, so that it costs the same in a community of a million.
    """
    newest = User.objects.visible_to(viewer).exclude(pk=viewer.pk).order_by("-joined_at", "-pk")[:NEWEST]
    followers = Follow.objects.open().filter(followed=OuterRef("pk")).order_by().values("followed")
    count = Subquery(followers.annotate(n=Count("pk")).values("n"))
    people = (
        User.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        .annotate(follower_count=Coalesce(count, 0))
        .order_by("-follower_count", "-joined_at", "-pk")[:SHOWN]
    )
    return decorate(standings(people, viewer=viewer, here=reverse("welcome_people")), viewer=viewer)
