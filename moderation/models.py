"""What operators look after.

- `Case`: all reports about one thing, until it is decided
- `Report`: a member's report of a person, post, comment, message, organization, group, event or recommendation
- `Decision`: what an operator, or a group's moderator, did, to whom or what, when and why; never changed
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Group, Membership

ANSWERED_WITHIN = timedelta(days=3)
"""How long a report about what was said in a group waits for its moderators alone."""


class Subject(models.TextChoices):
    """What can be reported and decided about."""

    MEMBER = "member", _("Member")
    PHOTO = "photo", _("Photo")
    POST = "post", _("Post")
    COMMENT = "comment", _("Comment")
    MESSAGE = "message", _("Message")
    ORGANIZATION = "organization", _("Organization")
    GROUP = "group", _("Group")
    EVENT = "event", _("Event")
    RECOMMENDATION = "recommendation", _("Recommendation")


class AboutSomething(models.Model):
    """A row about something that can be reported, which may be gone meanwhile."""

    subject_kind = models.CharField(_("about"), max_length=16, choices=Subject)
    subject_id = models.BigIntegerField(_("number"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )

    class Meta:
        abstract = True


class CaseQuerySet(models.QuerySet):
    def with_reason(self):
        """With `reached_at`, the moment from which the operators see a case, and `reason`, why.

        What was said in a group is for its moderators first. The operators see it when a moderator hands it on, when
        it is about a moderator, when no moderator is there, and after `ANSWERED_WITHIN` in any case; everything else
        at once.
        """
        moderating = Membership.objects.moderating().filter(group=OuterRef("group"))
        reason = Choice(
            When(group__isnull=True, then=Value(Case.Reason.ALL)),
            When(handed_on_at__isnull=False, then=Value(Case.Reason.HANDED_ON)),
            When(closed_at__isnull=False, then=Value(Case.Reason.DECIDED)),
            When(Exists(moderating.filter(member=OuterRef("member"))), then=Value(Case.Reason.OF_MODERATOR)),
            When(~Exists(moderating), then=Value(Case.Reason.NO_MODERATOR)),
            default=Value(Case.Reason.UNANSWERED),
            output_field=models.CharField(),
        )
        return self.annotate(reason=reason).annotate(
            reached_at=Choice(
                When(reason=Case.Reason.HANDED_ON, then=F("handed_on_at")),
                When(reason=Case.Reason.UNANSWERED, then=F("opened_at") + ANSWERED_WITHIN),
                default=F("opened_at"),
            )
        )

    def for_operators(self):
        """Those that have reached the operators, with why and since when."""
        return self.with_reason().exclude(reason=Case.Reason.UNANSWERED, reached_at__gt=timezone.now())

    def for_moderator(self, member):
        """Those that a moderator of a group may decide: open, not handed on, about somebody else whom they see, who
        doesn't moderate it too."""
        colleague = Membership.objects.filter(group=OuterRef("group"), member=OuterRef("member"), is_moderator=True)
        return self.filter(
            ~Exists(colleague),
            group__in=Group.objects.moderated_by(member),
            member__in=User.objects.visible_to(member).exclude(pk=member.pk),
            closed_at__isnull=True,
            handed_on_at__isnull=True,
        )


class Case(AboutSomething):
    """All reports about one thing, until it is decided; `member` is who is responsible for the thing.

    One about what was said in a `group` is for its moderators first; `handed_on_at` when one of them gave it to the
    operators.
    """

    class Reason(models.TextChoices):
        """Why the operators see a case."""

        ALL = "all", _("It isn’t about a group’s posts")
        HANDED_ON = "handed_on", _("A moderator handed it on")
        OF_MODERATOR = "of_moderator", _("It is about a moderator")
        NO_MODERATOR = "no_moderator", _("The group has no moderator")
        UNANSWERED = "unanswered", _("Unanswered for 3 days")
        DECIDED = "decided", _("A moderator decided it")

    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("group")
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    handed_on_at = models.DateTimeField(_("handed on by a moderator"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

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
        indexes = [
            models.Index(fields=["-opened_at"], name="moderation_case_newest"),
            models.Index(fields=["group", "-id"], name="moderation_case_of_group", condition=Q(group__isnull=False)),
        ]

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
    """What an operator did, or the moderator of a group (`by_group`), to whom or what, when and why.

    A record: the database refuses to change or delete one. Who decided stays in words when they leave.
    """

    class Action(models.TextChoices):
        DISMISS = "dismiss", _("Dismissed")
        HIDE = "hide", _("Hidden")
        RESTORE = "restore", _("Restored")
        SUSPEND = "suspend", _("Suspended")
        REACTIVATE = "reactivate", _("Reactivated")
        REDACT = "redact", _("Earlier words removed")

    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="decisions")
    action = models.CharField(_("decision"), max_length=10, choices=Action)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=254)
    by_group = models.BooleanField(_("by a moderator of the group"), default=False)
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
