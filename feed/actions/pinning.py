"""Pinning what was said in a group on top of it (product.md §12)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from communities.actions.groups import moderated
from feed.models import Post

MOST = 3
"""How many posts of a group are pinned at a time."""


@transaction.atomic
def pin_post(post: Post, *, by: User) -> None:
    """Let a post stand on top of its group, which `by` moderates. A second time changes nothing. Raises `Refusal`."""
    post = _of_theirs(post, by)
    pinned = Post.objects.filter(group=post.group, pinned_at__isnull=False).exclude(pk=post.pk)
    if pinned.count() >= MOST:
        raise Refusal(_("%(most)s posts are pinned already. Unpin one of them first.") % {"most": MOST})
    Post.objects.filter(pk=post.pk, pinned_at__isnull=True).update(pinned_at=timezone.now())


@transaction.atomic
def unpin_post(post: Post, *, by: User) -> None:
    """Let a post stand among the others of its group again. Raises `Refusal`."""
    Post.objects.filter(pk=_of_theirs(post, by).pk).update(pinned_at=None)


def _of_theirs(post: Post, by: User) -> Post:
    """Return a post of a group that `by` moderates, the group kept so that its pinned posts can be counted."""
    found = Post.objects.visible_to(by).filter(pk=post.pk, group__isnull=False).select_related("group").first()
    if found is None or found.group is None:
        raise Refusal(_("This post is no longer there for you."))
    moderated(found.group, by)
    return found
