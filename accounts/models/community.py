from functools import cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.written_once import WrittenOnce


class Community(models.Model):
    """What operators set for the whole site: one row, read at every request, changed without a restart."""

    class Joining(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        DOMAINS = "domains", _("People with an address at the listed email domains")
        INVITATION = "invitation", _("People with an invitation")

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=60, default="Acquaint")
    purpose = models.CharField(
        _("what this community is, in one sentence"),
        max_length=200,
        default=_("A professional network where two people agree to know each other."),
    )
    hue = models.PositiveSmallIntegerField(
        _("colour"), default=165, validators=[MinValueValidator(0), MaxValueValidator(359)]
    )
    joining = models.CharField(_("who may join"), max_length=12, choices=Joining, default=Joining.ANYONE)
    email_domains = models.TextField(_("email domains"), blank=True, help_text=_("One a line, like example.org."))
    mail_providers = models.TextField(
        _("more mail providers for everybody"),
        blank=True,
        help_text=_(
            "Email domains at which anybody gets an address, one a line, besides those that the site knows. "
            "An address there proves no organization."
        ),
    )
    rules = models.TextField(_("rules"), blank=True)
    has_directory = models.BooleanField(
        _("directory for visitors"),
        default=True,
        help_text=_("The list of members with public profiles, for people and for search engines."),
    )
    requests_in_7_days = models.PositiveIntegerField(_("requests in 7 days"), default=50)
    requests_in_7_days_when_new = models.PositiveIntegerField(
        _("requests in 7 days during a member's first 14 days"), default=15
    )
    open_requests = models.PositiveIntegerField(_("open requests at a time"), default=100)
    connections = models.PositiveIntegerField(_("connections of a member"), default=10_000)

    class Meta:
        verbose_name = verbose_name_plural = _("community")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="accounts_community_one_row"),
            models.CheckConstraint(condition=Q(hue__lte=359), name="accounts_community_hue_is_an_angle"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def listed_domains(self) -> list[str]:
        """The email domains whose people may join, in lower case."""
        return _domains(self.email_domains)

    @property
    def listed_providers(self) -> list[str]:
        """The email domains that operators know to be for everybody, in lower case."""
        return _domains(self.mail_providers)

    def lists(self, email: str) -> bool:
        """Whether the address is at a listed domain; a domain below a listed one is another domain."""
        return email.rpartition("@")[2].lower() in self.listed_domains

    @classmethod
    def current(cls) -> "Community":
        """Return the community's settings; the defaults until operators first change them."""
        return next(iter(_kept().objects(cls(pk=1))), None) or cls()


@cache
def _kept() -> WrittenOnce:
    return WrittenOnce(lambda _nobody: Community.objects.filter(pk=1))


def _domains(lines: str) -> list[str]:
    return [line.strip().lower().removeprefix("@") for line in lines.splitlines() if line.strip()]
