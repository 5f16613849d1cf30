from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once
from communities.models.organization import Organization, OrganizationDomain


class OrganizationFollowQuerySet(models.QuerySet):
    def heard(self):
        """Follows that bring updates into the feed: those not muted now."""
        return self.filter(Q(muted_until__isnull=True) | Q(muted_until__lte=timezone.now()))

    def muted(self):
        """Follows that are muted now."""
        return self.filter(muted_until__gt=timezone.now())

    @written_once
    def by(self, member):
        """The follows of `member`, quiet ones too, of organizations they may see: for their own pages."""
        return self.filter(follower=member, organization__in=Organization.objects.visible_to(member))

    @written_once
    def counted(self):
        """Those that the organization knows of and counts: open ones, by members who are there (§6)."""
        return self.filter(quiet=False, follower__in=User.objects.present())


class OrganizationFollow(models.Model):
    """A member's subscription to an organization's updates; quiet if the organization doesn't learn of it (§6)."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organization_follows")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="follows")
    quiet = models.BooleanField(_("quiet"), default=False)
    muted_until = models.DateTimeField(_("muted until"), null=True, blank=True)
    followed_at = models.DateTimeField(_("followed"), default=timezone.now)

    objects = OrganizationFollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "organization"], name="communities_organizationfollow_once")
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.organization_id}"


class BelongingQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """Whoever sees the member and the organization sees that the one is proved to be of the other."""
        return self.filter(
            member__in=User.objects.visible_to(viewer), organization__in=Organization.objects.visible_to(viewer)
        )

    def by_domain(self):
        """Those that an email domain proves: what an in-house recruiter needs (§12)."""
        return self.filter(source=Belonging.Source.DOMAIN)

    def of(self, member):
        """A member's own, at pages that they see: only they may end them."""
        return self.filter(member=member, organization__in=Organization.objects.visible_to(member))


class Belonging(models.Model):
    """That a member is, or was, of an organization: proved by an operator's roster or by its email domain (§1).

    By which address a member proved it is kept nowhere; by which domain is, since the proof goes with it.
    """

    class Source(models.TextChoices):
        ROSTER = "roster", _("An operator’s roster")
        DOMAIN = "domain", _("An email address at its domain")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="belongings")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="belongings")
    source = models.CharField(_("known from"), max_length=10, choices=Source)
    domain = models.ForeignKey(OrganizationDomain, models.CASCADE, null=True, blank=True, related_name="belongings")
    proved_at = models.DateTimeField(_("proved"), default=timezone.now)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "organization", "source"], name="communities_belonging_once"),
            models.CheckConstraint(
                condition=Q(source="domain", domain__isnull=False) | Q(source="roster", domain__isnull=True),
                name="communities_belonging_names_its_domain",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} of {self.organization_id}"


class ProofLetter(models.Model):
    """A link on its way to an email address: whoever follows it holds an address at that domain.

    It proves the organization, if its admin asked for it, or that the member is there. The address stands in the link
    alone. A letter is followed once.
    """

    class Proves(models.TextChoices):
        ORGANIZATION = "organization", _("The organization")
        MEMBER = "member", _("That the member is there")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    proves = models.CharField(max_length=12, choices=Proves)
    sent_at = models.DateTimeField(default=timezone.now)
    followed_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="communities_proofletter_once_for_a_key")]
        indexes = [models.Index(fields=["member", "sent_at"], name="communities_proofletter_sent")]

    def __str__(self) -> str:
        return f"{self.member_id}, {self.proves} {self.organization_id}"
