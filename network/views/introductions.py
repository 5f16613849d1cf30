"""The introductions of a member: those to them, those asked of them, and those they asked for (product.md §5)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from network.degrees import decorate
from network.ground import common_ground
from network.introducing import said_to_asker
from network.models import Introduction
from network.views.pages import Page, page_of
from network.views.tabs import tabs


@dataclass(frozen=True)
class List:
    """One of the lists of a page: whose scope, in which order, and what the address calls its next page."""

    of: Callable[[User], QuerySet[Introduction]]
    order: tuple[str, ...]
    cursor: str


WAITING = {
    "introduced": List(Introduction.objects.introduced_to, ("-reached_at", "-id"), "after_introduced"),
    "asked_of": List(Introduction.objects.asked_of, ("-asked_at", "-id"), "after_asked_of"),
    "mine": List(Introduction.objects.asked_by, ("-asked_at", "-id"), "after"),
}
ANSWERED = {
    "introduced": List(Introduction.objects.set_aside_by, ("-reached_at", "-id"), "after_introduced"),
    "asked_of": List(Introduction.objects.answered_by, ("-asked_at", "-id"), "after_asked_of"),
}


@login_required
def introductions(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, and what they asked for."""
    return _answer(request, WAITING, at="introductions")


@login_required
def answered(request: HttpRequest) -> HttpResponse:
    """What the viewer set aside or answered, while it is open: they may still change their mind."""
    return _answer(request, ANSWERED, at="introductions_answered")


def _answer(request: HttpRequest, lists: dict[str, List], *, at: str) -> HttpResponse:
    context = {"at": at, "here": request.path}
    for name, each in lists.items():
        if request.htmx and each.cursor in request.GET:
            return render(request, f"network/introductions.html#{name}", context | {name: _page(request, name, each)})
    pages = {name: _page(request, name, each) for name, each in lists.items()}
    context |= {"mine": Page(rows=[])} | pages | {"is_empty": all(page.is_empty for page in pages.values())}
    return render(request, "network/introductions.html", context | {"tabs": tabs(request.user, at="introductions")})


def _page(request: HttpRequest, name: str, each: List) -> Page:
    rows = each.of(request.user).select_related("asker", "through", "to")
    page = page_of(rows, request, order=each.order, cursor=each.cursor)
    if name == "introduced":
        common_ground(decorate([row.asker for row in page.rows], viewer=request.user), viewer=request.user)
    if name == "mine":
        for row in page.rows:
            row.said = said_to_asker(row)
    return page
