from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once
from feed.models.comment import Comment
from feed.models.post import Post


class MentionQuerySet(models.QuerySet):
    def standing(self):
        """Those whose handle the text still holds."""
        return self.filter(ended_at__isnull=True)

    @written_once
    def of_people_seen_by(self, viewer):
        """Mentions of people whom the viewer may see: to everybody else they are plain text (product.md §8)."""
        return self.standing().filter(member__in=User.objects.visible_to(viewer))

    @written_once
    def visible_to(self, viewer):
        """A member's own, where they see the post, and the comment if it stands in one."""
        if not viewer.is_authenticated:
            return self.none()
        return self.standing().filter(
            Q(comment__isnull=True) | Q(comment__in=Comment.objects.heard_by(viewer)),
            post__in=Post.objects.visible_to(viewer),
            member=viewer,
        )


class Mention(models.Model):
    """That a post, or a comment on it, names a member by a handle of theirs (product.md §8).

    One that was edited out is kept as ended, so that nobody is told twice of the same.
    """

    post = models.ForeignKey(  # its index is feed_mention_once
        Post, models.CASCADE, related_name="mentions", db_index=False
    )
    comment = models.ForeignKey(  # its index is feed_mention_in_comment
        Comment, models.CASCADE, null=True, blank=True, related_name="mentions", db_index=False
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    handles = ArrayField(models.CharField(max_length=40))
    mentioned_at = models.DateTimeField(_("mentioned"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "comment", "member"], nulls_distinct=False, name="feed_mention_once"
            ),
            models.CheckConstraint(condition=Q(handles__len__gt=0), name="feed_mention_by_a_handle"),
        ]
        indexes = [models.Index(fields=["comment"], name="feed_mention_in_comment", condition=Q(comment__isnull=False))]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.comment_id or self.post_id}"

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.comment_id]) if self.comment_id else reverse("post", args=[self.post_id])
