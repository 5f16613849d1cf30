"""What members are told of their saved searches."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind, declare
from search.models import Look


def declare_kinds() -> None:
    """Add new people for a saved search to what members can be told of."""
    declare(
        Kind(
            slug="saved_search",
            label=_("Somebody new matches a search that you saved"),
            sentence=_("Somebody new matches the search that you saved: %(name)s."),
            why=_("You get this because you saved a search for people."),
            subjects_visible_to=lambda viewer: Look.objects.visible_to(viewer).select_related("search"),
            address=lambda look: look.search.get_absolute_url(),
            link=_("See who"),
            named=lambda look: str(look.search),
            icon="search",
        )
    )
