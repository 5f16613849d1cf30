"""The pictures of posts, as they are read from a form, loaded with posts, and shown by pages."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.pictures import Encoded, reencode
from feed.models import Picture, Post

FOLDER = "pictures"
SIZES = (640, 1280)
"""The longer side of a post's picture, in pixels."""


class NewPicture(NamedTuple):
    """A picture that was read and isn't kept yet, or that was held, with what it shows."""

    picture: Encoded | Picture
    description: str = ""


def read_picture(upload) -> Encoded:
    """Return an uploaded picture in all sizes; raise `Refusal` for what is no fair picture."""
    return reencode(upload, sizes=SIZES, square=False)


def pictures_of(post: str) -> ArraySubquery:
    """Return the expression for the pictures of the posts that a column names: they come with the rows themselves."""
    pictures = Picture.objects.filter(post=OuterRef(post)).order_by("position")
    return ArraySubquery(pictures.values(row=JSONObject(**{name: name for name in _LOADED})))


_LOADED = ("position", "key", "description", "width", "height")


def loaded(post: Post) -> list[Picture]:
    """Return the pictures that came along with a post (`timeline.with_what_they_show`)."""
    return [Picture(**row) for row in post.has_pictures]


def original_of(post: Post) -> Post:
    """Return what a repost passes on, with the pictures that came along."""
    original: Any = post.repost_of
    original.has_pictures = post.original_has_pictures
    return original


@dataclass(frozen=True, slots=True)
class Shown:
    """What an <img> needs, so that nothing moves when the picture arrives."""

    url: str
    sources: str
    sizes: str
    width: int
    height: int
    description: str


def shown(picture: Picture, *, sizes: str = "100vw") -> Shown:
    """Return how a page shows a picture: each size with its width, for the browser to choose from by `sizes`."""
    longer = max(picture.width, picture.height)
    sources = {}
    for size in SIZES:
        width = round(picture.width * min(1, size / longer))
        sources.setdefault(width, reverse("picture", args=[picture.key, size]))
    return Shown(
        url=reverse("picture", args=[picture.key, SIZES[-1]]),
        sources=", ".join(f"{url} {width}w" for width, url in sources.items()),
        sizes=sizes,
        width=picture.width,
        height=picture.height,
        description=picture.description or _("A picture without a description"),
    )
