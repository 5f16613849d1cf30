"""Commenting on posts, and answering comments (product.md §8)."""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from feed.actions.marking import mark_comment
from feed.actions.posting import locked
from feed.history import keep_words
from feed.models import Comment, Mention, Post, Revision
from feed.showing.limits import limit_of
from notifications.actions import notify


@transaction.atomic
def comment_on_post(
    post: Post, *, by: User, text: str, reply_to: Comment | None = None, key: UUID | None = None
) -> Comment:
    """Comment on a post, within its author's limits, or reply to a comment on it. Raises `Refusal`.

    There are two levels: a reply to a reply stands beside it. A replay with the same `key` returns the first
    comment. The post's author hears of a comment, the author of what it replies to of a reply.
    """
    key, text = key or uuid4(), text.strip()
    if replayed := Comment.objects.filter(author=by, key=key).first():
        return replayed
    if not text:
        raise Refusal(_("Write something first."))
    post = locked(Post.objects.visible_to(by), post)
    if not Post.objects.answerable_by(by).filter(pk=post.pk).exists():
        raise Refusal(limit_of(post))
    if reply_to is not None and not Comment.objects.visible_to(by).filter(pk=reply_to.pk, post=post).exists():
        raise Refusal(_("The comment you reply to is no longer there for you."))
    parent = reply_to and (reply_to.parent or reply_to)
    comment, is_new = Comment.objects.get_or_create(
        author=by, key=key, defaults={"post": post, "parent": parent, "text": text}
    )
    if is_new:
        _tell(comment, reply_to=reply_to)
        mark_comment(comment, by=by)
    return comment


def _tell(comment: Comment, *, reply_to: Comment | None) -> None:
    """Tell whom it concerns, each once, and only who may see the comment (§10)."""
    post = comment.post
    concerned = {post.author: "comment"} if post.author and _is_still_theirs(post) else {}
    if reply_to and reply_to.author:
        concerned[reply_to.author] = "reply"
    for member, kind in concerned.items():
        if Comment.objects.visible_to(member).filter(pk=comment.pk).exists():
            notify(recipient=member, kind=kind, actor=comment.author, subject=comment)


def _is_still_theirs(post: Post) -> bool:
    """Whether a post is its author's still: of an organization's it isn't, once they don't write for it any more."""
    return post.organization_id is None or Post.objects.written_by(post.author).filter(pk=post.pk).exists()


@transaction.atomic
def edit_comment(comment: Comment, *, by: User, text: str) -> Comment:
    """Change the words of one's own comment, which marks it as edited. Raises `Refusal`."""
    text = text.strip()
    if not text:
        raise Refusal(_("Write something, or delete the comment."))
    found = Comment.objects.editable_by(by).select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if found is None:
        raise Refusal(_("This comment is no longer there for you."))
    if text != found.text:
        keep_words(found)
        before, found.text, found.edited_at = found.text, text, timezone.now()
        found.save(update_fields=["text", "edited_at"])
        mark_comment(found, by=by, before=before)
    return found


@transaction.atomic
def delete_comment(comment: Comment, *, by: User) -> None:
    """Delete a comment, one's own or one under one's own post; if it is gone, nothing more.

    If others answered it, a place is left for what they said: without its author and its words, past ones too.
    """
    Post.objects.select_for_update(no_key=True).filter(pk=comment.post_id).first()  # so that nobody answers meanwhile
    found = Comment.objects.deletable_by(by).select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if found is not None:
        _delete(found)


def _delete(comment: Comment) -> None:
    if Comment.objects.filter(parent=comment).exists():
        leave_places(Comment.objects.filter(pk=comment.pk))
        return
    comment.delete()
    if comment.parent_id:
        Comment.objects.filter(pk=comment.parent_id, deleted_at__isnull=False, replies__isnull=True).delete()


def leave_places(comments: QuerySet[Comment]) -> None:
    """Leave nothing of comments but the places that hold their answers."""
    Revision.objects.filter(comment__in=comments).delete()
    Mention.objects.filter(comment__in=comments).delete()
    comments.update(author=None, text="", edited_at=None, deleted_at=timezone.now())


def leave_places_for_answers(*, member: User) -> None:
    """Keep what others answered, when a member whose comments they are deletes their account for good."""
    answered = Exists(Comment.objects.filter(parent=OuterRef("pk")).exclude(author=member))
    leave_places(Comment.objects.filter(answered, author=member, parent__isnull=True))
