"""Commenting on a recent public post: a way to reach its author (product.md §4)."""

from datetime import timedelta
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.audiences import Audience
from accounts.models import User
from accounts.written_once import WrittenOnce
from feed.models import Post
from network.ways import Way

RECENT = timedelta(days=60)


def comment_on_recent_post(*, member: User, viewer) -> list[Way]:
    """Return the way that leads to the member's newest public post that the viewer may comment on."""
    if not viewer.is_authenticated:
        return []
    return [
        Way(
            text=_("Comment on “%(words)s”") % {"words": Truncator(post.text).chars(40)},
            url=post.get_absolute_url(),
            icon="message-circle",
        )
        for post in _newest_to_comment_on().objects(viewer, number=member.pk)
    ]


@cache
def _newest_to_comment_on() -> WrittenOnce:
    def query(viewer, other) -> QuerySet[Post]:
        posts = Post.objects.answerable_by(viewer).by_members().filter(author=other, audience=Audience.PUBLIC)
        recent = posts.filter(repost_of=None, posted_at__gt=timezone.now() - RECENT)
        return recent.exclude(text="").order_by("-id")[:1]

    return WrittenOnce(query)
