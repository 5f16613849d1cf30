"""How many new posts there are above what somebody reads: one cheap query, asked again and again by an open page."""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F

from accounts.models import User
from accounts.written_once import WrittenOnce
from feed.lists.timeline import SPARE, newest_heard
from feed.models import Post
from network.degrees import Among

MOST = 9
"""More than so many aren't counted."""


def how_many_new(viewer: User, *, since: int) -> int:
    """Count what others posted after `since` for the viewer's feed, as far as they see it; at most one above `MOST`."""
    return len(_new().rows(viewer, number=since))


@cache
def _new() -> WrittenOnce:
    """The newest few posts after one with a number."""

    def query(viewer, number):
        newest = newest_heard(viewer, before=None, after=number, limit=MOST + 1 + SPARE)
        posts = Post.objects.visible_to(viewer).wanted_by(viewer).filter(Among(F("pk"), ArraySubquery(newest)))
        return posts.exclude(author=viewer).values("pk")[: MOST + 1]

    return WrittenOnce(query)
