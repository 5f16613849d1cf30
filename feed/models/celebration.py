from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.models import Position


class Celebration(models.Model):
    """The part of a post that announces a new position or an anniversary of one (product.md §8).

    What it says is the site's own, made of the position in the reader's language, so that it is what the CV says;
    without the position it isn't there. There is one of each new position, and one of each year's anniversary.
    """

    celebrates = models.ForeignKey(  # its index is feed_post_celebrates_once
        Position, models.CASCADE, null=True, blank=True, related_name="celebrations", db_index=False,
        verbose_name=gettext_lazy("celebrates"),
    )  # fmt: skip
    anniversary_in = models.PositiveSmallIntegerField(gettext_lazy("anniversary in"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["celebrates", "anniversary_in"],
                condition=Q(celebrates__isnull=False),
                nulls_distinct=False,
                name="feed_post_celebrates_once",
            ),
            models.CheckConstraint(
                condition=Q(celebrates__isnull=False) | Q(anniversary_in__isnull=True),
                name="feed_post_anniversary_of_something",
            ),
            models.CheckConstraint(
                condition=Q(celebrates__isnull=True)
                | Q(author__isnull=False, organization__isnull=True, group__isnull=True, repost_of__isnull=True),
                name="feed_post_celebrates_its_author",
            ),
        ]

    @property
    def years(self) -> int:
        """How many years the anniversary is about; 0 of a new position."""
        if not self.celebrates or not self.anniversary_in:
            return 0
        return self.anniversary_in - (self.celebrates.started_year or self.anniversary_in)

    @property
    def celebration(self) -> str:
        """The sentence of the site; nothing of a post that celebrates nothing."""
        position = self.celebrates
        if position is None:
            return ""
        names = {"name": self.author.first_name, "title": position.title, "organization": position.organization}
        if self.anniversary_in:
            return _anniversary(self.years, titled=bool(position.title)) % (names | {"years": self.years})
        if position.title:
            return _("%(name)s started as %(title)s at %(organization)s") % names
        return _("%(name)s started at %(organization)s") % names


def _anniversary(years: int, *, titled: bool) -> str:
    """The title is named where there is one: somebody may have been there longer, as something else."""
    if titled:
        return ngettext(
            "%(name)s has been %(title)s at %(organization)s for %(years)s year",
            "%(name)s has been %(title)s at %(organization)s for %(years)s years",
            years,
        )
    return ngettext(
        "%(name)s has been at %(organization)s for %(years)s year",
        "%(name)s has been at %(organization)s for %(years)s years",
        years,
    )
