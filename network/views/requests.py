"""Requests received, set aside and sent (product.md §3)."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from feed.lists.latest import latest_public_posts
from live import renewing
from network.degrees import decorate
from network.ground import common_ground
from network.models import ConnectionRequest
from network.named import full_name, naming, with_named
from network.received import IN_ORDER, Listed, proved_senders, waiting
from network.received import set_aside as put_aside
from network.standing import standings
from network.views.pages import page_of, size_for, without_held
from network.views.tabs import tabs
from profiles.gaps import gaps_of


@login_required
def received(request: HttpRequest) -> HttpResponse:
    """Requests that wait for an answer."""
    return _received_page(request, waiting, at="requests_received")


@login_required
def set_aside(request: HttpRequest) -> HttpResponse:
    """Requests that the viewer declined or asked for later; they may still accept."""
    return _received_page(request, put_aside, at="requests_set_aside")


def _received_page(request: HttpRequest, listed: Listed, *, at: str) -> HttpResponse:
    size = size_for(request)
    page = page_of(listed, request, order=IN_ORDER, size=size, among=proved_senders(listed, request.user))
    for row in page.rows:
        row.naming = naming(row.named_seen, sender=row.sender)
    common_ground(decorate([row.sender for row in page.rows], viewer=request.user), viewer=request.user)
    return _answer(request, "network/received.html", page, at=at, renewed="rows")


@login_required
def sent(request: HttpRequest) -> HttpResponse:
    """One's own open requests. Whether one was declined is never looked up here (§3.4)."""
    requests = ConnectionRequest.objects.sent_by(request.user).select_related("recipient")
    listed = with_named(requests, request.user)
    page = page_of(listed, request, order=("-sent_at", "-id"), size=size_for(request))
    people = decorate([row.recipient for row in page.rows], viewer=request.user)
    standings(people, viewer=request.user, here=without_held(request))
    latest = latest_public_posts(people, viewer=request.user)
    for row in page.rows:
        row.names, row.latest = full_name(row.named_seen), latest[row.recipient_id]
    gaps = partial(gaps_of, request.user)
    return _answer(request, "network/sent.html", page, at="requests_sent", renewed="listed", gaps=gaps)


def _answer(request: HttpRequest, template: str, page, *, at: str, renewed: str, **more) -> HttpResponse:
    """The page, the rows that follow in it, or what an open page fetches anew: its partial `renewed`, and the tabs."""
    context = {"page": page, "at": at, "here": without_held(request), "most_held": renewing.MOST_HELD}
    is_renewed = request.htmx and "held" in request.GET
    if request.htmx and not page.is_first and not is_renewed:
        return render(request, f"{template}#rows", context)
    context |= {name: value() for name, value in more.items()} | {"tabs": tabs(request.user, at=at)}
    if is_renewed:
        return render(request, "network/_renewed.html", context | {"list": f"{template}#{renewed}"})
    return render(request, template, context)
