"""What members are told, in the app and by email.

- `Notice`: something that happened, for one member
- `Choice`: where a member wants to be told of a kind
- `QuietHours`: when a member's emails wait
- `DigestTurn`: when a member's weekly digest is due
- `Email`: an email that waits in the database until the worker has sent it
- `Failure`: one failed try of a task
"""

from collections import defaultdict

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True)

    def visible_to(self, viewer):
        """The viewer's own notices, each only while they may see who and what it is about (product.md §10)."""
        from accounts.each_alone import EachAlone
        from accounts.models import User
        from notifications.kinds import KINDS

        kinds_about = defaultdict(list)  # several may be about the same: its scope is asked once
        for kind in KINDS.values():
            if kind.in_app:
                kinds_about[kind.subjects_visible_to].append(kind.slug)
        may_see = Q(pk__in=[])
        for subjects_visible_to, slugs in kinds_about.items():
            subject = subjects_visible_to(viewer).filter(pk=OuterRef("subject_id"))
            may_see |= Q(EachAlone(subject), kind__in=slugs)
        by_somebody_seen = Q(actor__isnull=True) | Exists(User.objects.visible_to(viewer).filter(pk=OuterRef("actor")))
        return self.filter(may_see, by_somebody_seen, recipient=viewer, in_app=True)


class Notice(models.Model):
    """Something that happened, for one member: who did it, and to what. Never repeated.

    Nobody is named as its actor where an organization, a group or the site itself has something to tell. One that is
    not `in_app` was only for an email, since its recipient had chosen so: it keeps that from being sent twice.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    in_app = models.BooleanField(default=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "subject_id", "actor"],
                nulls_distinct=False,
                name="notifications_notice_told_once",
            ),
            models.CheckConstraint(
                condition=~Q(recipient=models.F("actor")), name="notifications_notice_never_about_oneself"
            ),
            models.CheckConstraint(
                condition=Q(in_app=True) | Q(read_at__isnull=False), name="notifications_notice_unread_in_the_app"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_notice_newest"),
            models.Index(fields=["recipient"], name="notifications_notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"


class Choice(models.Model):
    """Where a member wants to be told of a kind: in the app, by email, both or neither; without a row as the kind says.

    What a kind doesn't offer, like an email that has nothing to show in the app, stays as it was at first.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=30)
    in_app = models.BooleanField()
    by_email = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="notifications_choice_once_for_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"


class QuietHours(models.Model):
    """From when until when, each day in a member's time zone, emails wait; without a row they come at any hour.

    Emails about the account never wait.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quiet_hours")
    begins_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(begins_at=models.F("ends_at")), name="notifications_quiethours_not_all_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%H:%M}–{self.ends_at:%H:%M}"


class DigestTurn(models.Model):
    """When a member's next weekly digest is due (`notifications.turns`)."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="digest_turn"
    )
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="notifications_digest_due")]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M} for {self.member_id}"


class EmailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at__isnull=True, failed_at__isnull=True)

    def due(self):
        """Those to be sent now; one that was refused waits for its next try."""
        return self.waiting().filter(due_at__lte=timezone.now())

    def failed(self):
        return self.filter(failed_at__isnull=False)


class Email(models.Model):
    """An email in the outbox: written with the change that caused it, sent by the worker, tried again if refused.

    One that tells what a member did says so in `kind`, `recipient`, `actor` and `subject_id`, and has no text yet: it
    may wait for hours, gets its words when it goes, and doesn't go once its recipient may not see that or has seen
    it (product.md §10). One that was `asked_for` right now is a letter that also goes where mail came back.
    """

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    message = models.BinaryField(help_text="The MIME message; emptied once it is sent.")
    asked_for = models.BooleanField(default=False)
    kind = models.CharField(max_length=30, blank=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("to be sent"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True),
                name="notifications_email_sent_or_failed",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notifications_email_waiting",
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"→ {self.to}"


class Failure(models.Model):
    """One failed try of a task of the worker; the task runs again later (`notifications.retries`)."""

    task = models.ForeignKey("django_tasks_database.DBTaskResult", models.CASCADE, related_name="failures")
    failed_at = models.DateTimeField(_("failed"), default=timezone.now)
    traceback = models.TextField(_("what went wrong"))

    class Meta:
        verbose_name = _("failed try")
        verbose_name_plural = _("failed tries")
        constraints = [
            models.UniqueConstraint(fields=["task", "failed_at"], name="notifications_failure_written_down_once")
        ]

    def __str__(self) -> str:
        return f"{self.failed_at:%Y-%m-%d %H:%M}"
