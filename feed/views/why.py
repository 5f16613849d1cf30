from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from feed.explaining import explain
from feed.items import present
from feed.models import Post
from feed.orders import HIGHLIGHTS, order_of
from feed.reasons import tie
from feed.remedies import remedies
from feed.tagged import naming_tags
from feed.timeline import with_what_they_show


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
        "remedies": remedies(post, viewer=request.user, is_wanted=explanation.is_wanted, is_less=explanation.is_less),
        "in_highlights": order_of(request.user) == HIGHLIGHTS,
    }
    return render(request, "feed/why.html", context)
