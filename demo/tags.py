"""Tags that the demo community follows, and who names whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from feed.actions import comment_on_post, follow_tag, mute_tag
from feed.models import Comment, Mention, TagFollow
from feed.tasks import tell_mentioned

if TYPE_CHECKING:
    from demo.filling import Filling

FOLLOWED = {
    "LowWater": ("Ines", "Chloé", "Tomasz", "Lina", "Anders"),
    "hydrology": ("Ines", "Emma", "Rahul", "Katarzyna"),
    "floods": ("Amara", "Hannah", "Tomasz"),
}
MUTED = {"snow": "Ines"}
NAMED = [
    ("Amara", "Lina", "Ines", 8, "{}, this is the sentence that you looked for in Lyon."),
    ("Katarzyna", "Tomasz", "Ines", 5, "Is this the gauge that {} keeps asking about?"),
]
"""Under whose newest post somebody names somebody: author, who writes, who is named, days ago, the words."""


def follow_tags(community: Filling) -> None:
    """Let some follow tags, and one keep a tag out of their feed."""
    for name, members in FOLLOWED.items():
        for days, member in enumerate(members, start=2):
            follow = follow_tag(name, by=community[member])
            TagFollow.objects.filter(pk=follow.pk).update(followed_at=community.ago(days))
    for name, member in MUTED.items():
        mute_tag(name, by=community[member])


def name_people(community: Filling) -> None:
    """Let some name others in comments, and let these hear of it."""
    for author, by, named, days, words in NAMED:
        at, text = community.ago(days), words.format(f"@{community[named].handle}")
        with community.noticed(at):
            comment = comment_on_post(community.posts[author], by=community[by], text=text)
            tell_mentioned.call(list(Mention.objects.filter(comment=comment).values_list("pk", flat=True)))
        at = max(at, community.posts[author].posted_at + timedelta(hours=1))
        Comment.objects.filter(pk=comment.pk).update(commented_at=at)
