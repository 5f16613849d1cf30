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
