from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once


class FollowQuerySet(models.QuerySet):
    def heard(self):
        """Follows that bring posts into the feed: those not muted now."""
        return self.filter(Q(muted_until__isnull=True) | Q(muted_until__lte=timezone.now()))

    def open(self):
        """Follows that the followed member knows of and counts: those not quiet (§6)."""
        return self.filter(quiet=False)

    @written_once
    def by(self, member):
        """The follows of `member`, quiet ones too, of people they may see: for their own pages."""
        return self.filter(follower=member, followed__in=User.objects.visible_to(member))

    @written_once
    def of(self, member):
        """Those who follow `member`, as that member sees them: never a quiet one (§6)."""
        return self.open().filter(followed=member, follower__in=User.objects.visible_to(member))


class Follow(models.Model):
    """One member's subscription to another's public updates; quiet if the followed member is not told (§6)."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followers")
    quiet = models.BooleanField(_("quiet"), default=False)
    muted_until = models.DateTimeField(_("muted until"), null=True, blank=True)
    followed_at = models.DateTimeField(_("followed"), default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="network_follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="network_follow_another"),
        ]
        indexes = [
            models.Index(
                fields=["followed", "-followed_at"],
                include=["follower"],
                name="network_follow_newest",
                condition=Q(quiet=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"
