from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feed.models.post import Post
from feed.models.reaction import Reaction


class Tally(models.Model):
    """How many reactions of one kind a post has.

    The database counts by itself whenever reactions come, change or go (`feed/migrations/…_count_reactions.py`), so
    that a post with 20,000 of them is read as quickly as one with three: nobody writes these rows.
    """

    pk = models.CompositePrimaryKey("post", "kind")
    post = models.ForeignKey(  # the migration lets the database delete it with its post
        Post, models.DO_NOTHING, related_name="tallies", db_index=False, db_constraint=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Reaction.Kind)
    number = models.IntegerField(_("number"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=0), name="feed_tally_counts_up_from_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.number} {self.kind}"
