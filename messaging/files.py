"""The pictures and files that come with messages: what they are, how they are kept, and how they are handed out.

Pictures are encoded anew (`accounts.pictures`); every other file is kept as it came, outside of what the web server
shows, at an unguessable key, and only ever handed out to be saved.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts import pictures
from accounts.pictures import Encoded
from accounts.refusals import Refusal
from messaging.kinds_of_files import PICTURE, kind_of, safe_name
from messaging.models import Attachment, Message

PICTURES = "message-pictures"
FILES = "message-files"
SIZES = (640, 1600)
"""The longer side of a picture, in pixels: in the conversation, and on its own."""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that was read and isn't kept yet: a picture in all sizes, or an upload."""

    name: str
    content_type: str
    size: int
    picture: Encoded | None = None
    upload: UploadedFile | None = None


def read_file(upload: UploadedFile) -> NewFile:
    """Return what an upload is, by what it holds; raise `Refusal` for what is too large or of no known kind."""
    if not upload.size:
        raise Refusal(_("%(name)s is empty.") % {"name": safe_name(upload.name, endings=())})
    if upload.size > Attachment.MOST_BYTES:
        raise Refusal(_("%(name)s is too large. A file can have at most 10 MB.") % {"name": _name(upload)})
    kind = kind_of(upload)
    if kind is None:
        raise Refusal(
            _("%(name)s can’t be sent. Send pictures, PDF, text, office documents, sound, video or ZIP.")
            % {"name": _name(upload)}
        )
    name = safe_name(upload.name, endings=kind.endings)
    if kind is PICTURE:
        encoded = pictures.reencode(upload, sizes=SIZES, square=False, most_bytes=Attachment.MOST_BYTES)
        return NewFile(name=name, content_type="image/webp", size=upload.size, picture=encoded)
    return NewFile(name=name, content_type=kind.content_type, size=upload.size, upload=upload)


def _name(upload: UploadedFile) -> str:
    return safe_name(upload.name, endings=())


def attach(files: Sequence[NewFile], *, to: Message) -> None:
    """Keep files with a message that was just made. Raises `Refusal` if they are too many.

    Should the transaction fail, files stay that nobody can reach.
    """
    if len(files) > Attachment.MOST:
        raise Refusal(_("Send at most %(most)s files at once.") % {"most": Attachment.MOST})
    for position, new in enumerate(files):
        sides = {"width": new.picture.width, "height": new.picture.height} if new.picture else {}
        Attachment.objects.create(
            message=to, position=position, key=_keep(new), name=new.name, content_type=new.content_type,
            size=new.size, **sides,
        )  # fmt: skip


def _keep(new: NewFile) -> str:
    if new.picture is not None:
        return pictures.keep(new.picture, folder=PICTURES)
    key = secrets.token_hex(16)
    path = path_of(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.upload.seek(0)
    with path.open("wb") as kept:
        for chunk in new.upload.chunks():
            kept.write(chunk)
    return key


def path_of(key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / FILES / key[:2] / key


def detach(attachments: QuerySet[Attachment]) -> None:
    """Delete attachments; what they kept goes once the current transaction is committed."""
    for attachment in attachments:
        if attachment.is_picture:
            pictures.forget(attachment.key, folder=PICTURES)
        else:
            _forget(attachment.key)
    attachments.delete()


def _forget(key: str) -> None:
    transaction.on_commit(lambda: path_of(key).unlink(missing_ok=True))


def answer_with_file(request: HttpRequest, attachment: Attachment, *, size: int = SIZES[-1]) -> HttpResponse:
    """Answer with an attachment that the viewer was found to be allowed to see.

    A picture is shown; anything else is only ever saved, under its name, and no browser guesses what it might be.
    """
    if attachment.is_picture:
        if size not in SIZES:
            raise Http404
        return pictures.answer_with_picture(request, folder=PICTURES, key=attachment.key, size=size)
    path = path_of(attachment.key)
    if not path.exists():
        raise Http404
    if settings.MEDIA_ACCEL:
        response = HttpResponse(content_type=attachment.content_type)
        response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL}{path.relative_to(settings.MEDIA_ROOT)}"
    else:
        response = HttpResponse(path.read_bytes(), content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
