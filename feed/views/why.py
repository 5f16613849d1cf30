from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feed.highlights.explaining import explain
from feed.highlights.reasons import tie
from feed.lists.orders import HIGHLIGHTS, order_of
from feed.lists.timeline import with_what_they_show
from feed.models import Post
from feed.quiet.remedies import remedies
from feed.showing.items import present
from feed.tags.tagged import naming_tags


@login_required
@require_safe
def why(request, pk: int):
    """The whole reason why a post is in one's feed, and what one can do about it."""
    seen = Post.objects.visible_to(request.user)
    post = get_object_or_404(naming_tags(with_what_they_show(seen), request.user), pk=pk)
    (item,) = present([post], viewer=request.user, reasons=True)
    explanation = explain(post, viewer=request.user, tie_said=tie(post, item))
    context = {
        "item": item,
        "explanation": explanation,
        "remedies": remedies(post, viewer=request.user, is_hidden=explanation.is_hidden, is_less=explanation.is_less),
        "in_highlights": order_of(request.user) == HIGHLIGHTS,
    }
    return render(request, "feed/why.html", context)
