from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.written_once import written_once
from feed.models.draft import Draft
from feed.models.held import Held
from feed.models.post import Post


class PictureQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """Whoever sees the post, or the draft, sees its pictures; what is held, whoever chose it."""
        posts = Post.objects.visible_to(viewer).filter(pk=OuterRef("post"))
        drafts = Draft.objects.visible_to(viewer).filter(pk=OuterRef("draft"))
        held = Held.objects.visible_to(viewer).filter(pk=OuterRef("held"))
        return self.filter(Exists(posts) | Exists(drafts) | Exists(held))


class Picture(models.Model):
    """A picture of a post, of a draft, or held: re-encoded in several sizes, with a description for who can't see it.

    There are up to four, in the order of `position`; an article calls its first one `picture:1`.
    """

    MOST = 4

    post = models.ForeignKey(  # its index is feed_picture_one_at_a_place
        Post, models.CASCADE, null=True, blank=True, related_name="pictures", db_index=False
    )
    draft = models.ForeignKey(  # its index is feed_picture_one_at_a_place_of_a_draft
        Draft, models.CASCADE, null=True, blank=True, related_name="pictures", db_index=False
    )
    held = models.ForeignKey(  # its index is feed_picture_one_at_a_place_of_held
        Held, models.CASCADE, null=True, blank=True, related_name="pictures", db_index=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=32, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="feed_picture_one_at_a_place"),
            models.UniqueConstraint(
                fields=["draft", "position"],
                condition=Q(draft__isnull=False),
                name="feed_picture_one_at_a_place_of_a_draft",
            ),
            models.UniqueConstraint(
                fields=["held", "position"],
                condition=Q(held__isnull=False),
                name="feed_picture_one_at_a_place_of_held",
            ),
            models.CheckConstraint(condition=Q(position__lte=3), name="feed_picture_of_four"),
            models.CheckConstraint(
                condition=Q(post__isnull=False, draft__isnull=True, held__isnull=True)
                | Q(post__isnull=True, draft__isnull=False, held__isnull=True)
                | Q(post__isnull=True, draft__isnull=True, held__isnull=False),
                name="feed_picture_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.key

    @property
    def number(self) -> int:
        """How the words of an article call it: `picture:1` is the first."""
        return self.position + 1
