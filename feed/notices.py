"""What members are told of posts and comments."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feed.congratulations import congratulated
from feed.liked import begins, how_they_reacted, passed_on, reacted_to
from feed.models import Comment, Mention, Post
from notifications.kinds import Family, Kind, declare
from notifications.of_many import EMAIL_WAITS, number, who


def declare_kinds() -> None:
    """Add comments, replies, mentions, reactions, reposts and congratulations to what members can be told of."""
    declare(
        Kind(
            slug="comment",
            family=Family.POSTS,
            label=_("Somebody comments on your post"),
            sentence=_("%(name)s commented on your post."),
            why=_("You get this because somebody commented on a post of yours."),
            subjects_visible_to=Comment.objects.visible_to,
            address=_address,
            link=_("Read it"),
            quote=lambda comment: comment.text,
            thread=lambda comment: f"post.{comment.post_id}",
        )
    )
    declare(
        Kind(
            slug="reply",
            family=Family.POSTS,
            label=_("Somebody replies to your comment"),
            sentence=_("%(name)s replied to your comment."),
            why=_("You get this because somebody replied to a comment of yours."),
            subjects_visible_to=Comment.objects.visible_to,
            address=_address,
            link=_("Read it"),
            quote=lambda comment: comment.text,
            thread=lambda comment: f"post.{comment.post_id}",
        )
    )
    declare(
        Kind(
            slug="mention",
            family=Family.POSTS,
            label=_("Somebody mentions you"),
            sentence=_("%(name)s mentioned you."),
            why=_("You get this because somebody mentioned you in a post or a comment."),
            subjects_visible_to=_mentions,
            address=Mention.get_absolute_url,
            link=_("Read it"),
            named=lambda mention: str(mention.post.organization or ""),
            icon="at-sign",
            quote=lambda mention: (mention.comment or mention.post).text,
            thread=lambda mention: f"post.{mention.post_id}",
        )
    )
    declare(
        Kind(
            slug="like",
            family=Family.POSTS,
            label=_("Somebody likes your post, or reacts to it"),
            sentence=how_they_reacted,
            why=_("You get this because somebody reacted to a post of yours."),
            subjects_visible_to=reacted_to,
            address=Post.get_absolute_url,
            link=_("See who"),
            named=who,
            number=number,
            waits=EMAIL_WAITS,
            icon="thumbs-up",
            remark=begins,
            thread=lambda post: f"post.{post.pk}",
        )
    )
    declare(
        Kind(
            slug="repost",
            family=Family.POSTS,
            label=_("Somebody reposts your post"),
            sentence=_("%(name)s reposted your post."),
            why=_("You get this because somebody reposted a post of yours."),
            subjects_visible_to=passed_on,
            address=Post.get_absolute_url,
            named=who,
            number=number,
            waits=EMAIL_WAITS,
            icon="repeat-2",
            remark=begins,
            thread=lambda post: f"post.{post.pk}",
        )
    )
    declare(
        Kind(
            slug="congratulation",
            family=Family.POSTS,
            label=_("Somebody congratulates you"),
            sentence=_("%(name)s congratulated you."),
            why=_("You get this because somebody congratulated you on what you let others know of your position."),
            subjects_visible_to=congratulated,
            address=Post.get_absolute_url,
            named=who,
            number=number,
            waits=EMAIL_WAITS,
            icon="award",
            remark=lambda post: post.celebration,
            thread=lambda post: f"post.{post.pk}",
        )
    )


def _mentions(viewer) -> QuerySet[Mention]:
    """A member's own mentions, with the words in which they stand."""
    return Mention.objects.visible_to(viewer).select_related("post__organization", "comment")


def _address(comment: Comment) -> str:
    return reverse("comment", args=[comment.pk])
