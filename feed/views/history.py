"""What a post or a comment said before it was edited."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from feed.history import earlier_versions, version_now
from feed.lists import cursors
from feed.models import Comment, Post
from feed.showing.speakers import speaker
from feed.views import comments, posts


@require_safe
@vary_on_headers("HX-Request")
def post_history(request, pk: int):
    """Each version of a post, the newest first, for whoever sees the post."""
    post = posts.found(request, pk)
    return _history(request, post, name=speaker(post).name)


@require_safe
@vary_on_headers("HX-Request")
def comment_history(request, pk: int):
    """Each version of a comment, the newest first, for whoever sees the comment."""
    comment = comments.found(request, pk)
    return _history(request, comment, name=comment.author.name)


def _history(request, thing: Post | Comment, *, name: str):
    before = cursors.read(request.GET.get("before"))
    versions, more = earlier_versions(thing, viewer=request.user, before=before)
    context = {
        "name": name,
        "is_comment": isinstance(thing, Comment),
        "back": thing.get_absolute_url(),
        "now": None if before else version_now(thing),
        "versions": versions,
        "more_url": f"{request.path}?before={cursors.written(more)}" if more else "",
        "here": request.path,
    }
    return render(request, "feed/history.html#rows" if request.htmx and before else "feed/history.html", context)
