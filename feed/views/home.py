from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from feed import cursors
from feed.items import present
from feed.timeline import feed_of, public_posts
from network.models import Connection, ConnectionRequest, Follow
from network.views.requests import IN_ORDER, ranked

WAITING = 3
"""How many of the requests that wait stand beside the feed."""
FACES = 9
"""How many members with public profiles stand on the front page."""


@require_safe
@vary_on_headers("HX-Request")
def home(request):
    """The member's feed; for visitors, the front page."""
    if not request.user.is_authenticated:
        return front(request)
    before = cursors.read(request.GET.get("before"))
    if request.htmx and before:
        return render(request, "feed/_posts.html#page", rows(request.user, before=before))
    return render(request, "feed/home.html", latest(request, before=before))


def rows(member, *, before=None) -> dict:
    """Return a page of the feed, and where it goes on."""
    page = feed_of(member, before=before)
    return {
        "items": present(page.posts, viewer=member, reasons=True),
        "more_url": f"{reverse('home')}?before={cursors.written(page.more)}" if page.more else "",
    }


def latest(request, *, before=None) -> dict:
    """Return what the feed's page is made of."""
    counts = User.objects.filter(pk=request.user.pk).values(
        connected=_how_many(Connection.objects.of(request.user).visible_to(request.user), "member"),
        followed=_how_many(Follow.objects.by(request.user), "follower"),
    )
    waiting = ranked(ConnectionRequest.objects.waiting_for(request.user), request.user).order_by(*IN_ORDER)
    return rows(request.user, before=before) | {
        "counts": counts.get(),
        "asking": list(waiting[:WAITING]),
        "is_later": before is not None,
    }


def _how_many(rows, by: str):
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("*")).values("n")), 0)


def front(request):
    """What this community is, some of what its members show to everybody, and how to join."""
    members = User.objects.visible_to(request.user).order_by("-joined_at", "-pk")[:FACES]
    items = present(public_posts(request.user), viewer=request.user)
    return render(request, "feed/front.html", {"items": items, "members": list(members), "more_url": ""})
