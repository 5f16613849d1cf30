"""Reading less of something: hiding one post, seeing less of somebody (product.md §8). Nobody is told of either."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from feed.models import HiddenPost, Post, Reading, SeeLess


@transaction.atomic
def hide_from_feed(post: Post, *, by: User) -> HiddenPost:
    """Keep a post out of the feed of `by`; of a wordless repost, what it passes on. A second time is the first.

    Raises `Refusal` for a post that `by` doesn't see.
    """
    seen = Post.objects.visible_to(by).filter(pk=post.pk).first()
    if seen is None:
        raise Refusal(_("This post is no longer there for you."))
    hidden, _is_new = HiddenPost.objects.get_or_create(member=by, post_id=seen.shown_id)
    return hidden


@transaction.atomic
def show_in_feed(post: Post, *, by: User) -> None:
    """Let a post into the feed of `by` again; of a wordless repost, what it passes on. If it wasn't hidden, nothing
    happens.
    """
    HiddenPost.objects.filter(member=by, post=post.shown_id).delete()


@transaction.atomic
def see_less(member: User, *, by: User) -> SeeLess:
    """Let the posts of somebody weigh less in the Highlights of `by`. A second time is the first. Raises `Refusal`."""
    if not User.objects.visible_to(by).filter(pk=member.pk).exclude(pk=by.pk).exists():
        raise Refusal(_("This member is no longer there for you."))
    less, _is_new = SeeLess.objects.get_or_create(member=by, other=member)
    _rank_anew(by)
    return less


@transaction.atomic
def see_as_before(member: User, *, by: User) -> None:
    """Let the posts of somebody weigh as much as before in the Highlights of `by`."""
    SeeLess.objects.filter(member=by, other=member).delete()
    _rank_anew(by)


def _rank_anew(member: User) -> None:
    """Whoever goes on reading keeps their order; whoever begins anew gets a new one."""
    Reading.objects.filter(member=member, outdated_at=None).update(outdated_at=timezone.now())
