"""What the two of a recommendation are told of it."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.words import beginning
from network.models import Recommendation
from notifications.kinds import Family, Kind, declare


def declare_recommendations() -> None:
    """What the two hear of a recommendation; never that it was set aside, hidden or taken back."""
    declare(
        Kind(
            slug="recommendation",
            family=Family.NETWORK,
            label=_("Somebody recommends you"),
            sentence=_("%(name)s wrote a recommendation of you."),
            why=_("You get this because a connection wrote a recommendation of you."),
            subjects_visible_to=_received,
            address=lambda recommendation: reverse("recommendations"),
            link=_("Read it"),
            quote=_beginning,
        )
    )
    declare(
        Kind(
            slug="recommendation_changed",
            family=Family.NETWORK,
            label=_("Somebody changes a recommendation that you approved"),
            sentence=_("%(name)s changed their recommendation of you."),
            why=_("You get this because a recommendation that you approved was changed."),
            subjects_visible_to=_received,
            address=lambda recommendation: reverse("recommendations"),
            link=_("Read it"),
            quote=_beginning,
        )
    )
    declare(
        Kind(
            slug="recommendation_approved",
            family=Family.NETWORK,
            label=_("Somebody approves your recommendation"),
            sentence=_("%(name)s put your recommendation on their profile."),
            why=_("You get this because somebody approved a recommendation that you wrote."),
            subjects_visible_to=lambda viewer: (
                Recommendation.objects.written_by(viewer).filter(approved_at__isnull=False).select_related("subject")
            ),
            address=lambda recommendation: recommendation.subject.get_absolute_url(),
        )
    )


def _received(viewer) -> QuerySet[Recommendation]:
    return Recommendation.objects.received_by(viewer)


def _beginning(recommendation: Recommendation) -> str:
    return beginning(recommendation.text, letters=300, lines=6)
