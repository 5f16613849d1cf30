"""Finding tags by how they begin, for who writes one or looks for one."""

from django.db.models import OuterRef, Subquery

from accounts.marks import folded_tag
from accounts.names import fold
from accounts.words import marks_of
from feed.models import Post, PostTag, Tag, TagFollow
from feed.tags.tagged import WIDE

LOOKED_AT = 20
"""Among how many of the newest posts with a tag one is looked for that shows that the viewer may know of it."""


def tags_like(beginning: str, *, viewer, most: int) -> list[str]:
    """Return tags that begin so, as they are spelled: those that the viewer follows, then those of posts they see.

    What is only said among connections or in a group is offered to nobody.
    """
    folded = "_".join(fold(beginning).split())
    if not folded:
        return []
    followed = TagFollow.objects.by(viewer).filter(tag__folded__startswith=folded).order_by("tag__folded")
    found = dict(followed.values_list("tag__folded", "name")[:most])
    newest = PostTag.objects.filter(tag=OuterRef(OuterRef("pk")), audience__in=WIDE).order_by("-post").values("post")
    seen = Post.objects.visible_to(viewer).filter(pk__in=newest[:LOOKED_AT]).order_by("-pk").values("text")
    tags = Tag.objects.filter(folded__startswith=folded).annotate(text=Subquery(seen[:1])).order_by("folded")
    for tag, text in tags.filter(text__isnull=False).values_list("folded", "text")[:most]:
        found.setdefault(tag, next((name for name in marks_of(text).tags if folded_tag(name) == tag), tag))
    return list(found.values())[:most]
