from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once


class MuteQuerySet(models.QuerySet):
    def standing(self):
        """Those whose time isn't over."""
        return self.filter(muted_until__gt=timezone.now())

    @written_once
    def by(self, member):
        """Whom a member mutes now, of people they may see: for their own pages."""
        return self.standing().filter(member=member, other__in=User.objects.visible_to(member))


class Mute(models.Model):
    """That a member keeps another out of their feed, followed or not, until a moment; nobody else knows (§6, §8).

    A follow that there is has a copy of the moment, so that the feed's many sources needn't look for mutes. What
    decides is this row: a follow that begins later does without the copy.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    muted_until = models.DateTimeField(_("muted until"))

    objects = MuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("muted member")
        verbose_name_plural = _("muted members")
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="network_mute_once"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="network_mute_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} mutes {self.other_id}"
