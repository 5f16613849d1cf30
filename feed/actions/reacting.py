"""Reacting to posts in one of five ways (product.md §8)."""

from functools import cache

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.written_once import WrittenOnce
from feed.actions.posting import locked
from feed.models import Post, Reaction
from notifications.actions import notify_again
from notifications.standing import standing

KIND = "like"


@transaction.atomic
def react_to_post(post: Post, *, by: User, kind: str = Reaction.Kind.LIKE) -> Reaction:
    """React to a post, in place of how one did before. Raises `Refusal` for a post that `by` doesn't see.

    Its author is told, in one notice for all who do. To a celebration one reacts by congratulating (`celebrating.py`).
    """
    post = locked(Post.objects.visible_to(by).filter(celebrates__isnull=True).select_related("author"), post)
    [(reacted, notice)] = _before().rows(by, number=post.pk)  # after the lock: what others did while it waited is there
    if reacted and (reaction := Reaction.objects.select_for_update().filter(post=post, member=by).first()):
        reaction.kind = kind
        reaction.save(update_fields=["kind"])
        return reaction
    reaction = Reaction.objects.create(post=post, member=by, kind=kind)  # by nobody else now: the post is locked
    if post.author and post.author != by:
        notify_again(recipient=post.author, kind=KIND, subject=post, standing=notice)
    return reaction


@cache
def _before() -> WrittenOnce:
    """Whether a member has reacted to a post, and the notice of its author, if it stands: one look, at each like."""

    def query(member, number):
        mine = Reaction.objects.filter(post=OuterRef("pk"), member=member)
        told = standing(KIND, recipient=OuterRef("author"), subject=OuterRef("pk"))
        return Post.objects.filter(pk=number).values_list(Exists(mine), told)

    return WrittenOnce(query)


@transaction.atomic
def take_back_reaction(post: Post, *, by: User) -> None:
    """React to a post no more; without a reaction, nothing happens."""
    Reaction.objects.filter(post=post, member=by, post__celebrates__isnull=True).delete()
