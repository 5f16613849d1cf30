from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models.connection import Connection
from network.models.request import ConnectionRequest

EXPIRES_AFTER = timedelta(days=30)
"""From asking for an introduction to its end, for all three: §5."""
MOST_OPEN = 5
"""How many a member may have asked for at a time: §5."""

KEPT_FROM_ASKER = ("line", "declined_at", "reached_at", "set_aside_at", "cut_at")
"""What the other two decide between them: never among the columns of what the asker reads (§5)."""
KEPT_FROM_INTRODUCER = ("reached_at", "set_aside_at")
"""What the member who is introduced to somebody keeps to themselves."""

_GOING_ON = Q(connected_at__isnull=True, ended_at__isnull=True)


class IntroductionQuerySet(models.QuerySet):
    def going_on(self):
        """Not ended yet, as far as the asker knows; whoever declined meanwhile."""
        return self.filter(_GOING_ON)

    def open(self):
        return self.going_on().filter(asked_at__gt=timezone.now() - EXPIRES_AFTER)

    def overdue(self):
        """Still marked as going on, but past the time at which an introduction expires."""
        return self.going_on().filter(asked_at__lte=timezone.now() - EXPIRES_AFTER)

    def between(self, one, other):
        """Introductions of one of two members to the other, whoever asked."""
        return self.filter(Q(asker=one, to=other) | Q(asker=other, to=one))

    # as its asker sees it

    def asked_by(self, member):
        """Introductions that `member` asked for, by what the asker may know (§5)."""
        seen = User.objects.visible_to(member)
        return self.filter(asker=member, through__in=seen, to__in=seen).defer(*KEPT_FROM_ASKER)

    def namable_by(self, member, *, to):
        """Those by which `member` may name somebody in a request to `to`: passed on, or allowed, and still open."""
        named = Q(passed_on_at__isnull=False) | Q(may_name_at__isnull=False)
        return self.asked_by(member).open().filter(named, to=to)

    # as the mutual connection sees it

    def answerable_by(self, member):
        """Open ones that `member` was asked for and may pass on: while connected to both, and seeing both (§5)."""
        seen = User.objects.visible_to(member)
        mine = Connection.objects.filter(member=member)
        return (
            self.open()
            .filter(
                Exists(mine.filter(other=OuterRef("asker"))),
                Exists(mine.filter(other=OuterRef("to"))),
                through=member,
                cut_at__isnull=True,
                asker__in=seen,
                to__in=seen,
            )
            .defer(*KEPT_FROM_INTRODUCER)
        )

    def asked_of(self, member):
        """Those that wait for `member` to pass them on, to let the asker name them, or to decline."""
        return self.answerable_by(member).filter(
            passed_on_at__isnull=True, may_name_at__isnull=True, declined_at__isnull=True
        )

    def answered_by(self, member):
        """Open ones that `member` answered."""
        answers = Q(passed_on_at__isnull=False) | Q(may_name_at__isnull=False) | Q(declined_at__isnull=False)
        return self.answerable_by(member).filter(answers)

    def brought_about_by(self, member):
        """Those that `member` passed on and that ended in a connection."""
        seen = User.objects.visible_to(member)
        return self.filter(through=member, connected_at__isnull=False, asker__in=seen, to__in=seen).defer(
            *KEPT_FROM_INTRODUCER
        )

    # as the one who is introduced sees it

    def received_by(self, member):
        """Those that reached `member`, whatever became of them; none from whom `member` said not to know (§5)."""
        seen = User.objects.visible_to(member)
        unknown = ConnectionRequest.objects.marked_as_unknown(by=member).filter(sender=OuterRef("asker"))
        return self.filter(
            ~Exists(unknown), to=member, reached_at__isnull=False, cut_at__isnull=True, asker__in=seen, through__in=seen
        )

    def introducing_to(self, member):
        """Open ones that reached `member`; they may connect, whatever they set aside (§5)."""
        return self.received_by(member).open()

    def introduced_to(self, member):
        """Those that wait for `member` to connect."""
        return self.introducing_to(member).filter(set_aside_at__isnull=True)

    def set_aside_by(self, member):
        return self.introducing_to(member).filter(set_aside_at__isnull=False)


class Introduction(models.Model):
    """A mutual connection passing a request on in their own words (product.md §5).

    `asker` asks `through` for an introduction `to` somebody. It has one clock, which starts when it is asked for. Each
    of the three reads it by what they may know, in the scopes above: declining, setting aside and a wall between the
    other two are columns that no scope of the asker reads.
    """

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions_asked")
    through = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions_asked_of")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions_received")
    reason = models.CharField(_("reason"), max_length=300)
    line = models.CharField(_("line"), max_length=300, blank=True, help_text=_("What the introducer adds."))
    key = models.UUIDField(default=uuid4, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    may_name_at = models.DateTimeField(null=True, blank=True, help_text=_("The asker may name the introducer."))
    declined_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True, help_text=_("Passed on, and let in."))
    set_aside_at = models.DateTimeField(null=True, blank=True)
    cut_at = models.DateTimeField(
        null=True, blank=True, help_text=_("A wall between the other two ended it; the asker isn’t told.")
    )
    connected_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "to"], condition=_GOING_ON, name="network_introduction_one_open_for_a_pair"
            ),
            models.UniqueConstraint(fields=["asker", "key"], name="network_introduction_once_for_a_key"),
            models.CheckConstraint(
                condition=~Q(asker=F("through")) & ~Q(asker=F("to")) & ~Q(through=F("to")),
                name="network_introduction_of_three",
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="network_introduction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(passed_on_at__isnull=True, line="") | Q(passed_on_at__isnull=False, line__gt=""),
                name="network_introduction_passed_on_with_a_line",
            ),
            models.CheckConstraint(
                condition=Q(reached_at__isnull=True) | Q(passed_on_at__isnull=False),
                name="network_introduction_reaches_when_passed_on",
            ),
            models.CheckConstraint(
                condition=Q(reached_at__isnull=False) | Q(set_aside_at__isnull=True, connected_at__isnull=True),
                name="network_introduction_answered_where_it_reached",
            ),
            models.CheckConstraint(
                condition=Q(connected_at__isnull=True) | Q(ended_at__isnull=True), name="network_introduction_ends_once"
            ),
        ]
        indexes = [
            models.Index(fields=["asker", "-asked_at", "-id"], name="network_introduction_asked"),
            models.Index(fields=["through", "-asked_at"], name="network_introduction_through", condition=_GOING_ON),
            models.Index(fields=["to", "-passed_on_at"], name="network_introduction_to", condition=_GOING_ON),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} by {self.through_id} to {self.to_id}"

    @property
    def expires_at(self):
        return self.asked_at + EXPIRES_AFTER

    @property
    def is_open(self) -> bool:
        return not self.connected_at and not self.ended_at and self.expires_at > timezone.now()

    @property
    def may_be_named(self) -> bool:
        """Whether its asker may name the one they asked, in a request of their own."""
        return self.is_open and bool(self.passed_on_at or self.may_name_at)
