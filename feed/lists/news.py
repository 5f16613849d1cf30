"""How many new posts there are above what somebody reads: asked again and again by an open page, so one cheap query
while there are none. And who hears of one as it is published.
"""

from collections.abc import Collection
from functools import cache

from django.db.models import F, QuerySet

from accounts.models import User
from accounts.written_once import NUMBERS, Among, WrittenOnce
from communities.models import Membership, OrganizationFollow
from feed.lists.heard import newest_numbers_since
from feed.lists.timeline import SPARE
from feed.models import Post, TagFollow
from network.models import Follow

MOST = 9
"""More than so many aren't counted."""


def how_many_new(viewer: User, *, since: int) -> int:
    """Count what others posted after `since` for the viewer's feed, as far as they see it; at most one above `MOST`."""
    looked_at = MOST + 1 + SPARE
    while True:
        numbers = newest_numbers_since(viewer, after=since, limit=looked_at)
        seen = len(_seen().rows(viewer, numbers=numbers)) if numbers else 0
        if seen > MOST or len(numbers) < looked_at:
            return seen
        looked_at *= 4


@cache
def _seen() -> WrittenOnce:
    """Those of some posts that others wrote and the viewer sees and wants."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))
    return WrittenOnce(
        lambda viewer: among.visible_to(viewer).wanted_by(viewer).exclude(author=viewer).values("pk")[: MOST + 1]
    )


def in_the_feed_of(member: User) -> QuerySet[Post]:
    """What stands in a member's feed."""
    return Post.objects.visible_to(member).heard_by(member).wanted_by(member).exclude(author=member)


def who_might_hear(*, key: int, among: Collection[int]) -> set[int]:
    """Return those of some members who subscribe to anything that a post belongs to; `in_the_feed_of` knows the rest.

    Two or three queries, for however many.
    """
    post = Post.objects.filter(pk=key).first()
    if post is None:
        return set()
    if post.group_id:
        return {*Membership.objects.filter(group=post.group_id, member__in=among).values_list("member", flat=True)}
    by_tag = TagFollow.objects.filter(follower__in=among, tag__posts__post=key).values_list("follower", flat=True)
    if post.organization_id:
        follows = OrganizationFollow.objects.filter(organization=post.organization_id)
    else:
        follows = Follow.objects.filter(followed=post.author_id)
    return {*by_tag, *follows.heard().filter(follower__in=among).values_list("follower", flat=True)}
