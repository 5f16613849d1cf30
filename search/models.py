"""Finding people again, and hearing of new ones.

- `MemberWords`: what a member is found by; the database keeps it, see `migrations/0002_words_of_members.py`
- `FormerWords`: what they were found by before, kept until every saved search has looked
- `SavedSearch`: a search for people that a member keeps
- `Look`: that it found somebody new on a day; `Find`: whom
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class MemberWords(models.Model):
    """The folded words by which a member is found: name (A), headline (B), skills and interests (C), CV and place (D).

    Beside the words stand whole names, each behind a sign that no word begins with, for the filters
    (`search.wanted.SIGNS`). Triggers of the database write it in the transaction that changes a profile.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="searched", editable=False
    )
    words = SearchVectorField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="search_memberwords_words"),
            models.Index(fields=["changed_at"], name="search_memberwords_changed"),
        ]

    def __str__(self) -> str:
        return f"words of {self.member_id}"


class FormerWords(models.Model):
    """By what a member was found until they changed their profile: so that only who *came* to match is new."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = SearchVectorField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="search_formerwords_changed")]

    def __str__(self) -> str:
        return f"words of {self.member_id} until {self.changed_at:%Y-%m-%d}"


class SavedSearchQuerySet(models.QuerySet):
    def of(self, member):
        """A member's own, the newest first; nobody else ever sees them."""
        return self.filter(member=member).order_by("-saved_at", "-pk")


class SavedSearch(models.Model):
    """A search for people that a member keeps, to hear of somebody new who matches (product.md §13)."""

    class Degree(models.TextChoices):
        FIRST = "1", _("1st: your connections")
        SECOND = "2", _("2nd: connections of your connections")
        FURTHER = "3", _("3rd and further")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    words = models.CharField(_("words"), max_length=100, blank=True)
    degree = models.CharField(_("degree"), max_length=1, choices=Degree, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    organization = models.CharField(_("organization"), max_length=150, blank=True)
    is_now = models.BooleanField(_("works there now"), default=False)
    school = models.CharField(_("school"), max_length=150, blank=True)
    skill = models.CharField(_("skill"), max_length=80, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "words", "degree", "place", "organization", "is_now", "school", "skill"],
                name="search_savedsearch_once",
            ),
            models.CheckConstraint(
                condition=~Q(words="", place="", organization="", school="", skill=""),
                name="search_savedsearch_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(degree__in=["", "1", "2", "3"]), name="search_savedsearch_degree_is_known"
            ),
        ]
        indexes = [models.Index(fields=["looked_at"], name="search_savedsearch_due")]

    def __str__(self) -> str:
        told = [self.words, self.skill, self.organization, self.school, self.place]
        return ", ".join(part for part in told if part)

    def get_absolute_url(self) -> str:
        return reverse("saved_search", args=[self.pk])


class LookQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The viewer's own, while somebody is left among the people found whom they may see."""
        seen = Find.objects.filter(look=OuterRef("pk"), member__in=User.objects.visible_to(viewer))
        return self.filter(Exists(seen), search__member=viewer)


class Look(models.Model):
    """That a saved search found somebody new on a day: what one notice and one email tell."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="looks")
    looked_at = models.DateTimeField(default=timezone.now)

    objects = LookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.search_id} on {self.looked_at:%Y-%m-%d}"


class Find(models.Model):
    """Somebody new whom a saved search found: once for ever."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="finds")
    look = models.ForeignKey(Look, models.CASCADE, related_name="finds")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "member"], name="search_find_once")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.search_id}"
