"""What members let others know of a position, entry by entry, and only what they ticked (product.md §8).

The announcements themselves are posts of the feed, which reads this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience, audiences

LATELY = 3
"""How many months after the one in which it began a position is new."""
AUDIENCES = {
    Audience.CONNECTIONS: _("My connections"),
    Audience.MEMBERS: _("All members"),
    Audience.PUBLIC: _("Everybody, visitors too"),
}
"""Who may be told, the narrowest first."""


@dataclass(frozen=True, kw_only=True)
class Announcing:
    """What a member ticked beside a position: whether it and its anniversaries are announced, and to whom.

    `words` are a sentence of their own that goes with the announcement of a new position.
    """

    new: bool = False
    anniversaries: bool = False
    to: str = Audience.CONNECTIONS
    words: str = ""


class Announced(models.Model):
    """The part of a position that says what its member lets others know of it: nothing, unless they ticked it."""

    announced_at = models.DateTimeField(_("to be announced as new, since"), null=True, blank=True)
    anniversaries_at = models.DateTimeField(_("anniversaries to be announced, since"), null=True, blank=True)
    announced_to = models.CharField(
        _("announced to"), max_length=12, choices=audiences(*AUDIENCES), default=Audience.CONNECTIONS
    )
    anniversary_year = models.PositiveSmallIntegerField(
        _("last anniversary announced in"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(announced_to__in=[audience.value for audience in AUDIENCES]),
                name="%(app_label)s_%(class)s_announced_to_a_circle",
            ),
            models.CheckConstraint(
                condition=Q(anniversaries_at__isnull=True) | Q(started_year__isnull=False, started_month__isnull=False),
                name="%(app_label)s_%(class)s_anniversary_of_a_month",
            ),
        ]
        indexes = [
            models.Index(
                fields=["started_month", "anniversary_year"],
                name="%(app_label)s_%(class)s_yearly",
                condition=Q(anniversaries_at__isnull=False),
            )
        ]


def is_new(*, started: tuple[int | None, int | None], ended: tuple[int | None, int | None]) -> bool:
    """Whether a position of these times, each a year and a month, goes on and began lately."""
    year, month = started
    if not year or not month or not goes_on(ended):
        return False
    today = timezone.localdate()
    return 0 <= (today.year - year) * 12 + today.month - month <= LATELY


def goes_on(ended: tuple[int | None, int | None]) -> bool:
    """Whether something with this end, a year and a month, goes on."""
    year, month = ended
    if not year:
        return True
    today = timezone.localdate()
    return year > today.year or (year == today.year and (month or 0) >= today.month)


def is_due(today: date, members: Iterable) -> Q:
    """The condition that a position has an anniversary in this month that is to be announced and wasn't yet.

    `members` are those who are there to be told of. What was missed in another month isn't made up for.
    """
    told = Q(anniversary_year__isnull=True) | Q(anniversary_year__lt=today.year)
    return told & Q(
        anniversaries_at__isnull=False,
        started_month=today.month,
        started_year__lt=today.year,
        member__in=members,
    )
