"""The floor: what a page of twenty cards costs in Django at the least, to a member who is signed in.

A server of the same kind with nothing of the site: session and user, one query of the ORM for twenty rows, and a
template of Django's with twenty cards of 29 variables.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path


@login_required
def twenty(request, pk: int):
    """Twenty posts with their authors, each on a card."""
    from feed.models import Post

    posts = Post.objects.select_related("author").filter(pk__lte=pk, author__isnull=False).order_by("-pk")[:20]
    return render(request, "floor.html", {"posts": posts})


urlpatterns = [
    path("floor/<int:pk>/", twenty),
    path("healthz", lambda request: HttpResponse("ok\n", content_type="text/plain")),
]
