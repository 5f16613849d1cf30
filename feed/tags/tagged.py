"""Which posts a tag brings into a feed, and which a muted one keeps out of it (product.md §8)."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.audiences import Audience
from accounts.each_alone import EachAlone
from communities.models import OrganizationFollow
from feed.models import Post, PostTag, TagFollow, TagMute
from network.models import Follow

WIDE = [Audience.PUBLIC, Audience.MEMBERS]
"""The audiences whose posts a tag brings. What is for connections or a group comes from these alone."""


def newest_of_tags(viewer, posts: QuerySet[Post], limit: int, *, before: int | None = None, after: int = 0) -> QuerySet:
    """Return the numbers of the newest few `posts` of each tag that the viewer hears, as arrays, one for a tag.

    Only of those whom they don't follow: somebody whom they follow brings it themselves, or is muted.
    """
    addressed = posts.addressed_to(viewer).filter(by_others(viewer), pk=OuterRef("post"))
    tagged = PostTag.objects.filter(tag=OuterRef("tag"), audience__in=WIDE).filter(EachAlone(addressed))
    tagged = tagged.filter(post__lt=before) if before else tagged
    tagged = tagged.filter(post__gt=after) if after else tagged
    newest = tagged.order_by("-post").values("post")[:limit]
    return TagFollow.objects.by(viewer).heard().annotate(numbers=ArraySubquery(newest))


def by_others(viewer) -> Q:
    """The condition that somebody says a post whom the viewer doesn't follow, and isn't."""
    followed = Exists(Follow.objects.filter(follower=viewer, followed=OuterRef("author")))
    organization = Exists(OrganizationFollow.objects.filter(follower=viewer, organization=OuterRef("organization")))
    return Q(~Q(author=viewer), ~followed, organization__isnull=True) | Q(~organization, organization__isnull=False)


def naming_tags(posts: QuerySet[Post], viewer) -> QuerySet[Post]:
    """Say of posts in the viewer's feed, as `brought_by`, which tag brought them; nothing of those that none did."""
    heard = TagFollow.objects.by(viewer).heard().filter(tag__posts__post=OuterRef("pk")).order_by("pk").values("name")
    bringing = Case(When(by_others(viewer) & Q(audience__in=WIDE), then=Subquery(heard[:1])), output_field=CharField())
    return posts.annotate(brought_by=Coalesce(bringing, Value("")))


def brought_to(viewer) -> Q:
    """The condition that a tag which the viewer hears brings a post into their feed."""
    heard = TagFollow.objects.by(viewer).heard().values("tag")
    return Q(by_others(viewer), Exists(PostTag.objects.filter(post=OuterRef("pk"), tag__in=heard, audience__in=WIDE)))


def chosen_among(tags: Iterable[str], *, viewer) -> tuple[dict[str, str], dict[str, str]]:
    """Return which of some tags, folded, the viewer follows and which they muted, each as they spelled it."""
    tags = list(tags)
    rows = TagFollow.objects.by(viewer), TagMute.objects.by(viewer)
    followed, muted = (dict(each.filter(tag__folded__in=tags).values_list("tag__folded", "name")) for each in rows)
    return followed, muted


def muted_by(viewer) -> Q:
    """The condition that a post of somebody else has a tag that the viewer muted, or passes on one that has."""
    muted = PostTag.objects.filter(tag__in=TagMute.objects.by(viewer).values("tag"))
    has_one = Exists(muted.filter(post=OuterRef("pk"))) | Exists(muted.filter(post=OuterRef("repost_of")))
    return Q(has_one) & ~Q(author=viewer, organization__isnull=True)
