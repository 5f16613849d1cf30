from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import MemberRequest
from live import renewing
from messaging import listing
from messaging.forms import SearchForm
from messaging.views import addresses


@login_required
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def conversations(request: MemberRequest) -> HttpResponse:
    """The list of one's conversations, or of the messages in which some words were written.

    A page that shows it already reads on, or fetches anew what it holds: alone, or beside the conversation `open`.
    """
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    open_id = addresses.number(request, "open")
    context = _found(request, words) if words else _listed(request)
    context |= {"words": words, "open_id": open_id, "most_held": renewing.MOST_HELD}
    template = "messaging/conversations.html"
    if request.htmx and "held" not in request.GET:
        template = "messaging/_entries.html"
    elif request.htmx:
        template = f"{template}#listed" if open_id is None else "messaging/_beside.html"
    return render(request, template, context)


def _listed(request: MemberRequest) -> dict:
    archived, unread_first = "archived" in request.GET, request.GET.get("unread") == "first"
    seats, before = listing.list_page(
        request.user,
        archived=archived,
        unread_first=unread_first,
        after=addresses.place(request),
        held=addresses.number(request, "held") or 0,
    )
    return {
        "entries": listing.entries(seats, request.user, listing.others(seats, request.user)),
        "people": [],
        "archived": archived,
        "unread_first": unread_first,
        "next_page": addresses.of_page(
            before, archived="1" if archived else "", unread="first" if unread_first else ""
        ),
    }


def _found(request: MemberRequest, words: str) -> dict:
    place = addresses.place(request)
    seats = listing.called(request.user, words) if place is None else []
    messages, before = listing.found(request.user, words, after=place)
    seen = listing.others([*seats, *messages], request.user)
    return {
        "entries": listing.hits(messages, request.user, seen, words),
        "people": listing.entries(seats, request.user, seen),
        "archived": False,
        "unread_first": False,
        "next_page": addresses.of_page(before, q=words),
    }
