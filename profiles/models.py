"""Who somebody is, beyond the card.

- `Position`, `Education`: the CV
- `Skill`, `Interest`, `Language`: short lists
- `ContactDetail`: a way to reach a member, for an audience of its own
- `HiddenPhoto`: a photo that an operator hid, so that it isn't put up again
"""

from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience, audiences
from accounts.circles import connected
from accounts.models import User
from accounts.names import FoldedField
from accounts.written_once import written_once
from communities.names import OrganizationKeyField
from profiles.announcing import Announced, goes_on, is_new

_YEAR = [MinValueValidator(1900), MaxValueValidator(2100)]
_MONTH = [MinValueValidator(1), MaxValueValidator(12)]


ENDS = ("ended_year", "ended_month")  # in the indexes of who is where, so that they say by themselves who still is


class OfMemberQuerySet(models.QuerySet):
    """Parts of profiles: whoever sees the member sees them."""

    @written_once
    def visible_to(self, viewer):
        return self.filter(member__in=User.objects.visible_to(viewer))

    def editable_by(self, member):
        return self.filter(member=member)


class Span(models.Model):
    """A time from a year (and month, if known) to another, or until now."""

    started_year = models.PositiveSmallIntegerField(_("from, year"), validators=_YEAR, null=True, blank=True)
    started_month = models.PositiveSmallIntegerField(_("from, month"), validators=_MONTH, null=True, blank=True)
    ended_year = models.PositiveSmallIntegerField(_("to, year"), validators=_YEAR, null=True, blank=True)
    ended_month = models.PositiveSmallIntegerField(_("to, month"), validators=_MONTH, null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_year__isnull=True)
                | Q(started_year__isnull=True)
                | Q(ended_year__gt=F("started_year"))
                | (
                    Q(ended_year=F("started_year"))
                    & (
                        Q(ended_month__isnull=True)
                        | Q(started_month__isnull=True)
                        | Q(ended_month__gte=F("started_month"))
                    )
                ),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=(Q(started_month__isnull=True) | Q(started_year__isnull=False))
                & (Q(ended_month__isnull=True) | Q(ended_year__isnull=False)),
                name="%(app_label)s_%(class)s_a_month_has_a_year",
            ),
        ]

    @property
    def in_words(self) -> str:
        """The time in words, "2013 – now" or "March 2013 – 2016"; nothing if no year is known."""
        start, end = _moment(self.started_year, self.started_month), _moment(self.ended_year, self.ended_month)
        if not start and not end:
            return ""
        if not start:
            return gettext("until %(end)s") % {"end": end}
        return start if start == end else f"{start} – {end or gettext('now')}"


def _moment(year: int | None, month: int | None) -> str:
    if year and month:
        return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")
    return str(year or "")


class Position(Span, Announced):
    """A job in a member's CV; one without an end is current.

    It leads to the page of the organization that has this name, however it is written (`organization_key`).
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="positions")
    title = models.CharField(_("title"), max_length=150, blank=True)
    title_folded = FoldedField("title")
    organization = models.CharField(_("organization"), max_length=150)
    organization_folded = FoldedField("organization")
    organization_key = OrganizationKeyField("organization")
    place = models.CharField(_("place"), max_length=120, blank=True)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    key = models.UUIDField(db_default=RandomUUID(), editable=False)

    objects = OfMemberQuerySet.as_manager()

    class Meta(Span.Meta):
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = [F("ended_year").desc(nulls_first=True), F("started_year").desc(nulls_last=True), "-id"]
        constraints = [
            *Span.Meta.constraints,
            *Announced.Meta.constraints,
            models.UniqueConstraint(fields=["member", "key"], name="profiles_position_once_for_a_key"),
        ]
        indexes = [
            *Announced.Meta.indexes,
            models.Index(fields=["organization_key", "member", *ENDS], name="profiles_position_there"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organization}" if self.title else self.organization

    @property
    def goes_on(self) -> bool:
        return goes_on((self.ended_year, self.ended_month))

    @property
    def is_new(self) -> bool:
        """Whether it goes on and began lately, so that it may be announced."""
        return is_new(started=(self.started_year, self.started_month), ended=(self.ended_year, self.ended_month))


class Education(Span):
    """A school, a course or a degree in a member's CV."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="educations")
    school = models.CharField(_("school"), max_length=150)
    school_folded = FoldedField("school")
    school_key = OrganizationKeyField("school")
    degree = models.CharField(_("degree"), max_length=150, blank=True)
    degree_folded = FoldedField("degree")
    description = models.TextField(_("description"), max_length=2000, blank=True)
    key = models.UUIDField(db_default=RandomUUID(), editable=False)

    objects = OfMemberQuerySet.as_manager()

    class Meta(Span.Meta):
        verbose_name = _("education")
        verbose_name_plural = _("education")
        ordering = [F("ended_year").desc(nulls_first=True), F("started_year").desc(nulls_last=True), "-id"]
        constraints = [
            *Span.Meta.constraints,
            models.UniqueConstraint(fields=["member", "key"], name="profiles_education_once_for_a_key"),
        ]
        indexes = [models.Index(fields=["school_key", "member", *ENDS], name="profiles_education_there")]

    def __str__(self) -> str:
        return f"{self.degree}, {self.school}" if self.degree else self.school


class Word(models.Model):
    """One entry of a short list; the same word counts once, however it is written."""

    name = models.CharField(_("name"), max_length=80)
    folded = FoldedField("name")

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "folded"], name="%(app_label)s_%(class)s_listed_once")]

    def __str__(self) -> str:
        return self.name


class Skill(Word):
    """A skill that a member lists; what isn't listed can't be endorsed (product.md §7)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skills")

    class Meta(Word.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        indexes = [models.Index(fields=["folded"], name="profiles_skill_folded")]


class Interest(Word):
    """Something that a member cares about."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests")

    class Meta(Word.Meta):
        verbose_name = _("interest")
        verbose_name_plural = _("interests")


class Language(Word):
    """A language that a member speaks, and how well."""

    class Level(models.TextChoices):
        UNSAID = "", _("Not said")
        BASIC = "basic", _("Basic")
        WORKING = "working", _("Working knowledge")
        FLUENT = "fluent", _("Fluent")
        NATIVE = "native", _("Native")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="languages")
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)

    class Meta(Word.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")


class ContactDetailQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """Each by its own audience, to those who see the member at all (product.md §2)."""
        if not viewer.is_authenticated:
            return self.filter(member__in=User.objects.visible_to(viewer), audience=Audience.PUBLIC)
        return self.filter(
            Q(member=viewer)
            | Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS])
            | Q(audience=Audience.CONNECTIONS) & connected(viewer, models.OuterRef("member")),
            member__in=User.objects.visible_to(viewer),
        )

    def editable_by(self, member):
        return self.filter(member=member)


class ContactDetail(models.Model):
    """A way to reach a member, shown to an audience of its own; one may be the preferred one."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("Email")
        PHONE = "phone", _("Phone")
        WEBSITE = "website", _("Website")
        ADDRESS = "address", _("Address")
        OTHER = "other", _("Other")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_details")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("contact"), max_length=200)
    audience = models.CharField(
        _("shown to"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS, Audience.CONNECTIONS, Audience.NOBODY),
        default=Audience.CONNECTIONS,
    )
    preferred = models.BooleanField(_("preferred"), default=False)
    key = models.UUIDField(db_default=RandomUUID(), editable=False)

    objects = ContactDetailQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact detail")
        verbose_name_plural = _("contact details")
        ordering = ["-preferred", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(preferred=True), name="profiles_contactdetail_one_preferred"
            ),
            models.UniqueConstraint(fields=["member", "key"], name="profiles_contactdetail_once_for_a_key"),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def href(self) -> str:
        """The address behind it that a browser may safely follow, or nothing."""
        if self.kind == self.Kind.EMAIL:
            return f"mailto:{quote(self.value, safe='@+')}"
        if self.kind == self.Kind.PHONE:
            return "tel:" + "".join(letter for letter in self.value if letter in "+0123456789")
        return self.value if self.value.lower().startswith(("https://", "http://")) else ""

    @property
    def text(self) -> str:
        """What stands on the page: a website without its scheme."""
        bare = self.value.partition("://")[2] if self.kind == self.Kind.WEBSITE else ""
        return bare.rstrip("/") or self.value


class HiddenPhoto(models.Model):
    """A photo that an operator hid and its member then replaced or removed: put up again, it stays hidden."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="hidden_photos")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of its largest file.")
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "fingerprint"], name="profiles_hiddenphoto_once")]

    def __str__(self) -> str:
        return f"{self.member_id}, {self.replaced_at:%Y-%m-%d}"
