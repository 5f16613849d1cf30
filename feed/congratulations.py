"""Who congratulated a member, for the one notice that tells them of all (product.md §8, §10)."""

from django.db.models import Exists, OuterRef, QuerySet

from feed.models import Post, Reaction
from notifications.of_many import others_seen_by, with_many


def congratulated(viewer) -> QuerySet[Post]:
    """The viewer's celebrations on which somebody congratulated whom they see, with the names and how many."""
    celebrating = Reaction.objects.filter(post=OuterRef("pk"), kind=Reaction.Kind.CELEBRATE)
    said = others_seen_by(viewer, celebrating, field="member")
    own = Post.objects.visible_to(viewer).filter(Exists(said), author=viewer, celebrates__isnull=False)
    return with_many(own.select_related("author", "celebrates"), said, field="member")
