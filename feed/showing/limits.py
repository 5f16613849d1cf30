"""Whom the author of a post lets comment."""

from django.utils.translation import gettext as _

from feed.models import Post


def limit_of(post: Post) -> str:
    """Say why somebody who sees a post can't comment on it."""
    name = {"name": post.organization.name if post.organization else post.author.first_name}
    if post.hidden_at is not None:
        return _("Nobody can comment while this is hidden.")
    if post.comments_from == Post.CommentsFrom.CONNECTIONS:
        return _("Only %(name)s’s connections can comment.") % name
    return _("%(name)s closed this to comments.") % name
