"""What the demo community needs for advice to have something to say: two who answered each other on four days."""

from datetime import timedelta
from typing import TYPE_CHECKING

from feed.actions import comment_on_post
from feed.models import Comment

if TYPE_CHECKING:
    from demo.filling import Filling

TALK = [
    # days ago, what Ines comments under a post of Leilani's, and what Leilani answers
    (19, "How many buoys did it take to see that?", "Eleven, and one that a turtle moved."),
    (13, "It holds for our weir as well, upside down.", "Then we should compare turtles."),
    (7, "I tried your plot with a week of the Saône. It works.", "Send it, and I put it beside the reef."),
    (2, "May we print both in our yearbook?", "If you explain what a breakwater is to people without a sea."),
]  # fmt: skip


def let_people_talk(community: "Filling") -> None:
    """Let Ines, who follows Leilani, and Leilani answer each other now and then."""
    ines, leilani, post = community["Ines"], community["Leilani"], community.posts["Leilani"]
    for days, said, answered in TALK:
        at = community.ago(days)
        with community.noticed(at):
            first = comment_on_post(post, by=ines, text=said)
            answer = comment_on_post(post, by=leilani, text=answered, reply_to=first)
        Comment.objects.filter(pk=first.pk).update(commented_at=at)
        Comment.objects.filter(pk=answer.pk).update(commented_at=at + timedelta(hours=1))
