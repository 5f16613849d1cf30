"""What people of the demo community changed and took back after others had read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from feed.actions import comment_on_post, delete_comment, edit_comment, edit_post
from feed.models import Comment, Post, Revision

if TYPE_CHECKING:
    from datetime import datetime

    from demo.filling import Filling

SNOW = (
    "The snow course above Kvikkjokk is done: 42 cm of water equivalent, the least in our series. "
    "Data tomorrow, coffee first."
)
CORRECTED = (SNOW, f"{SNOW}\n\nCorrected twice: one tube had a pebble in it, and Emma can count.")
"""What Lina made of her post, a few hours apart."""
RUN = "Keep that run, and the mistake with it. You will want to look at both in ten years."
TAKEN_BACK = ("Patrick", "A hundred-year flood comes once in a hundred years, surely.")
ANSWERS = [
    ("Hannah", "I thought so too until the second one. It was eleven months later."),
    ("Katarzyna", "Four times since 1903, by the caretaker’s wall."),
]


def change_minds(community: Filling) -> None:
    """Lina corrects a post and a comment of hers; Patrick takes back what others have answered."""
    snow, lina = community.posts["Lina"], community["Lina"]
    for hours, words in zip((3, 7), CORRECTED, strict=True):
        edit_post(snow, by=lina, text=words)
        _date(snow, snow.posted_at + timedelta(hours=hours))
    remark = Comment.objects.get(author=lina, post=community.posts["Emma"])
    edit_comment(remark, by=lina, text=RUN)
    _date(remark, remark.commented_at + timedelta(hours=1))
    _take_back(community, community.posts["Hannah"])


def _take_back(community: Filling, post: Post) -> None:
    who, words = TAKEN_BACK
    at = post.posted_at + timedelta(days=2)
    with community.noticed(at):
        said = comment_on_post(post, by=community[who], text=words)
    Comment.objects.filter(pk=said.pk).update(commented_at=at)
    for hours, (by, answer) in enumerate(ANSWERS, start=5):
        later = at + timedelta(hours=hours)
        with community.noticed(later):
            reply = comment_on_post(post, by=community[by], text=answer, reply_to=said)
        Comment.objects.filter(pk=reply.pk).update(commented_at=later)
    delete_comment(said, by=community[who])


def _date(changed: Post | Comment, at: datetime) -> None:
    """Date the last change of a post or a comment."""
    type(changed)._default_manager.filter(pk=changed.pk).update(edited_at=at)
    of = {"comment": changed} if isinstance(changed, Comment) else {"post": changed}
    newest = Revision.objects.filter(**of).latest("pk")
    Revision.objects.filter(pk=newest.pk).update(kept_at=at)
