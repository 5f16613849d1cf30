"""Which posts stand in a list, newest first: the feed, what a member, organization or group says, the public ones.

The feed is pulled, not filled when somebody publishes: `heard.py` finds the newest posts of whomever its reader hears.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import F

from accounts.audiences import Audience
from accounts.models import User
from accounts.written_once import NUMBERS, Among, WrittenOnce
from communities.models import Group, Organization
from feed.lists import cursors
from feed.lists.heard import newest_numbers
from feed.models import Post
from feed.models.wanted import WORDLESS
from feed.pictures import pictures_of
from feed.tags.tagged import naming_tags

PAGE = 20
SPARE, MOST = 10, 2000
"""So many more posts than a page holds are looked at, in case some aren't for the reader; at most so many at once."""
RECENT = 500
"""Among how many of the newest public posts the front page looks for those that visitors may see."""


@dataclass(frozen=True)
class Page:
    """Some posts, newest first, and the number at which to go on, if there is more."""

    posts: list[Post]
    more: int | None = None


def feed_of(viewer: User, *, before: int | None = None, limit: int = PAGE) -> Page:
    """Return a page of what the viewer's follows and groups say, of followed tags, and their own, as far as seen."""
    posts: list[Post] = []
    start, looked_at = before, limit + SPARE
    while True:
        numbers = newest_numbers(viewer, before=start or cursors.MOST, limit=looked_at)
        posts += _seen(limit + 1).objects(viewer, numbers=numbers)[: limit + 1 - len(posts)] if numbers else []
        if len(posts) > limit or len(numbers) < looked_at:
            break
        start, looked_at = numbers[-1], min(4 * looked_at, MOST)
    return _without_repetition(posts[:limit], before=posts[limit - 1].pk if len(posts) > limit else None)


@cache
def _seen(most: int) -> WrittenOnce:
    """Those of some posts that the viewer may see and wants to, newest first, each with the tag that brought it."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))
    return WrittenOnce(lambda viewer: _shown(among.visible_to(viewer).wanted_by(viewer), viewer)[:most])


def _shown(posts, viewer):
    return naming_tags(with_what_they_show(posts), viewer).order_by("-pk")


def _without_repetition(posts: list[Post], *, before: int | None) -> Page:
    """Return the page with every original once: where somebody passed it on last, or where it stands itself.

    Only within a page: what stands on another page can't be known without reading it, and a repost is news.
    """
    shown: set[int] = set()
    kept = []
    for post in posts:
        if post.shown_id not in shown:
            kept.append(post)
        shown.add(post.shown_id)
    return Page(kept, before)


def posts_of(member: User, *, viewer, before: int | None = None, limit: int = PAGE) -> Page:
    """Return a page of what a member posted and reposted, as far as the viewer may see it; not what is for groups."""
    if before is None and viewer.is_authenticated:
        return _cut(_newest_of(limit).objects(viewer, number=member.pk), limit)
    return _page(Post.objects.by_members().filter(author=member), viewer, before, limit)


def words_of(speaker: User | Organization, *, viewer, most: int) -> list[Post]:
    """Return the newest of what a member or organization said in words of their own, as far as the viewer sees it."""
    if isinstance(speaker, User):
        posts = Post.objects.by_members().filter(author=speaker)
    else:
        posts = Post.objects.filter(organization=speaker)
    return list(_visible(posts.exclude(WORDLESS), viewer)[:most])


@cache
def _newest_of(limit: int) -> WrittenOnce:
    """The newest posts of a member, as far as the viewer may see them; one more than the limit."""
    return WrittenOnce(
        lambda viewer, other: _visible(Post.objects.by_members().filter(author=other), viewer)[: limit + 1]
    )


def posts_by(organization: Organization, *, viewer, before: int | None = None, limit: int = PAGE) -> Page:
    """Return a page of an organization's updates, as far as the viewer may see them."""
    return _page(Post.objects.filter(organization=organization), viewer, before, limit)


def posts_in(group: Group, *, viewer, before: int | None = None, limit: int = PAGE) -> Page:
    """Return a page of what was said in a group, to those who are in it; what is pinned stands elsewhere."""
    return _page(Post.objects.filter(group=group, pinned_at__isnull=True), viewer, before, limit)


def pinned_in(group: Group, *, viewer) -> list[Post]:
    """Return the pinned posts of a group, the one pinned last first, as far as the viewer may see them."""
    pinned = Post.objects.visible_to(viewer).filter(group=group, pinned_at__isnull=False)
    return list(with_what_they_show(pinned).order_by("-pinned_at", "-pk"))


def _page(posts, viewer, before: int | None, limit: int) -> Page:
    posts = posts.filter(pk__lt=before) if before else posts
    return _cut(list(_visible(posts, viewer)[: limit + 1]), limit)


def _visible(posts, viewer):
    return with_what_they_show(posts.visible_to(viewer)).order_by("-pk")


def _cut(found: list[Post], limit: int) -> Page:
    return Page(found[:limit], found[limit - 1].pk if len(found) > limit else None)


def public_posts(viewer, *, limit: int = 6) -> list[Post]:
    """Return the newest public posts that the viewer may see: for the front page."""
    public = Post.objects.filter(audience=Audience.PUBLIC, hidden_at__isnull=True)
    recent = public.order_by("-pk").values("pk")[:RECENT]
    seen = Post.objects.visible_to(viewer).filter(pk__in=recent, repost_of__isnull=True)
    return list(with_what_they_show(seen).order_by("-pk")[:limit])


def with_what_they_show(posts):
    """Load with posts, in the same query, who says them and where, pictures, articles, and what they repost."""
    return (
        posts.select_related(
            "author", "organization", "group", "celebrates", "article",
            "repost_of__author", "repost_of__organization", "repost_of__article",
        )
        .annotate(has_pictures=pictures_of("pk"), original_has_pictures=pictures_of("repost_of"))
        .defer(*_LONG, *(f"repost_of__{name}" for name in _LONG))
    )  # fmt: skip


_LONG = ("words", "article__text", "article__html")
"""What a card doesn't show, and what may be long."""
