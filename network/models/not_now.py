from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

QUIET_FOR = timedelta(days=180)
"""For how long the site doesn't suggest connecting with somebody again: product.md §4."""


class NotNowQuerySet(models.QuerySet):
    def standing(self):
        """Those whose time isn't over."""
        return self.filter(until__gt=timezone.now())


class NotNow(models.Model):
    """A member doesn't want to connect with somebody they follow yet; known to nobody but them (product.md §4)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField(_("quiet until"))

    objects = NotNowQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion put off")
        verbose_name_plural = _("suggestions put off")
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="network_notnow_once"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="network_notnow_about_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} not now with {self.other_id}"
