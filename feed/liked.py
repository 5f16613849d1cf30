"""Who reacted to what a member wrote, and who passed it on, for the one notice about each (product.md §8, §10)."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.words import beginning
from feed.models import Post, Reaction, Tally
from notifications.of_many import others_seen_by, with_many

_LIKED = ngettext_lazy("%(name)s likes your post.", "%(name)s like your post.", "number")
_REACTED = _("%(name)s reacted to your post.")


def reacted_to(viewer) -> QuerySet[Post]:
    """What the viewer wrote and others reacted to whom they see, with the names, how many, and `is_liked_only`."""
    reactions = others_seen_by(viewer, Reaction.objects.filter(post=OuterRef("pk")), field="member")
    otherwise = Tally.objects.filter(post=OuterRef("pk"), number__gt=0).exclude(kind=Reaction.Kind.LIKE)
    own = _own(viewer).filter(Exists(reactions), celebrates__isnull=True).annotate(is_liked_only=~Exists(otherwise))
    return with_many(own, reactions, field="member")


def passed_on(viewer) -> QuerySet[Post]:
    """What the viewer wrote and other members reposted where the viewer sees it, with the names and how many."""
    reposts = Post.objects.visible_to(viewer).by_members().filter(repost_of=OuterRef("pk")).exclude(author=viewer)
    return with_many(_own(viewer).filter(Exists(reposts)), reposts, field="author")


def how_they_reacted(post: Post) -> Promise:
    """The sentence about those who reacted: they like it, if all of them chose that."""
    return _LIKED if post.is_liked_only else _REACTED


def begins(post: Post) -> str:
    """How a post begins, to tell it from others."""
    return beginning(post.article.title if hasattr(post, "article") else post.text, letters=100, lines=1)


def _own(viewer) -> QuerySet[Post]:
    """What the viewer wrote, also for an organization for which they still write."""
    return Post.objects.editable_by(viewer).filter(author=viewer).select_related("article")
