from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.written_once import as_of_today, written_once
from communities.models.belonging import OrganizationFollow
from communities.models.organization import Organization


def today() -> date:
    """The day that it is where the community is: an opening closes for everybody at once, wherever they read."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class OpeningQuerySet(models.QuerySet):
    def open(self):
        """Those that one can still apply for: their closing date is today or later, and nobody closed them before."""
        return self.filter(closes_on__gte=as_of_today(today), closed_at__isnull=True)

    @written_once
    def visible_to(self, viewer):
        """Whoever sees the organization sees its openings; of closed ones only the address still answers."""
        return self.filter(organization__in=Organization.objects.visible_to(viewer))

    @written_once
    def editable_by(self, member):
        """Those of organizations for which a member writes, closed ones too."""
        return self.filter(organization__in=Organization.objects.edited_by(member))

    def followed_by(self, member):
        """Those of organizations that a member follows, quietly too."""
        follows = OrganizationFollow.objects.filter(follower=member).values("organization")
        return self.filter(organization__in=follows)

    def applied_for_by(self, member):
        """Those that a member ticked, as far as they still see them: for nobody but this member."""
        return self.visible_to(member).filter(Exists(Application.objects.filter(opening=OuterRef("pk"), member=member)))


class Opening(models.Model):
    """A position that an organization has to fill; it closes by itself the day after its closing date."""

    class Kind(models.TextChoices):
        FULL_TIME = "full_time", _("Full time")
        PART_TIME = "part_time", _("Part time")
        CONTRACT = "contract", _("Contract")
        INTERNSHIP = "internship", _("Internship")
        VOLUNTEER = "volunteer", _("Volunteering")

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="openings")
    title = models.CharField(_("title"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.FULL_TIME)
    place = models.CharField(_("place"), max_length=120, blank=True)
    is_remote = models.BooleanField(_("can be done remotely"), default=False)
    text = models.TextField(_("what it is about"), max_length=5000)
    apply_link = models.URLField(_("link for applications"), max_length=300, blank=True)
    apply_email = models.EmailField(_("email address for applications"), blank=True)
    closes_on = models.DateField(_("closing date"))
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    key = models.UUIDField(default=uuid4, editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        constraints = [
            models.UniqueConstraint(fields=["posted_by", "key"], name="communities_opening_once_for_a_key"),
            models.CheckConstraint(
                condition=~Q(apply_link="") | ~Q(apply_email=""), name="communities_opening_says_how_to_apply"
            ),
            models.CheckConstraint(condition=~Q(place="") | Q(is_remote=True), name="communities_opening_says_where"),
        ]
        indexes = [models.Index(fields=["organization", "closes_on"], name="communities_opening_of")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("opening", args=[self.organization.slug, self.pk])

    @property
    def is_open(self) -> bool:
        """The same as the scope `open()`, for a row already at hand."""
        return self.closed_at is None and self.closes_on >= today()


class Application(models.Model):
    """“I applied”: a private tick of the member, which nobody else ever sees."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications")
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="applications")
    applied_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "opening"], name="communities_application_once")]

    def __str__(self) -> str:
        return f"{self.member_id} applied for {self.opening_id}"
