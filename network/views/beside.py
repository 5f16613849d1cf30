"""What stands beside the feed: read when it comes into sight, which on phones it never does."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.counting import how_many
from accounts.models import User
from network.advice.converting import whom_to_connect_with
from network.models import Connection, Follow
from network.received import first_waiting
from network.suggesting.reading import a_few_for

WAITING = 3
"""How many of the requests that wait."""
SUGGESTED = 3


@login_required
@require_safe
def beside(request: HttpRequest) -> HttpResponse:
    """Who waits for an answer, who to connect with, and how many the member knows."""
    if not request.htmx:
        return redirect("suggestions")
    context = {
        "asking": first_waiting(request.user, WAITING),
        "converting": whom_to_connect_with(request.user),
        "suggested": a_few_for(request.user, SUGGESTED),
        "counts": _counts(request.user),
        "here": reverse("home"),
    }
    return render(request, "network/_beside.html", context)


def _counts(member: User) -> dict:
    counts = User.objects.filter(pk=member.pk).values(
        connected=how_many(Connection.objects.of(member).visible_to(member), "member"),
        followed=how_many(Follow.objects.by(member), "follower"),
    )
    return counts.get()
