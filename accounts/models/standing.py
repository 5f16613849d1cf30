from datetime import UTC, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of what has no end: a suspension or a mute until further notice."""


class Standing(models.Model):
    """Whether somebody is there for others: claimed, not suspended, not leaving."""

    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    welcomed_at = models.DateTimeField(_("finished the welcome"), null=True, blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    email_bounced_at = models.DateTimeField(_("mail doesn't reach them since"), null=True, blank=True)
    emails_stopped_at = models.DateTimeField(_("wants no emails since"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("account deleted at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def is_present(self) -> bool:
        """The same as the scope `present()`, for a row already at hand."""
        return bool(self.claimed_at and self.welcomed_at) and not self.is_suspended and self.leaves_at is None

    @property
    def is_active(self) -> bool:
        """Whether they may sign in (Django's name for it); somebody who is leaving may, to change their mind."""
        return self.claimed_at is not None and not self.is_suspended
