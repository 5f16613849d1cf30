from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from feed.actions import comment_on_post, like_post, publish_post, repost
from feed.models import Comment, Post, Reaction


def post(author: User, text: str = "The gauges agree for once.", **fields) -> Post:
    """`author` publishes an update; hidden by an operator if `hidden_at` says when."""
    hidden_at = fields.pop("hidden_at", None)
    published = publish_post(by=author, text=text, **fields)
    if hidden_at is not None:
        published.hidden_at = hidden_at
        published.save(update_fields=["hidden_at"])
    return published


def comment(author: User, on: Post, text: str = "Which ones?", **fields) -> Comment:
    """`author` comments on a post."""
    return comment_on_post(on, by=author, text=text, **fields)


def like(member: User, what: Post) -> Reaction:
    """`member` likes a post."""
    return like_post(what, by=member)


def pass_on(member: User, what: Post, **fields) -> Post:
    """`member` reposts a post."""
    return repost(what, by=member, **fields)


def answer_each_other(one: User, other: User, on: Post, *, days: Iterable[int] = (1, 2, 3), text: str = "Yes.") -> None:
    """`one` comments on a post, of `other`'s if nothing else is meant, and `other` replies: so many days ago each."""
    for ago in days:
        first = comment(one, on, text)
        answer = comment(other, on, text, reply_to=first)
        at = timezone.now() - timedelta(days=ago)
        Comment.objects.filter(pk__in=[first.pk, answer.pk]).update(commented_at=at)
