"""What operators look after.

- `Case`: all reports about one thing, until it is decided
- `Report`: a member's report of a person, post, comment or message
- `Decision`: what an operator did, to whom or what, when and why; never changed
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """What can be reported and decided about."""

    MEMBER = "member", _("Member")
    PHOTO = "photo", _("Photo")
    POST = "post", _("Post")
    COMMENT = "comment", _("Comment")
    MESSAGE = "message", _("Message")


class AboutSomething(models.Model):
    """A row about a member, photo, post, comment or message, which may be gone meanwhile."""

    subject_kind = models.CharField(_("about"), max_length=10, choices=Subject)
    subject_id = models.BigIntegerField(_("number"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )

    class Meta:
        abstract = True


class Case(AboutSomething):
    """All reports about one thing, until an operator decides it; `member` is who is responsible for the thing."""

    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(closed_at__isnull=True),
                name="moderation_case_one_open_about_a_thing",
            )
        ]
        indexes = [models.Index(fields=["-opened_at"], name="moderation_case_newest")]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()} {self.subject_id}"


class Report(models.Model):
    """A member's report; what was reported is kept as it read then."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        RUDE = "rude", _("Rude or harassing")
        FALSE = "false", _("Not who they say they are")
        ILLEGAL = "illegal", _("Illegal or dangerous")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_made")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    words = models.TextField(_("what happened"), max_length=1000, blank=True)
    evidence = models.TextField(_("what was reported, as it read then"), blank=True)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="moderation_report_once_for_a_case")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.reported_at:%Y-%m-%d})"


class Decision(AboutSomething):
    """What an operator did, to whom or what, when and why.

    A record: the database refuses to change or delete one. Who decided stays in words when they leave.
    """

    class Action(models.TextChoices):
        DISMISS = "dismiss", _("Dismissed")
        HIDE = "hide", _("Hidden")
        RESTORE = "restore", _("Restored")
        SUSPEND = "suspend", _("Suspended")
        REACTIVATE = "reactivate", _("Reactivated")

    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="decisions")
    action = models.CharField(_("decision"), max_length=10, choices=Action)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=254)
    why = models.TextField(_("why"))
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="moderation_decision_says_why")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="moderation_decision_about"),
            models.Index(fields=["-decided_at"], name="moderation_decision_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.decided_at:%Y-%m-%d})"
