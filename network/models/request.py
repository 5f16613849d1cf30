from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

EXPIRES_AFTER = timedelta(days=180)
"""§3.7"""
ASK_AGAIN_AFTER = timedelta(days=90)
"""After the last request was sent: §3.6."""
ASK_AGAIN_AFTER_WITHDRAWING = timedelta(days=21)
"""§3.6"""
ATTEMPTS = 3
"""Requests from one member to the same other, ever: §3.6."""

_OPEN = Q(accepted_at__isnull=True, withdrawn_at__isnull=True, replaced_at__isnull=True, expired_at__isnull=True)


class ConnectionRequestQuerySet(models.QuerySet):
    def open(self):
        """Not accepted, withdrawn, replaced or expired; a declined request counts as open (§3.8)."""
        return self.filter(_OPEN, sent_at__gt=timezone.now() - EXPIRES_AFTER)

    def overdue(self):
        """Still marked open, but past the time at which a request expires (§3.7)."""
        return self.filter(_OPEN, sent_at__lte=timezone.now() - EXPIRES_AFTER)

    def between(self, one, other):
        return self.filter(Q(sender=one, recipient=other) | Q(sender=other, recipient=one))

    def waiting_for(self, member):
        """Open requests that `member` received and has not set aside, from people they may see."""
        return self.open().filter(
            recipient=member, declined_at__isnull=True, sender__in=User.objects.visible_to(member)
        )

    def set_aside_by(self, member):
        """Open requests that `member` declined; they may still accept (§3.8)."""
        return self.open().filter(
            recipient=member, declined_at__isnull=False, sender__in=User.objects.visible_to(member)
        )

    def sent_by(self, member):
        """Open requests as their sender sees them. Whether one was declined is never among its columns (§3.4)."""
        return self.open().filter(sender=member, recipient__in=User.objects.visible_to(member)).defer("declined_at")

    def answerable_by(self, member):
        return self.open().filter(recipient=member, sender__in=User.objects.visible_to(member))

    def withdrawable_by(self, member):
        return self.sent_by(member)


class ConnectionRequest(models.Model):
    """One member asking another to connect, with a context and an optional note (product.md §3)."""

    class Context(models.TextChoices):
        WORKED = "worked", _("Worked together")
        STUDIED = "studied", _("Studied together")
        EVENT = "event", _("Met at an event")
        INTRODUCED = "introduced", _("Introduced by somebody")
        BUSINESS = "business", _("Common business interest")
        INTERVIEW = "interview", _("Interviewed or recruited")
        OTHER = "other", _("Something else")

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="requests_sent")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="requests_received")
    context = models.CharField(_("how you know each other"), max_length=12, choices=Context)
    note = models.CharField(_("note"), max_length=300, blank=True)
    key = models.UUIDField(default=uuid4, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    declined_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)

    objects = ConnectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection request")
        verbose_name_plural = _("connection requests")
        constraints = [
            models.UniqueConstraint(
                Least("sender", "recipient"),
                Greatest("sender", "recipient"),
                condition=_OPEN,
                name="network_connectionrequest_one_open_a_pair",
            ),
            models.UniqueConstraint(fields=["sender", "key"], name="network_connectionrequest_once_for_a_key"),
            models.CheckConstraint(condition=~Q(sender=F("recipient")), name="network_connectionrequest_of_two"),
            models.CheckConstraint(
                condition=Q(
                    models.lookups.LessThanOrEqual(
                        models.Func(
                            F("accepted_at"),
                            F("withdrawn_at"),
                            F("replaced_at"),
                            F("expired_at"),
                            function="num_nonnulls",
                            output_field=models.IntegerField(),
                        ),
                        1,
                    )
                ),
                name="network_connectionrequest_ends_once",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-sent_at"], name="network_request_to", condition=_OPEN),
            models.Index(fields=["sender", "-sent_at"], name="network_request_from"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} asks {self.recipient_id}"

    @property
    def expires_at(self):
        return self.sent_at + EXPIRES_AFTER


class EmailTry(models.Model):
    """One try at a door that opens to people who know the address: ten a day (§3.10)."""

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tried_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["asker", "tried_at"], name="network_emailtry_of_asker")]

    def __str__(self) -> str:
        return f"{self.asker_id} at {self.tried_at:%Y-%m-%d %H:%M}"
