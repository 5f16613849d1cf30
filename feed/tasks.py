"""What the worker does for the feed: telling many people takes longer than publishing may."""

from django.tasks import task

from feed.models import Comment, Mention
from notifications.actions import notify
from notifications.models import Notice


@task
def tell_mentioned(numbers: list[int]) -> None:
    """Tell members that a text names them: each only if they may see it, and weren't told of it otherwise."""
    mentions = Mention.objects.filter(pk__in=numbers).select_related("member", "post__author", "comment__author")
    for mention in mentions.order_by("pk"):
        writer = mention.comment.author if mention.comment else mention.post.author
        if writer == mention.member or _was_told(mention):
            continue
        if Mention.objects.visible_to(mention.member).filter(pk=mention.pk).exists():
            # Of an organization's post the editor who wrote it stays unnamed.
            actor = None if mention.post.organization_id and not mention.comment else writer
            notify(recipient=mention.member, kind="mention", actor=actor, subject=mention)


def _was_told(mention: Mention) -> bool:
    """Whether somebody was told of the comment already, because it answers them."""
    if not isinstance(mention.comment, Comment):
        return False
    told = Notice.objects.filter(recipient=mention.member, kind__in=["comment", "reply"])
    return told.filter(subject_id=mention.comment.pk).exists()
