"""What everything else is compared with, signed in: one row by its key, and a page that reads and shows twenty."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import escape

from accounts.models import User
from config.urls import urlpatterns as of_the_site
from network.views.pages import Page
from search.models import Find, Look, SavedSearch

TWENTY = 20


@login_required
def bare(request, pk: int):
    """The row's name and nothing else."""
    return HttpResponse(escape(User.objects.only("first_name", "last_name").get(pk=pk).name))


@login_required
def page(request, pk: int):
    """The same on a page of the site."""
    return render(request, "confirm.html", _words(User.objects.only("first_name", "last_name").get(pk=pk).name))


def _words(name: str) -> dict:
    return {"title": name, "text": name, "action": "/", "button": name, "back": "/", "bad": False}


@login_required
def people(request, pk: int):
    """Twenty members by their keys, each on the card that every list of people has: the floor of such a list."""
    members = User.objects.in_bulk(range(pk, pk + TWENTY))
    return render(request, "search/saved_search.html", _as_finds(members.values()))


def _as_finds(members) -> dict:
    finds = [Find(member=member, look=Look(looked_at=member.joined_at)) for member in members]
    return {"search": SavedSearch(pk=1, words="twenty"), "page": Page(rows=finds), "all_url": "/"}


urlpatterns = [
    path("yardstick/<int:pk>/", bare),
    path("yardstick/page/<int:pk>/", page),
    path("yardstick/people/<int:pk>/", people),
    *of_the_site,
]
