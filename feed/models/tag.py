from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience, audiences
from accounts.marks import LONGEST_TAG
from feed.models.post import Post


class Tag(models.Model):
    """What posts are about: what #tags have in common that differ only in case and accents.

    It has no spelling of its own: that would be somebody's, from a post that not everybody may see.
    """

    folded = models.CharField(_("tag"), max_length=LONGEST_TAG, db_collation="C")

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(fields=["folded"], name="feed_tag_once"),
            models.CheckConstraint(condition=~Q(folded=""), name="feed_tag_says_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.folded}"


class PostTag(models.Model):
    """That a post has a tag.

    `audience` is the post's own, narrowed with it (`feed.actions.marking.narrow_tags`): whoever isn't in it doesn't see
    the post. So the walk along the posts of a tag passes by most of what a reader may not see without reading it.
    """

    tag = models.ForeignKey(  # its index is feed_posttag_newest
        Tag, models.CASCADE, related_name="posts", db_index=False
    )
    post = models.ForeignKey(  # its index is feed_posttag_once
        Post, models.CASCADE, related_name="tags", db_index=False
    )
    audience = models.CharField(
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS, Audience.CONNECTIONS, Audience.GROUP),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="feed_posttag_once")]
        indexes = [models.Index("tag", F("post").desc(), name="feed_posttag_newest", include=["audience"])]

    def __str__(self) -> str:
        return f"{self.tag_id} of {self.post_id}"


class TagFollowQuerySet(models.QuerySet):
    def by(self, member):
        """The tags that a member follows; nobody else ever sees them."""
        return self.filter(follower=member)

    def heard(self):
        """Those that bring posts into the feed: of tags that their follower didn't mute."""
        return self.exclude(_muted())

    def with_mutes(self):
        """Say of each, as `is_muted`, whether its follower muted the tag all the same."""
        return self.annotate(is_muted=_muted())


def _muted() -> Exists:
    return Exists(TagMute.objects.filter(member=OuterRef("follower"), tag=OuterRef("tag")))


class TagFollow(models.Model):
    """A member's subscription to a tag, spelled as they found it: what has it comes into their feed (product.md §8)."""

    follower = models.ForeignKey(  # its index is feed_tagfollow_once
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tag_follows", db_index=False
    )
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="followers")
    name = models.CharField(_("tag"), max_length=LONGEST_TAG)
    followed_at = models.DateTimeField(_("followed"), default=timezone.now)

    objects = TagFollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed tag")
        verbose_name_plural = _("followed tags")
        constraints = [models.UniqueConstraint(fields=["follower", "tag"], name="feed_tagfollow_once")]

    def __str__(self) -> str:
        return f"{self.follower_id} follows #{self.name}"


class TagMuteQuerySet(models.QuerySet):
    def by(self, member):
        """The tags that a member muted; nobody else ever sees them."""
        return self.filter(member=member)


class TagMute(models.Model):
    """That a member wants nothing with a tag in their feed, spelled as they found it (product.md §8)."""

    member = models.ForeignKey(  # its index is feed_tagmute_once
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tag_mutes", db_index=False
    )
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="mutes")
    name = models.CharField(_("tag"), max_length=LONGEST_TAG)
    muted_at = models.DateTimeField(_("muted"), default=timezone.now)

    objects = TagMuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("muted tag")
        verbose_name_plural = _("muted tags")
        constraints = [models.UniqueConstraint(fields=["member", "tag"], name="feed_tagmute_once")]

    def __str__(self) -> str:
        return f"{self.member_id} muted #{self.name}"
