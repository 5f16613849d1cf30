from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience
from accounts.each_alone import EachAlone
from accounts.models import User


class ConnectionQuerySet(models.QuerySet):
    def of(self, member):
        """One row for each connection of `member`; the other one is `other`."""
        return self.filter(member=member)

    def counted(self):
        """Those that count towards others' degree, mutual connections and doors: neither end hides them (§11)."""
        return self.exclude(member__connections_audience=Audience.NOBODY).exclude(
            other__connections_audience=Audience.NOBODY
        )

    def visible_to(self, viewer):
        """Connections in the list of their `member`, by that member's setting (product.md §2).

        Of the other end too the viewer must be allowed to see; and whoever hides their connections is in
        nobody's list but the lists of those two.
        """
        if not viewer.is_authenticated:
            return self.none()
        listing = User.objects.filter(_lists_to(viewer), pk=OuterRef("member"))
        kept_back = Q(other__connections_audience=Audience.NOBODY) & ~Q(other=viewer)
        return self.filter(
            Q(member=viewer) | (Q(EachAlone(listing)) & ~kept_back),
            member__in=User.objects.visible_to(viewer),
            other__in=User.objects.visible_to(viewer),
        )


def members_listing_to(viewer):
    """Members whose list of connections is open to the viewer, by their own setting (product.md §2)."""
    if not viewer.is_authenticated:
        return User.objects.none()
    return User.objects.visible_to(viewer).filter(Q(pk=viewer.pk) | _lists_to(viewer))


def _lists_to(viewer) -> Q:
    """The condition on another member that they list their connections to a viewer."""
    connected = Exists(Connection.objects.filter(member=viewer, other=OuterRef("pk")))
    return Q(connections_audience=Audience.MEMBERS) | Q(connected, connections_audience=Audience.CONNECTIONS)


class Connection(models.Model):
    """Two members who both agreed. Stored once in each direction; the database refuses one without the other."""

    pk = models.CompositePrimaryKey("member", "other")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="connections")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    connected_at = models.DateTimeField(_("connected"), default=timezone.now)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("other")), name="network_connection_of_two"),
        ]
        indexes = [models.Index(fields=["member", "-connected_at"], name="network_connection_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} – {self.other_id}"


class AgreedConnection(models.Model):
    """A connection agreed on in an earlier system; it opens, once, when both have claimed their accounts."""

    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    agreed_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="network_agreedconnection_lower_first"),
            models.UniqueConstraint(fields=["one", "other"], name="network_agreedconnection_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"
