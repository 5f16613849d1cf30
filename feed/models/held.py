from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.written_once import written_once

KEPT = timedelta(days=1)
"""For how long whoever was refused finds their pictures."""


class HeldQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """What waits for its author is for nobody else."""
        return self.filter(author=viewer) if viewer.is_authenticated else self.none()

    def old(self):
        """Those to which nobody came back."""
        return self.filter(held_at__lt=timezone.now() - KEPT)


class Held(models.Model):
    """The pictures of a post that was refused: a browser sends chosen files once, so they wait here for its author.

    `key` is that of the form: of an article, that of the page on which it is written.
    """

    MOST = 5
    """Those of so many forms of one member wait at most."""

    author = models.ForeignKey(  # its index is feed_held_once_for_a_key
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    key = models.UUIDField(editable=False)
    held_at = models.DateTimeField(_("held"), default=timezone.now, db_index=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("pictures held")
        verbose_name_plural = _("pictures held")
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="feed_held_once_for_a_key")]

    def __str__(self) -> str:
        return f"pictures of {self.author_id} from {self.held_at}"
