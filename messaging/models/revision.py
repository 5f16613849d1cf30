from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from messaging.models.message import Message

KEPT_FOR = timedelta(days=30)
"""How long what a message said before can be reported."""


class RevisionQuerySet(models.QuerySet):
    def outdated(self):
        """Those whose time is over."""
        return self.filter(kept_at__lte=timezone.now() - KEPT_FOR)


class Revision(models.Model):
    """What a message said before it was edited or deleted, for 30 days.

    No page shows it: it is there so that whoever read it can still report it, and a report then keeps what it needs.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))
    kept_at = models.DateTimeField(_("replaced"), default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier words")
        verbose_name_plural = _("earlier words")
        ordering = ["id"]
        indexes = [models.Index(fields=["kept_at"], name="messaging_revision_oldest")]

    def __str__(self) -> str:
        return self.text[:60]
