from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once
from feed.models.post import Post


class HiddenPostQuerySet(models.QuerySet):
    @written_once
    def by(self, member):
        """What a member hid, of what they see: for their own page."""
        return self.filter(member=member, post__in=Post.objects.visible_to(member))


class HiddenPost(models.Model):
    """That a member keeps one post out of their own feed; its page still opens, and nobody else knows (product.md §8).

    It is the post itself that is hidden, so that no wordless repost brings it back.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    hidden_at = models.DateTimeField(_("hidden"), default=timezone.now)

    objects = HiddenPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post hidden by a member")
        verbose_name_plural = _("posts hidden by members")
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="feed_hiddenpost_once")]
        indexes = [models.Index(fields=["member", "-hidden_at", "-id"], name="feed_hiddenpost_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} hides {self.post_id}"


class SeeLessQuerySet(models.QuerySet):
    @written_once
    def by(self, member):
        """Of whom a member wants to see less, of people they may see: for their own page."""
        return self.filter(member=member, other__in=User.objects.visible_to(member))


class SeeLess(models.Model):
    """That a member wants to see less of somebody: their posts weigh less in Highlights, and nobody else knows."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)

    objects = SeeLessQuerySet.as_manager()

    class Meta:
        verbose_name = _("seen less")
        verbose_name_plural = _("seen less")
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="feed_seeless_once"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="feed_seeless_of_another"),
        ]
        indexes = [models.Index(fields=["member", "-chosen_at", "-id"], name="feed_seeless_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} sees less of {self.other_id}"
