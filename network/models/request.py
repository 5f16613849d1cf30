from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once

EXPIRES_AFTER = timedelta(days=180)
"""§3.7"""
ASK_AGAIN_AFTER = timedelta(days=90)
"""After the last request was sent: §3.6."""
ASK_AGAIN_AFTER_WITHDRAWING = timedelta(days=21)
"""§3.6"""
LATEST = timedelta(days=365)
"""How far ahead a recipient may ask to be asked later: §3.9."""
ATTEMPTS = 3
"""Requests from one member to the same other, ever: §3.6."""

SILENT = ("declined_at", "unknown_at")
"""What a recipient keeps to themselves: never among the columns of what the sender reads (§3.4)."""

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

    def received_by(self, member):
        """Requests to `member` from people they may see, whatever became of them."""
        return self.filter(recipient=member, sender__in=User.objects.visible_to(member))

    @written_once
    def waiting_for(self, member):
        """Open requests that `member` received and has not set aside, from people they may see."""
        return self.answerable_by(member).filter(declined_at__isnull=True, later_on__isnull=True)

    @written_once
    def set_aside_by(self, member):
        """Open requests that `member` declined or asked for later; they may still accept (§3.8, §3.9)."""
        return self.answerable_by(member).filter(Q(declined_at__isnull=False) | Q(later_on__isnull=False))

    def asked_by(self, member):
        """Requests of `member`, whatever became of them. What its recipient keeps to themselves isn't read (§3.4)."""
        return self.filter(sender=member, recipient__in=User.objects.visible_to(member)).defer(*SILENT)

    def sent_by(self, member):
        """Open requests as their sender sees them: a declined one is no different (§3.4)."""
        return self.asked_by(member).open()

    def asked_for_later(self):
        """Requests whose recipient asks to be asked again later; the date outlives the request (§3.9)."""
        return self.filter(
            later_on__isnull=False, accepted_at__isnull=True, withdrawn_at__isnull=True, replaced_at__isnull=True
        )

    def marked_as_unknown(self, *, by):
        """Requests whose sender `by` said not to know, until they connect: `filter(sender=OuterRef(…))` (§3.9)."""
        return self.filter(recipient=by, unknown_at__isnull=False)

    @written_once
    def answerable_by(self, member):
        return self.received_by(member).open()

    @written_once
    def concerning(self, member):
        """Open requests that `member` received or sent, from or to people they may see."""
        seen = User.objects.visible_to(member)
        return self.filter(Q(recipient=member, sender__in=seen) | Q(sender=member, recipient__in=seen)).open()

    def questionable_by(self, member):
        """Received requests about which `member` may ask their one question (§3.9)."""
        return self.postponable_by(member).filter(question_at__isnull=True)

    def postponable_by(self, member):
        """Received requests whose sender `member` may ask to ask again later: not one whom they don't know (§3.9)."""
        return self.answerable_by(member).filter(unknown_at__isnull=True)

    def markable_by(self, member):
        """Received requests whose sender `member` may say not to know (§3.9)."""
        return self.answerable_by(member).filter(unknown_at__isnull=True)

    def explainable_by(self, member):
        """Requests of `member` about which there is a question that they have not answered (§3.9)."""
        return self.sent_by(member).filter(question_at__isnull=False, answer_at__isnull=True)


class ConnectionRequest(models.Model):
    """One member asking another to connect, with a context and an optional note (product.md §3).

    Between yes and no its recipient may ask one question, ask to be asked later, or say that they don't know the
    sender, which is a silent decline with a mark that lasts until the two connect (§3.9).
    """

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
    named = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who introduced the two, or lets the sender use their name."),
    )
    key = models.UUIDField(default=uuid4, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    question = models.CharField(_("question"), max_length=200, blank=True)
    question_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answer_at = models.DateTimeField(null=True, blank=True)
    later_on = models.DateField(_("asked for later, from"), null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    unknown_at = models.DateTimeField(null=True, blank=True)
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
                condition=Q(named__isnull=True) | Q(context="introduced"),
                name="network_connectionrequest_names_who_introduced",
            ),
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
            models.CheckConstraint(
                condition=Q(question="", question_at__isnull=True) | Q(question__gt="", question_at__isnull=False),
                name="network_connectionrequest_question_and_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answer_at__isnull=True) | Q(answer__gt="", answer_at__isnull=False),
                name="network_connectionrequest_answer_and_its_time",
            ),
            models.CheckConstraint(
                condition=Q(answer_at__isnull=True) | Q(question_at__isnull=False),
                name="network_connectionrequest_answers_a_question",
            ),
            models.CheckConstraint(
                condition=Q(unknown_at__isnull=True) | Q(declined_at__isnull=False),
                name="network_connectionrequest_unknown_is_declined",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-sent_at"], name="network_request_to", condition=_OPEN),
            models.Index(fields=["sender", "-sent_at"], name="network_request_from"),
            models.Index(
                fields=["sender", "unknown_at"],
                name="network_request_unknown",
                condition=Q(unknown_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} asks {self.recipient_id}"

    @property
    def may_ask(self) -> bool:
        """Whether its recipient's one question is still to be asked (§3.9)."""
        return self.question_at is None

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
