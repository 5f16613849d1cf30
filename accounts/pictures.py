"""Pictures that members upload: decoded, turned upright, stripped of all metadata and encoded anew.

Nothing of an uploaded file is ever stored or served, only pixels that were decoded from it, as WebP
(`accounts.decoding`). So a file that is also a script, or says where it was taken, ends here. Files lie under
MEDIA_ROOT, at an unguessable key, and have no address of their own: a view hands them out to whom their owner is open.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal

ACCEPT = "image/jpeg,image/png,image/webp,image/gif"
MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Encoded:
    """One picture, encoded in several sizes; `width` and `height` are those of the largest, in pixels."""

    width: int
    height: int
    files: Mapping[int, bytes]


def reencode(upload, *, sizes: Sequence[int], square: bool, most_bytes: int = MOST_BYTES) -> Encoded:
    """Return the uploaded file's picture as WebP in each of `sizes`; raise `Refusal` for what is no fair picture.

    A size is the length in pixels of the longer side, and a smaller picture isn't enlarged; if `square`, the
    picture is cropped to its middle and fills the size. Of a moving picture the first frame is taken.
    """
    from accounts.decoding import encode  # with Pillow, which only workers need that are sent pictures

    if upload.size > most_bytes:
        megabytes = {"megabytes": most_bytes // 1024 // 1024}
        raise Refusal(_("This file is too large. Choose one of at most %(megabytes)s MB.") % megabytes)
    files, (width, height) = encode(upload, sizes=sizes, square=square)
    return Encoded(width, height, files)


def keep(picture: Encoded, *, folder: str) -> str:
    """Write a picture's files and return its new, unguessable key.

    Call it before or inside the transaction that stores the key: should that fail, files stay that nobody can
    reach.
    """
    key = secrets.token_hex(16)
    for size, content in picture.files.items():
        path = path_of(folder, key, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return key


def is_kept(picture: Encoded, key: str, *, folder: str) -> bool:
    """Return whether the files with a key are those of a picture."""
    paths = {path_of(folder, key, size): content for size, content in picture.files.items()}
    return all(path.exists() and path.read_bytes() == content for path, content in paths.items())


def copy(key: str, *, folder: str) -> str:
    """Write a picture's files once more, and return the key of the copy."""
    copied = secrets.token_hex(16)
    for path in (Path(settings.MEDIA_ROOT) / folder / key[:2]).glob(f"{key}-*.webp"):
        target = path_of(folder, copied, int(path.stem.rpartition("-")[2]))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return copied


def forget(key: str, *, folder: str) -> None:
    """Delete a picture's files once the current transaction is committed."""
    if key:
        transaction.on_commit(lambda: _delete(folder, key))


def _delete(folder: str, key: str) -> None:
    for path in (Path(settings.MEDIA_ROOT) / folder / key[:2]).glob(f"{key}-*.webp"):
        path.unlink(missing_ok=True)


def path_of(folder: str, key: str, size: int) -> Path:
    return Path(settings.MEDIA_ROOT) / folder / key[:2] / f"{key}-{size}.webp"


def answer_with_picture(request: HttpRequest, *, folder: str, key: str, size: int) -> HttpResponse:
    """Answer with one size of a picture that the viewer was found to be allowed to see.

    The bytes never change under one key. If `settings.MEDIA_ACCEL` names an internal location of the web server
    that leads to MEDIA_ROOT, the web server sends them (X-Accel-Redirect); otherwise this process does.
    """
    path, etag = path_of(folder, key, size), f'"{key}-{size}"'
    if not path.exists():
        raise Http404
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    elif settings.MEDIA_ACCEL:
        response = HttpResponse(content_type="image/webp")
        response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL}{path.relative_to(settings.MEDIA_ROOT)}"
    else:
        response = HttpResponse(path.read_bytes(), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
