"""What members of the demo community let others know of their positions, and who congratulates them."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from feed.actions import announce_anniversaries, comment_on_post, congratulate
from feed.models import Comment, Post, Reaction
from profiles.actions import add_entry, change_profile, edit_entry
from profiles.announcing import Announcing
from profiles.models import Position

if TYPE_CHECKING:
    from demo.filling import Filling

WORDS = "I stay with rivers, and get deadlines of a month. Thank you to everybody who corrected my drafts."
CONGRATULATE = {
    "Tomasz": ["Katarzyna", "Jonas", "Oliver", "Amara", "Zsófia"],
    "Chloé": ["Amara", "Luca", "Leilani", "Tomasz"],
}


def let_others_know(community: "Filling") -> None:
    """An anniversary of Tomasz's, whose month it always is, and a new position of Chloé's."""
    today = timezone.localdate()
    tomasz, chloe = community["Tomasz"], community["Chloé"]
    since = Position.objects.get(member=tomasz, title="Head of flood modelling")
    edit_entry(since, by=tomasz, started_month=today.month, announcing=Announcing(anniversaries=True, to="members"))
    announce_anniversaries()
    old = Position.objects.get(member=chloe, organization="Le Courant")
    edit_entry(old, by=chloe, ended_year=today.year, ended_month=today.month)
    add_entry(
        Position,
        by=chloe,
        key=uuid4(),
        title="Science editor",
        organization="The Open Hydrograph",
        started_year=today.year,
        started_month=today.month,
        announcing=Announcing(new=True, to="members", words=WORDS),
    )
    change_profile(chloe, by=chloe, headline="Science editor, The Open Hydrograph")
    for name, hours in (("Tomasz", 9), ("Chloé", 4)):
        _date(community, Post.objects.get(author=community[name], celebrates__isnull=False), name, hours=hours)
    said = comment_on_post(
        Post.objects.get(author=chloe, celebrates__isnull=False), by=community["Ines"], text="Good for the rivers."
    )
    Comment.objects.filter(pk=said.pk).update(commented_at=community.now - timedelta(hours=2))


def _date(community: "Filling", post: Post, name: str, *, hours: int) -> None:
    Post.objects.filter(pk=post.pk).update(posted_at=community.now - timedelta(hours=hours))
    at = community.now - timedelta(hours=hours - 1)
    for other in CONGRATULATE[name]:
        with community.noticed(at):
            reaction = congratulate(post, by=community[other])
        Reaction.objects.filter(pk=reaction.pk).update(reacted_at=at)
