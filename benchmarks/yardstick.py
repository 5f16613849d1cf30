"""What everything else is compared with: an address that does nothing but look up one row by its key, signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import escape

from accounts.models import User
from config.urls import urlpatterns as of_the_site


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


urlpatterns = [path("yardstick/<int:pk>/", bare), path("yardstick/page/<int:pk>/", page), *of_the_site]
