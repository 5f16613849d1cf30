from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import address
from accounts.audiences import Audience, audiences
from accounts.names import FoldedField, WordsField
from accounts.written_once import written_once
from communities.names import OrganizationKeyField


class OrganizationQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees an organization: members do, and visitors if its page is public.

        Nobody sees one that an operator hid, nor one that was merged into another: its address leads there.
        """
        there = self.filter(hidden_at__isnull=True, merged_into__isnull=True)
        return there if viewer.is_authenticated else there.filter(audience=Audience.PUBLIC)

    @written_once
    def edited_by(self, member):
        """Those for which a member writes: as an editor or an admin."""
        return self.visible_to(member).filter(
            Exists(OrganizationRole.objects.filter(organization=OuterRef("pk"), member=member))
        )

    @written_once
    def run_by(self, member):
        """Those of which a member is an admin."""
        mine = OrganizationRole.objects.filter(
            organization=OuterRef("pk"), member=member, role=OrganizationRole.Role.ADMIN
        )
        return self.visible_to(member).filter(Exists(mine))

    def with_proof(self):
        """With `is_proved`: whether an admin confirmed an address at its email domain."""
        return self.annotate(is_proved=Exists(OrganizationDomain.objects.filter(organization=OuterRef("pk"))))


class Organization(models.Model):
    """A company, school, association or public body: the page that CVs, followers and openings stand on (§12)."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        SCHOOL = "school", _("School")
        ASSOCIATION = "association", _("Association")
        PUBLIC = "public", _("Public body")

    name = models.CharField(_("name"), max_length=150)
    name_folded = FoldedField("name")
    slug = models.CharField(_("address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COMPANY)
    about = models.TextField(_("about"), max_length=3000, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    logo_key = models.CharField(max_length=32, blank=True, editable=False)
    audience = models.CharField(
        _("who sees the page"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS),
        default=Audience.MEMBERS,
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    hidden_at = models.DateTimeField(_("hidden by an operator"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="communities_organization_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="communities_organization_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"),
                name="communities_organization_slug_is_a_slug",
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="communities_organization_name"),
            models.Index(fields=["logo_key"], name="communities_organization_logo", condition=~Q(logo_key="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("organization", self.slug)

    @property
    def initials(self) -> str:
        return self.name[:1].upper()

    @property
    def tint(self) -> int:
        """The number (0 to 11) of the tint behind the initial, where there is no logo."""
        return (self.pk or 0) * 7 % 12


class OrganizationName(models.Model):
    """A name by which an organization is known: the present one, another one, or a former one.

    A name belongs to one organization, however it is written; entries of CVs lead to an organization by it, so that
    there is no other link that could be out of date.
    """

    class Use(models.TextChoices):
        PRESENT = "present", _("Present name")
        OTHER = "other", _("Other name")
        FORMER = "former", _("Former name")

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=150)
    key = OrganizationKeyField("name")
    use = models.CharField(_("use"), max_length=10, choices=Use, default=Use.OTHER)
    words = WordsField("name")

    class Meta:
        verbose_name = _("name of an organization")
        verbose_name_plural = _("names of organizations")
        constraints = [
            models.UniqueConstraint(fields=["key"], name="communities_organizationname_of_one"),
            models.CheckConstraint(condition=~Q(key=""), name="communities_organizationname_says_something"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(use="present"), name="communities_organizationname_one_present"
            ),
        ]
        indexes = [GinIndex(fields=["words"], name="communities_organization_words")]

    def __str__(self) -> str:
        return self.name


class OrganizationRole(models.Model):
    """A member who looks after an organization's page: an admin, or an editor, who writes for it."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("Admin")
        EDITOR = "editor", _("Editor")

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="roles")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organization_roles")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("role in an organization")
        verbose_name_plural = _("roles in organizations")
        constraints = [
            models.UniqueConstraint(fields=["organization", "member"], name="communities_organizationrole_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id}, {self.role} of {self.organization_id}"


class OrganizationDomain(models.Model):
    """An email domain that proves an organization: an admin confirmed an address at it. It proves one organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="domains")
    domain = models.CharField(_("email domain"), max_length=253, unique=True)
    proved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proved_at = models.DateTimeField(_("proved"), default=timezone.now)

    class Meta:
        verbose_name = _("email domain of an organization")
        verbose_name_plural = _("email domains of organizations")
        constraints = [
            models.CheckConstraint(
                condition=Q(domain__regex=r"^[a-z0-9][a-z0-9.-]*\.[a-z0-9-]*[a-z0-9]$"),
                name="communities_organizationdomain_is_a_domain",
            )
        ]

    def __str__(self) -> str:
        return self.domain
