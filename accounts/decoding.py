"""From an uploaded file to pixels, and from pixels to WebP: nothing else of the file is left."""

import io
import struct
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from accounts.refusals import Refusal

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000


def encode(upload, *, sizes: Sequence[int], square: bool) -> tuple[dict[int, bytes], tuple[int, int]]:
    """Return the picture's file in each size, and how wide and high the largest is, in pixels. Raises `Refusal`."""
    picture = _decode(upload, at_least=max(sizes))
    files, largest = {}, picture.size
    for size in sorted(sizes):
        if square:
            piece = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
        else:
            piece = picture.copy()
            piece.thumbnail((size, size), Image.Resampling.LANCZOS)
        files[size], largest = _webp(piece), piece.size
    return files, largest


def _decode(upload, *, at_least: int) -> Image.Image:
    upload.seek(0)
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        picture.draft("RGB", (at_least * 2, at_least * 2))
        picture.load()
        return _plain(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(_("This picture has too many pixels. Choose one of at most 40 million.")) from error
    except (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, struct.error) as error:
        raise Refusal(_("This can't be read as a picture. Choose a JPEG, PNG, WebP or GIF file.")) from error


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels in ordinary colours on white, and nothing but them."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGB", "CMYK", "L") and profile:
        picture = _in_srgb(picture, profile)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    except ImageCms.PyCMSError:  # a broken profile costs exact colours, not the picture
        return picture


def _webp(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=82, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return file.getvalue()
