from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from feed.highlights.explaining import explain
from feed.highlights.reasons import tie
from feed.lists.orders import HIGHLIGHTS, order_of
from feed.quiet.remedies import remedies
from feed.showing.items import present
from feed.views.posts import found_in_feed
from network.views.answers import opened_from


@login_required
@require_safe
def why(request, pk: int):
    """The whole reason why a post is in one's feed, and what one can do about it."""
    post = found_in_feed(request, pk)
    (item,) = present([post], viewer=request.user, reasons=True)
    explanation = explain(post, viewer=request.user, tie_said=tie(post, item))
    context = {
        "item": item,
        "explanation": explanation,
        "remedies": remedies(post, viewer=request.user, is_hidden=explanation.is_hidden, is_less=explanation.is_less),
        "in_highlights": order_of(request.user) == HIGHLIGHTS,
        "back": opened_from(request, reverse("home")),
    }
    return render(request, "feed/why.html", context)
