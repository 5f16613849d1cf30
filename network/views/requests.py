"""Requests received, set aside and sent (product.md §3)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from feed.lists.latest import latest_public_posts
from network.degrees import decorate
from network.ground import common_ground
from network.models import ConnectionRequest
from network.named import full_name, naming, with_named
from network.received import IN_ORDER, Listed, proved_senders, waiting
from network.received import set_aside as put_aside
from network.standing import standings
from network.views.pages import MOST_HELD, page_of, size_for, without_held
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
    if request.htmx and "held" in request.GET:
        context = {"page": page, "at": at, "here": without_held(request), "tabs": tabs(request.user, at=at)}
        return render(request, "network/_renewed.html", context)
    return _answer(request, "network/received.html", page, at=at, most_held=lambda: MOST_HELD)


@login_required
def sent(request: HttpRequest) -> HttpResponse:
    """One's own open requests. Whether one was declined is never looked up here (§3.4)."""
    requests = ConnectionRequest.objects.sent_by(request.user).select_related("recipient")
    page = page_of(with_named(requests, request.user), request, order=("-sent_at", "-id"))
    people = decorate([row.recipient for row in page.rows], viewer=request.user)
    standings(people, viewer=request.user, here=request.get_full_path())
    latest = latest_public_posts(people, viewer=request.user)
    for row in page.rows:
        row.names, row.latest = full_name(row.named_seen), latest[row.recipient_id]
    return _answer(request, "network/sent.html", page, at="requests_sent", gaps=lambda: gaps_of(request.user))


def _answer(request: HttpRequest, template: str, page, *, at: str, **more) -> HttpResponse:
    context = {"page": page, "at": at, "here": request.get_full_path()}
    if request.htmx and not page.is_first:
        return render(request, f"{template}#rows", context)
    context |= {name: value() for name, value in more.items()}
    return render(request, template, context | {"tabs": tabs(request.user, at=at)})
