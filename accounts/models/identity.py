from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.names import FoldedField

FOLDED = ["name_folded", "name_by_last", "headline_folded", "place_folded"]
"""The fields made of others of the card: whoever saves some fields alone saves these with them."""


class Identity(models.Model):
    """What every card about a member says: name, handle, headline, place, face."""

    class Looking(models.TextChoices):
        NOTHING = "", _("Nothing in particular")
        WORK = "work", _("A new position")
        PEOPLE = "people", _("People to work with")
        CLIENTS = "clients", _("Clients")
        EXCHANGE = "exchange", _("Exchange with peers")

    class Recruiter(models.TextChoices):
        NO = "", _("Not a recruiter")
        IN_HOUSE = "in_house", _("In-house recruiter")
        AGENCY = "agency", _("Agency recruiter")

    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    name_folded = FoldedField("first_name", "last_name")
    name_by_last = FoldedField("last_name", "first_name")
    handle = models.CharField(
        _("handle"), max_length=40, unique=True, error_messages={"unique": _("This handle is taken.")}
    )
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    headline_folded = FoldedField("headline")
    place = models.CharField(_("place"), max_length=120, blank=True)
    place_folded = FoldedField("place")
    about = models.TextField(_("about"), max_length=3000, blank=True)
    looking_for = models.CharField(_("looking for"), max_length=10, choices=Looking, blank=True)
    recruiter = models.CharField(_("recruiter"), max_length=10, choices=Recruiter, blank=True)
    photo_key = models.CharField(max_length=32, blank=True, editable=False)
    photo_hidden_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """One or two letters that stand for the member where there is no photo."""
        return (self.first_name[:1] + self.last_name[:1]).upper() or "?"

    @property
    def tint(self) -> int:
        """The number (0 to 11) of the tint behind the initials: the same for a person for ever."""
        return (self.pk or 0) * 7 % 12

    @property
    def face(self) -> str:
        """The key of the photo that may be shown, or nothing."""
        return "" if self.photo_hidden_at else self.photo_key
