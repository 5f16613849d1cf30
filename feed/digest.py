"""What the weekly digest tells of updates: how many there were, and whom nobody has answered (product.md §10)."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.circles import connected
from accounts.models import User
from accounts.words import beginning
from feed.lists.timeline import feed_of
from feed.models import Comment, Post
from notifications.digest import Line, Section, Week, declare

LOOKS_AT = 100
"""Among so many of the newest posts of one's feed."""
MOST = 3


def declare_sections() -> None:
    """Add connections' posts that nobody answered, and how many updates there were, to the digest."""
    declare(Section(gettext_lazy("Nobody has answered yet"), _unanswered))
    declare(Section(gettext_lazy("In your feed"), _how_many))


def _of_the_week(member: User, since: datetime) -> list[Post]:
    """What others said in one's feed; both sections are about it (`Week.once`)."""
    posts = feed_of(member, limit=LOOKS_AT).posts
    return [post for post in posts if post.posted_at >= since and post.author_id != member.pk]


def _unanswered(week: Week) -> list[Line]:
    """Up to three posts of connections on which the reader sees no comment and may write one."""
    member, numbers = week.member, [post.pk for post in week.once(_of_the_week)]
    posts = Post.objects.by_members().answerable_by(member).filter(pk__in=numbers, repost_of__isnull=True)
    unanswered = posts.filter(
        ~Exists(Comment.objects.heard_by(member).filter(post=OuterRef("pk"))), connected(member, OuterRef("author"))
    )
    return [_line(post) for post in unanswered.select_related("author", "article").order_by("-pk")[:MOST]]


def _line(post: Post) -> Line:
    article = getattr(post, "article", None)
    said = article.title if article else post.text or post.celebration
    return Line(
        _("%(name)s posted") % {"name": post.author.name},
        post.get_absolute_url(),
        " ".join(beginning(str(said), letters=160, lines=3).split()),
    )


def _how_many(week: Week) -> list[Line]:
    count = len(week.once(_of_the_week))
    if not count:
        return []
    if count >= LOOKS_AT:
        return [Line(_("At least %(count)s new updates") % {"count": count}, reverse("home"))]
    return [Line(ngettext("%(count)s new update", "%(count)s new updates", count) % {"count": count}, reverse("home"))]
