from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.post import Post


class Reaction(models.Model):
    """What a member has to say to a post without words: one a member. To a celebration they are congratulations."""

    class Kind(models.TextChoices):
        LIKE = "like", _("Like")
        CELEBRATE = "celebrate", _("Celebrate")
        SUPPORT = "support", _("Support")
        INSIGHTFUL = "insightful", _("Insightful")
        CURIOUS = "curious", _("Curious")

    post = models.ForeignKey(  # its index is feed_reaction_of_post
        Post, models.CASCADE, related_name="reactions", db_index=False
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.LIKE)
    reacted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="feed_reaction_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["like", "celebrate", "support", "insightful", "curious"]),
                name="feed_reaction_of_a_kind",
            ),
        ]
        indexes = [models.Index("post", F("id").desc(), name="feed_reaction_of_post")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind} {self.post_id}"
