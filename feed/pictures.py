"""The pictures of posts, as pages show them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from feed.actions.posting import SIZES
from feed.models import Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """What an <img> needs, so that nothing moves when the picture arrives."""

    url: str
    sources: str
    width: int
    height: int
    description: str


def shown(picture: Picture) -> Shown:
    """Return how a page shows a picture: each size with its width, for the browser to choose from."""
    longer = max(picture.width, picture.height)
    sources = {}
    for size in SIZES:
        width = round(picture.width * min(1, size / longer))
        sources.setdefault(width, reverse("picture", args=[picture.key, size]))
    return Shown(
        url=reverse("picture", args=[picture.key, SIZES[-1]]),
        sources=", ".join(f"{url} {width}w" for width, url in sources.items()),
        width=picture.width,
        height=picture.height,
        description=picture.description or _("A picture without a description"),
    )
