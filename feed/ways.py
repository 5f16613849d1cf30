"""Commenting on a recent public post: a way to reach its author (product.md §4)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.audiences import Audience
from accounts.models import User
from feed.models import Post
from network.ways import Way

RECENT = timedelta(days=60)


def comment_on_recent_post(*, member: User, viewer) -> list[Way]:
    """Return the way that leads to the member's newest public post that the viewer may comment on."""
    if not viewer.is_authenticated:
        return []
    posts = (
        Post.objects.answerable_by(viewer)
        .by_members()
        .filter(author=member, audience=Audience.PUBLIC, repost_of=None, posted_at__gt=timezone.now() - RECENT)
    )
    post = posts.exclude(text="").order_by("-id").first()
    if post is None:
        return []
    text = _("Comment on “%(words)s”") % {"words": Truncator(post.text).chars(40)}
    return [Way(text=text, url=post.get_absolute_url(), icon="message-circle")]
