from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models.connection import Connection
from network.models.follow import Follow
from profiles.models import Skill


class EndorsementQuerySet(models.QuerySet):
    def standing(self):
        """Those whose endorser is still a connection or an open follower; each with `by_connection` (§7)."""
        owner, endorser = OuterRef("skill__member"), OuterRef("endorser")
        return self.annotate(
            by_connection=Exists(Connection.objects.filter(member=owner, other=endorser)),
            by_follower=Exists(Follow.objects.open().filter(followed=owner, follower=endorser)),
        ).filter(models.Q(by_connection=True) | models.Q(by_follower=True))

    def visible_to(self, viewer):
        """Standing endorsements that their subject neither hid nor switched off, by people the viewer may see."""
        seen = User.objects.visible_to(viewer)
        return (
            self.standing()
            .filter(skill__member__in=seen, endorser__in=seen, hidden_at__isnull=True)
            .exclude(by_connection=False, skill__member__follower_endorsements=False)
        )

    def hideable_by(self, member):
        return self.filter(skill__member=member)


class Endorsement(models.Model):
    """A member vouching for one skill that another lists (product.md §7)."""

    class Basis(models.TextChoices):
        UNSAID = "", _("Not said")
        WORKED = "worked", _("Worked together")
        STUDIED = "studied", _("Studied together")
        TALK = "talk", _("Saw their talk")
        POSTS = "posts", _("Read their posts")

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="endorsements")
    endorser = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="endorsements_given")
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, blank=True)
    endorsed_at = models.DateTimeField(_("endorsed"), default=timezone.now)
    hidden_at = models.DateTimeField(_("hidden by its subject"), null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = [F("endorsed_at").desc(), "-id"]
        constraints = [models.UniqueConstraint(fields=["skill", "endorser"], name="network_endorsement_once")]

    def __str__(self) -> str:
        return f"{self.endorser_id} endorses {self.skill_id}"
