from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.comment import Comment
from feed.models.post import Post


class RevisionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Earlier words are for whoever sees what became of them."""
        posts = Post.objects.visible_to(viewer).filter(pk=OuterRef("post"))
        comments = Comment.objects.visible_to(viewer).filter(pk=OuterRef("comment"))
        return self.filter(Exists(posts) | Exists(comments))


class Revision(models.Model):
    """What a post or a comment said before its author edited it, as readers may look it up.

    It is kept as long as what it became; an operator may remove the words alone, which leaves the time (`redacted_at`).
    """

    post = models.ForeignKey(  # its index is feed_revision_of_post
        Post, models.CASCADE, null=True, blank=True, related_name="revisions", db_index=False
    )
    comment = models.ForeignKey(  # its index is feed_revision_of_comment
        Comment, models.CASCADE, null=True, blank=True, related_name="revisions", db_index=False
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    written_at = models.DateTimeField(_("written"))
    kept_at = models.DateTimeField(_("replaced"), default=timezone.now)
    redacted_at = models.DateTimeField(_("removed by an operator"), null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier words")
        verbose_name_plural = _("earlier words")
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, comment__isnull=True) | Q(post__isnull=True, comment__isnull=False),
                name="feed_revision_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True) | Q(title="", text=""), name="feed_revision_redacted_is_empty"
            ),
        ]
        indexes = [
            models.Index("post", models.F("id").desc(), name="feed_revision_of_post", condition=Q(post__isnull=False)),
            models.Index(
                "comment", models.F("id").desc(), name="feed_revision_of_comment", condition=Q(comment__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or f"{self.written_at:%Y-%m-%d}"
