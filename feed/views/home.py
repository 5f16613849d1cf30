from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.actions import change_choices
from accounts.models import Community, User
from feed.lists import cursors, news
from feed.lists.orders import HIGHLIGHTS, LATEST, order_of, page, tabs
from feed.lists.timeline import public_posts
from feed.showing.items import present
from search.described import describe_front

FACES = 9
"""How many members with public profiles stand on the front page."""


@require_safe
@vary_on_headers("HX-Request")
def home(request):
    """The member's feed in the order that they chose last; for visitors, the front page."""
    return _feed(request, order_of(request.user)) if request.user.is_authenticated else front(request)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def latest(request):
    """The feed, newest first; from now on the member's choice."""
    return _feed(request, LATEST)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def highlights(request):
    """The feed by relevance; from now on the member's choice."""
    return _feed(request, HIGHLIGHTS)


def _feed(request, order: str):
    word = request.GET.get("before", "")
    if request.htmx and word:
        return render(request, "feed/_posts.html#page", page(request.user, order=order, word=word))
    if order != order_of(request.user):
        change_choices(by=request.user, highlights_first=order == HIGHLIGHTS)
    return render(request, "feed/home.html", whole(request, order=order, word=word))


@login_required
@require_safe
@vary_on_headers("HX-Request")
def new_posts(request, order: str):
    """How many posts came in above what the member reads, as a link to them; nothing if there are none, or no more."""
    if order not in (LATEST, HIGHLIGHTS):
        raise Http404
    if not request.htmx:
        return redirect(order)
    number = news.how_many_new(request.user, since=cursors.read(request.GET.get("since")) or 0)
    said = ngettext("%(n)s new post", "%(n)s new posts", number) % {"n": number}
    said = _("More than %(n)s new posts") % {"n": news.MOST} if number > news.MOST else said
    context = {"news_said": said if number else "", "news_link": _newest(order)}
    return render(request, "feed/home.html#news", context)


def _newest(order: str) -> str:
    return f"{reverse(HIGHLIGHTS)}?anew=1" if order == HIGHLIGHTS else reverse(LATEST)


def whole(request, *, order: str, word: str = "") -> dict:
    """Return what the feed's page is made of."""
    found = page(request.user, order=order, word=word, anew="anew" in request.GET)
    return found | {
        "tabs": tabs(order),
        "news_url": f"{reverse('new_posts', args=[order])}?since={found['since']}",
        "news_said": "",
        "news_link": _newest(order),
    }


def front(request):
    """What this community is, some of what its members show to everybody, and how to join."""
    members = User.objects.visible_to(request.user).order_by("-joined_at", "-pk")[:FACES]
    items = present(public_posts(request.user), viewer=request.user)
    community = Community.current()
    context = {"items": items, "members": list(members), "more_url": "", "community": community}
    return render(request, "feed/front.html", context | describe_front(community, request))
