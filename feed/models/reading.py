from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone


class Reading(models.Model):
    """The order in which a member reads Highlights, as it was when they began; kept for two days.

    `posts` are what was ranked, the first one first; `subjects` what each of them shows (of a wordless repost, what it
    reposts); `signals` a letter for each: what counted most for it (`feed.highlights`), a capital if a connection said
    it. `near_end` and `far_end` are the posts before which what was not ranked goes on, of connections and of others.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    read_at = models.DateTimeField(default=timezone.now)
    outdated_at = models.DateTimeField(null=True, blank=True)
    posts = ArrayField(models.BigIntegerField(), default=list)
    subjects = ArrayField(models.BigIntegerField(), default=list)
    signals = models.TextField(default="", blank=True)
    top = models.BigIntegerField()
    near_end = models.BigIntegerField()
    far_end = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(posts__len=Length("signals")) & Q(subjects__len=Length("signals")),
                name="feed_reading_a_signal_each",
            )
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="feed_reading_newest"),
            models.Index(fields=["read_at"], name="feed_reading_old"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} reads from {self.read_at}"


class Closeness(models.Model):
    """How close a member is to those whom they hear, worked out ahead once a day: what Highlights ranks by.

    By the number of the other: `days` on which the two answered each other, and how much their common ground weighs.
    Neither is shown; what is shown is asked anew.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    worked_out_at = models.DateTimeField(null=True, blank=True)
    days = models.JSONField(default=dict, blank=True)
    ground = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"closeness of {self.member_id}"
