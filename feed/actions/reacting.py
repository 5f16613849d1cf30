"""Reacting to posts in one of five ways (product.md §8)."""

from django.db import transaction

from accounts.models import User
from feed.actions.posting import locked
from feed.models import Post, Reaction


@transaction.atomic
def react_to_post(post: Post, *, by: User, kind: str = Reaction.Kind.LIKE) -> Reaction:
    """React to a post, in place of how one did before. Raises `Refusal` for a post that `by` doesn't see.

    To a celebration one reacts by congratulating (`celebrating.py`).
    """
    post = locked(Post.objects.visible_to(by).filter(celebrates__isnull=True), post)
    return Reaction.objects.update_or_create(post=post, member=by, defaults={"kind": kind})[0]


@transaction.atomic
def take_back_reaction(post: Post, *, by: User) -> None:
    """React to a post no more; without a reaction, nothing happens."""
    Reaction.objects.filter(post=post, member=by, post__celebrates__isnull=True).delete()
