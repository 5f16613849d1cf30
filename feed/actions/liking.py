"""Liking posts (product.md §8)."""

from django.db import transaction

from accounts.models import User
from feed.actions.posting import locked
from feed.models import Post, Reaction


@transaction.atomic
def like_post(post: Post, *, by: User) -> Reaction:
    """Like a post; a second like is the first. Raises `Refusal` for a post that `by` doesn't see.

    On a celebration one congratulates instead (`celebrating.py`).
    """
    post = locked(Post.objects.visible_to(by).filter(celebrates__isnull=True), post)
    reaction, _is_new = Reaction.objects.get_or_create(post=post, member=by)
    return reaction


@transaction.atomic
def unlike_post(post: Post, *, by: User) -> None:
    """Take a like back; without one, nothing happens."""
    Reaction.objects.filter(post=post, member=by, post__celebrates__isnull=True).delete()
