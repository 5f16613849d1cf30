"""What the page of a tag shows one viewer: the posts with it that they see, and what they made of it themselves."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.audiences import Audience
from accounts.marks import folded_tag
from accounts.models import User
from feed.lists.timeline import PAGE, Page, with_what_they_show
from feed.models import Post, PostTag, Tag, TagFollow, TagMute

WALK = 5000
"""Among how many posts with a tag those of one page are looked for at a time."""


def posts_tagged(name: str, *, viewer, before: int | None = None, limit: int = PAGE) -> Page:
    """Return a page of the newest posts with a tag that the viewer may see, by two queries.

    The first goes along the index of the tag, the newest first, and asks of each post alone whether the viewer may
    see it. Visitors go along public posts only, so that for them there is next to nothing to pass by.
    """
    tagged = PostTag.objects.filter(tag=Tag.objects.filter(folded=folded_tag(name)).values("pk")[:1])
    tagged = tagged if viewer.is_authenticated else tagged.filter(audience=Audience.PUBLIC)
    tagged = tagged.filter(post__lt=before) if before else tagged
    numbers, end = _seen(tagged, viewer, limit + 1)
    while end:  # further on, so that the page ends at a post that the viewer sees, and tells nothing of others
        more, end = _seen(tagged.filter(post__lt=end), viewer, limit + 1 - len(numbers))
        numbers += more
    posts = with_what_they_show(Post.objects.filter(pk__in=numbers[:limit])).order_by("-pk")
    return Page(list(posts), numbers[limit - 1] if len(numbers) > limit else None)


def _seen(tagged, viewer, most: int) -> tuple[list[int], int | None]:
    """Return the numbers of the first few posts that the viewer may see, and where the walk broke off, if it did."""
    walk, values = tagged.order_by("-post").values("post")[:WALK].query.sql_with_params()
    seen, who = Post.objects.visible_to(viewer).filter(pk=RawSQL("walk.id", ())).values("pk").query.sql_with_params()
    sql = f"""
        WITH walk (id) AS MATERIALIZED ({walk}),
        seen AS MATERIALIZED (SELECT walk.id FROM walk WHERE EXISTS ({seen} OFFSET 0) LIMIT {most:d})
        SELECT id, true FROM seen
        UNION ALL
        SELECT id, false FROM (
            SELECT id FROM walk WHERE (SELECT count(*) FROM seen) < {most:d} OFFSET {WALK - 1:d}
        ) farthest
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *who])
        rows = cursor.fetchall()
    return [pk for pk, is_seen in rows if is_seen], next((pk for pk, is_seen in rows if not is_seen), None)


@dataclass(frozen=True, kw_only=True)
class TagStanding:
    """How many follow a tag, which is one number for all, and whether the viewer follows or muted it."""

    followers: int = 0
    is_followed: bool = False
    is_muted: bool = False


def standing_of(name: str, *, viewer) -> TagStanding:
    """Return what stands between a viewer and a tag; the same for one that nobody used yet."""
    counted = TagFollow.objects.filter(tag=OuterRef("pk"), follower__in=User.objects.present())
    counts = counted.order_by().values("tag").annotate(n=Count("pk")).values("n")
    tags = Tag.objects.filter(folded=folded_tag(name)).values(followers_=Coalesce(Subquery(counts), 0))
    if viewer.is_authenticated:
        tags = tags.annotate(
            followed=Exists(TagFollow.objects.by(viewer).filter(tag=OuterRef("pk"))),
            muted=Exists(TagMute.objects.by(viewer).filter(tag=OuterRef("pk"))),
        )
    row = tags.first() or {}
    return TagStanding(
        followers=row.get("followers_", 0),
        is_followed=row.get("followed", False),
        is_muted=row.get("muted", False),
    )
