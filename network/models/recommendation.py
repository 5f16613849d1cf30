from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once

SHORTEST = 50
"""Characters. Shorter praise is what an endorsement is for, which takes one click."""
LONGEST = 2000
"""Characters: a page of a letter, and more than most will read."""

_SHOWN = Q(approved_at__isnull=False, hidden_by_subject_at__isnull=True, hidden_at__isnull=True)


class RecommendationQuerySet(models.QuerySet):
    def shown(self):
        """Those that stand on a profile: approved by their subject, and hidden neither by them nor by an operator."""
        return self.filter(_SHOWN)

    @written_once
    def visible_to(self, viewer):
        """Shown recommendations, where the viewer may see both whom they are about and who wrote them (§2)."""
        seen = User.objects.visible_to(viewer)
        return self.shown().filter(subject__in=seen, author__in=seen)

    @written_once
    def received_by(self, member):
        """Recommendations of `member`, whatever they did with them, by people they may see."""
        return self.filter(subject=member, hidden_at__isnull=True, author__in=User.objects.visible_to(member))

    def readable_by(self, member):
        """What others wrote and `member` reads somewhere: on profiles, and what waits for their own approval."""
        return (self.visible_to(member) | self.received_by(member)).exclude(author=member)

    def written_by(self, member):
        """One's own, as their author sees them: what its subject did in silence is never among the columns."""
        return self.filter(author=member, subject__in=User.objects.visible_to(member)).defer(
            "set_aside_at", "hidden_by_subject_at"
        )


class Recommendation(models.Model):
    """A connection's written comment on a profile, shown once its subject approves (product.md §7).

    `approved_at` is about the words that stand here now: whoever changes them asks anew. `set_aside_at` is the
    subject's silent no; `hidden_by_subject_at` takes an approved one off the profile; `hidden_at` is an operator's.
    """

    class Relationship(models.TextChoices):
        """What the two are to each other, as the author says it; `relation` says the same for readers."""

        MANAGED_BY = "managed_by", _("They managed me")
        MANAGER_OF = "manager_of", _("I managed them")
        TEAM = "team", _("We worked in the same team")
        WORKED = "worked", _("We worked together, in different teams")
        CLIENT_OF = "client_of", _("I was their client")
        SUPPLIER_OF = "supplier_of", _("They were my client")
        TAUGHT_BY = "taught_by", _("They taught me")
        TEACHER_OF = "teacher_of", _("I taught them")
        STUDIED = "studied", _("We studied together")
        OTHER = "other", _("Something else")

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recommendations_written")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recommendations")
    relationship = models.CharField(_("how you know each other"), max_length=12, choices=Relationship)
    text = models.TextField(_("recommendation"), max_length=LONGEST)
    key = models.UUIDField(default=uuid4, editable=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    hidden_by_subject_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by an operator"), null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            models.UniqueConstraint(fields=["author", "subject"], name="network_recommendation_once"),
            models.UniqueConstraint(fields=["author", "key"], name="network_recommendation_once_for_a_key"),
            models.CheckConstraint(condition=~Q(author=F("subject")), name="network_recommendation_of_another"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("text"), SHORTEST) & LessThanOrEqual(Length("text"), LONGEST),
                name="network_recommendation_of_some_length",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="network_recommendation_approved_or_set_aside",
            ),
            models.CheckConstraint(
                condition=Q(hidden_by_subject_at__isnull=True) | Q(approved_at__isnull=False),
                name="network_recommendation_hidden_once_approved",
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject", "-changed_at", "-id"], name="network_recommendation_newest", condition=_SHOWN
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} recommends {self.subject_id}"

    @property
    def fingerprint(self) -> str:
        """A short sign of the words that stand here, by which an approval says what was read."""
        return sha256(f"{self.relationship}\n{self.text}".encode()).hexdigest()[:32]

    @property
    def relation(self) -> str:
        """What the author is to the subject, as readers see it under the author's name."""
        return str(_READ.get(self.relationship, "")) % {"name": self.subject.first_name}

    @property
    def relation_said(self) -> str:
        """The same, as its author says it."""
        return dict(as_said(self.subject)).get(self.relationship, "")


def as_said(subject: User) -> list[tuple[str, str]]:
    """Return what two can be to each other, in the author's own words about `subject`."""
    return [(value, str(text) % {"name": subject.first_name}) for value, text in _SAID.items()]


_SAID: dict[str, Promise] = {
    Recommendation.Relationship.MANAGED_BY: _("%(name)s managed me"),
    Recommendation.Relationship.MANAGER_OF: _("I managed %(name)s"),
    Recommendation.Relationship.TEAM: _("We worked in the same team"),
    Recommendation.Relationship.WORKED: _("We worked together, in different teams"),
    Recommendation.Relationship.CLIENT_OF: _("I was a client of %(name)s"),
    Recommendation.Relationship.SUPPLIER_OF: _("%(name)s was a client of mine"),
    Recommendation.Relationship.TAUGHT_BY: _("%(name)s taught me"),
    Recommendation.Relationship.TEACHER_OF: _("I taught %(name)s"),
    Recommendation.Relationship.STUDIED: _("We studied together"),
    Recommendation.Relationship.OTHER: _("Something else"),
}
_READ: dict[str, Promise] = {
    Recommendation.Relationship.MANAGED_BY: _("Was managed by %(name)s"),
    Recommendation.Relationship.MANAGER_OF: _("Managed %(name)s"),
    Recommendation.Relationship.TEAM: _("Worked in the same team as %(name)s"),
    Recommendation.Relationship.WORKED: _("Worked with %(name)s, in another team"),
    Recommendation.Relationship.CLIENT_OF: _("Was a client of %(name)s"),
    Recommendation.Relationship.SUPPLIER_OF: _("Had %(name)s as a client"),
    Recommendation.Relationship.TAUGHT_BY: _("Was taught by %(name)s"),
    Recommendation.Relationship.TEACHER_OF: _("Taught %(name)s"),
    Recommendation.Relationship.STUDIED: _("Studied with %(name)s"),
    Recommendation.Relationship.OTHER: _("Knows %(name)s from elsewhere"),
}
