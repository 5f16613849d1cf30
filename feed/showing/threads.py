"""The comments on a post, as a page shows them: threads of a comment and its replies."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.moments import exactly, how_long_ago
from communities.models import Group
from feed.lists import cursors
from feed.models import Comment, Post

PAGE = 20
REPLIES = 10
"""How many of the newest replies stand under a comment, in the order in which they were written."""


@dataclass(slots=True, kw_only=True)
class Remark:
    """A comment or a reply on a page, for one viewer; without an author it is the place of a deleted comment."""

    id: int
    author: User | None
    is_authors: bool
    text: str
    said: str = ""
    moment: str
    exactly: str
    ago: str
    is_edited: bool
    is_hidden: bool
    may_edit: bool
    may_delete: bool
    may_report: bool
    hidden_said: str = ""
    may_reply: bool = False
    hide_url: str = ""
    replies: "list[Remark]" = field(default_factory=list)
    earlier: str = ""
    """The place before which there are more replies, if they are not all here."""


def threads_of(post: Post, *, viewer, before: int | None = None, limit: int = PAGE) -> tuple[list[Remark], int | None]:
    """Return the newest comments on a post that the viewer sees with their newest replies, and where to go on."""
    comments = Comment.objects.standing_for(viewer).filter(post=post, parent__isnull=True).select_related("author")
    comments = comments.filter(pk__lt=before) if before else comments
    found = list(comments.order_by("-pk")[: limit + 1])
    threads = _with_replies(found[:limit], post, viewer=viewer)
    return threads, found[limit - 1].pk if len(found) > limit else None


def thread_of(comment: Comment, *, viewer, before: int | None = None) -> Remark:
    """Return one thread with the newest of its replies, or with those before one of them."""
    (thread,) = _with_replies([comment], comment.post, viewer=viewer, before=before)
    return thread


def remarks_in(threads: Iterable[Remark]) -> list[Remark]:
    """Return everything that is said in threads; `items.present` writes it with the posts of the page."""
    return [remark for thread in threads for remark in (thread, *thread.replies)]


def people_in(threads: Iterable[Remark]) -> list[User]:
    """Return everybody who says something in threads."""
    return [remark.author for remark in remarks_in(threads) if remark.author]


def offer(threads: Iterable[Remark], *, replying: bool, deleting: bool, hiding_in: Group | None = None) -> None:
    """Offer a reply to everything in threads, to delete what others said under a post of one's own, and to a moderator
    of a group to hide what was said there."""
    for thread in threads:
        for remark in (thread, *thread.replies):
            if remark.author is None:
                continue
            remark.may_reply = replying
            remark.may_delete |= deleting
            if hiding_in and not remark.is_hidden and not remark.may_edit:
                remark.hide_url = reverse("hide_in_group", args=[hiding_in.slug, "comment", remark.id])


def _with_replies(comments: list[Comment], post: Post, *, viewer, before: int | None = None) -> list[Remark]:
    threads = {comment.pk: _remark(comment, post, viewer=viewer) for comment in comments}
    replies = Comment.objects.heard_by(viewer).filter(parent__in=threads.keys())
    replies = replies.filter(pk__lt=before) if before else replies
    place = Window(RowNumber(), partition_by=F("parent"), order_by=F("id").desc())
    newest = replies.annotate(place=place).filter(place__lte=REPLIES + 1).select_related("author")
    for reply in newest.order_by("-pk"):
        thread = threads[reply.parent_id]
        if len(thread.replies) < REPLIES:
            thread.replies.insert(0, _remark(reply, post, viewer=viewer))
        else:
            thread.earlier = cursors.written(thread.replies[0].id)
    return list(threads.values())


def _hidden(comment: Comment) -> str:
    if comment.hidden_at is None:
        return ""
    if comment.is_hidden_by_group:
        return _("A moderator of the group hid this comment. Only you see it.")
    return _("An operator hid this comment. Only you see it.")


def _remark(comment: Comment, post: Post, *, viewer) -> Remark:
    is_mine = viewer.is_authenticated and comment.author_id == viewer.pk
    return Remark(
        id=comment.pk,
        author=comment.author,
        is_authors=bool(comment.author_id) and comment.author_id == post.author_id and post.organization_id is None,
        text=comment.text,
        moment=comment.commented_at.isoformat(timespec="seconds"),
        exactly=exactly(comment.commented_at),
        ago=how_long_ago(comment.commented_at),
        is_edited=comment.edited_at is not None,
        is_hidden=comment.hidden_at is not None,
        hidden_said=_hidden(comment),
        may_edit=is_mine,
        may_delete=is_mine,
        may_report=viewer.is_authenticated and not is_mine and comment.deleted_at is None,
    )
