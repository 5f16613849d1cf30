from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AskingPauseQuerySet(models.QuerySet):
    def now(self):
        """Pauses that have begun and aren't over."""
        moment = timezone.now()
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


class AskingPause(models.Model):
    """A week in which a member asks nobody, since many of those whom they asked don't know them (product.md §3.11).

    Its row says for how long, and never who. It begins at midnight, so that its moment tells of nobody either.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asking_pauses")
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    objects = AskingPauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause of asking")
        verbose_name_plural = _("pauses of asking")
        constraints = [
            models.UniqueConstraint(fields=["member", "starts_at"], name="network_askingpause_once_a_day"),
            models.CheckConstraint(
                condition=Q(set_at__lt=F("starts_at"), starts_at__lt=F("ends_at")),
                name="network_askingpause_begins_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} until {self.ends_at:%Y-%m-%d}"
