"""The files of messages, as they come along with a conversation and as a page shows them."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from messaging.files import SIZES
from messaging.models import Attachment, Message

_LOADED = ("position", "key", "name", "content_type", "size", "width", "height")


def files_of_messages() -> ArraySubquery:
    """Return the expression for the files of messages that aren't deleted: they come with the rows themselves."""
    files = Attachment.objects.filter(message=OuterRef("pk"), message__deleted_at__isnull=True).order_by("position")
    return ArraySubquery(files.values(row=JSONObject(**{name: name for name in _LOADED})))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file below a message: what an <img> needs if it is a picture, else its name and how large it is."""

    name: str
    url: str
    how_large: str
    is_picture: bool = False
    small: str = ""
    sources: str = ""
    width: int = 0
    height: int = 0


def shown(message: Message) -> list[Shown]:
    """Return how a page shows the files that came along with a message."""
    return [_shown(Attachment(**row)) for row in message.has_files]


def _shown(file: Attachment) -> Shown:
    how_large = filesizeformat(file.size)
    if file.width is None or file.height is None:
        return Shown(name=file.name, url=reverse("message_file", args=[file.key]), how_large=how_large)
    small, large = (reverse("message_picture", args=[file.key, size]) for size in SIZES)
    share = min(1, SIZES[0] / max(file.width, file.height))
    width = round(file.width * share)
    return Shown(
        name=file.name,
        url=large,
        how_large=how_large,
        is_picture=True,
        small=small,
        sources=f"{small} {width}w, {large} {file.width}w" if share < 1 else "",
        width=file.width,
        height=file.height,
    )
