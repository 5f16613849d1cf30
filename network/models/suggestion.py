from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.each_alone import EachAlone
from accounts.models import User
from network.models.connection import Connection
from network.models.introduction import Introduction
from network.models.request import ConnectionRequest

SHOWN_FOR = timedelta(days=1)
"""How old suggestions may be when they are shown."""


class DismissalQuerySet(models.QuerySet):
    def by(self, member):
        """Whom a member doesn't want suggested, of people they may see."""
        return self.filter(member=member, other__in=User.objects.visible_to(member))


class Dismissal(models.Model):
    """That a member doesn't want another suggested to them: for good, unless they take it back. Nobody else knows."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dismissals")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    dismissed_at = models.DateTimeField(_("dismissed"), default=timezone.now)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        verbose_name = _("dismissed suggestion")
        verbose_name_plural = _("dismissed suggestions")
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="network_dismissal_once"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="network_dismissal_of_another"),
        ]
        indexes = [models.Index(fields=["member", "-dismissed_at", "-id"], name="network_dismissal_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} dismisses {self.other_id}"


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The one sentence about who may be suggested to the viewer at this moment, whatever was computed before.

        Somebody they may see and aren't connected with, never were by a request, whom they neither dismissed nor
        declined, with whom no request is open, who wasn't introduced to them, and to whom they aren't asking to be
        introduced. What else keeps one from asking (a closed door, a date) is judged by `network.doors`, which
        `network.suggesting.reading` asks. Of what the viewer asked, it isn't read whether it was declined (§3.4, §5);
        of an introduction to the viewer, nothing before it reached them.
        """
        between = ConnectionRequest.objects.between(viewer, OuterRef("other"))
        received = ConnectionRequest.objects.filter(sender=OuterRef("other"), recipient=viewer)
        to_them = Introduction.objects.open().filter(asker=viewer, to=OuterRef("other"))
        to_me = Introduction.objects.filter(asker=OuterRef("other"), to=viewer, reached_at__isnull=False)
        return self.filter(
            ~EachAlone(Connection.objects.filter(member=viewer, other=OuterRef("other"))),
            ~EachAlone(Dismissal.objects.filter(member=viewer, other=OuterRef("other"))),
            ~EachAlone(between.open()),
            ~EachAlone(between.filter(accepted_at__isnull=False)),
            ~EachAlone(received.filter(declined_at__isnull=False)),
            ~EachAlone(to_them),
            ~EachAlone(to_me),
            member=viewer,
            other__in=User.objects.visible_to(viewer),
        ).exclude(other=viewer)

    def fresh(self):
        """Those computed within the last day."""
        computed = SuggestedTo.objects.filter(suggested_at__gt=timezone.now() - SHOWN_FOR)
        return self.filter(Exists(computed.filter(member=OuterRef("member"))))


class Suggestion(models.Model):
    """Somebody whom a member may know, computed ahead; what is shown is filtered again, and its reasons are found anew.

    `weight` is that of their common ground when it was computed; `mutual`, how many connections they shared then, puts
    those of equal weight in order. Neither is shown.
    """

    pk = models.CompositePrimaryKey("member", "other")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    weight = models.PositiveIntegerField()
    mutual = models.PositiveIntegerField()

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(member=F("other")), name="network_suggestion_of_another")]
        indexes = [models.Index(fields=["member", "-weight", "-mutual", "other"], name="network_suggestion_order")]

    def __str__(self) -> str:
        return f"{self.other_id} for {self.member_id}"


class SuggestedTo(models.Model):
    """When suggestions were last computed for a member, if ever: what the workers look up and lock."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="suggested_to"
    )
    suggested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(F("suggested_at").asc(nulls_first=True), name="network_suggestedto_due")]

    def __str__(self) -> str:
        return f"suggestions for {self.member_id}"
