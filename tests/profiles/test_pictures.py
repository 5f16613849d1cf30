"""Uploaded pictures: what is refused, and what is left of what is taken."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.pictures import MOST_BYTES, keep, path_of, reencode
from accounts.refusals import Refusal


def upload(content: bytes, name="picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def picture(form="JPEG", size=(300, 200), colour="teal", mode="RGB", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, form, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def bomb() -> bytes:
    """A PNG of a few bytes that claims 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_accepted_format_becomes_square_webp_of_each_size(form):
    made = reencode(upload(picture(form)), sizes=[48, 96], square=True)
    assert {size: (opened(file).format, opened(file).size) for size, file in made.files.items()} == {
        48: ("WEBP", (48, 48)),
        96: ("WEBP", (96, 96)),
    }


@pytest.mark.parametrize(
    ("form", "mode", "colour"),
    [("PNG", "I;16", 40_000), ("PNG", "LA", (9, 9)), ("PNG", "RGBA", (9, 9, 9, 0)), ("PNG", "P", 3), ("PNG", "1", 1),
     ("JPEG", "CMYK", (9, 9, 9, 9)), ("JPEG", "L", 9), ("GIF", "P", 3)],
)  # fmt: skip
def test_every_kind_of_colour_is_understood(form, mode, colour):
    made = reencode(upload(picture(form, mode=mode, colour=colour)), sizes=[96], square=False)
    assert opened(made.files[96]).mode == "RGB"


def test_what_is_transparent_becomes_white():
    made = reencode(upload(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))), sizes=[48], square=True)
    assert min(opened(made.files[48]).getpixel((20, 20))) > 250


def test_a_whole_picture_keeps_its_shape_and_is_not_enlarged():
    made = reencode(upload(picture(size=(300, 200))), sizes=[120, 1200], square=False)
    assert opened(made.files[120]).size == (120, 80)
    assert (made.width, made.height) == opened(made.files[1200]).size == (300, 200)


def test_of_a_moving_picture_the_first_frame_is_taken():
    file = io.BytesIO()
    first, second = Image.new("RGB", (60, 60), "red"), Image.new("RGB", (60, 60), "blue")
    first.save(file, "GIF", save_all=True, append_images=[second], duration=100)
    made = reencode(upload(file.getvalue()), sizes=[48], square=True)
    red, _green, blue = opened(made.files[48]).getpixel((20, 20))
    assert red > 200 > 60 > blue
    assert getattr(opened(made.files[48]), "n_frames", 1) == 1


def test_a_picture_is_turned_upright_and_says_no_more_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # on its side
    exif[0x010E] = "SECRET-PLACE"
    exif.get_ifd(0x8825)[2] = (57.0, 42.0, 0.0)  # latitude
    content = picture(size=(300, 200), exif=exif.tobytes(), comment=b"SECRET-COMMENT")
    assert opened(content).getexif().get_ifd(0x8825), "the upload should say where it was taken"

    made = reencode(upload(content), sizes=[96, 384], square=False)
    assert (made.width, made.height) == (200, 300)
    for file in made.files.values():
        assert not opened(file).getexif()
        assert b"SECRET" not in file
        assert b"EXIF" not in file
        assert b"XMP " not in file
        assert b"ICCP" not in file


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_a_script_behind_a_picture_is_gone_after_encoding(form):
    content = picture(form) + b"<script>alert(1)</script><?php echo 1 ?>"
    made = reencode(upload(content, "photo.php"), sizes=[96], square=True)
    assert b"script" not in made.files[96]
    assert b"php" not in made.files[96]
    assert made.files[96][:4] == b"RIFF"
    assert made.files[96][8:12] == b"WEBP"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just text",
        b"GIF89a<script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><title>hello</title>",
        b"%PDF-1.7\n",
        picture("BMP"),
        picture("TIFF"),
        picture("JPEG")[:200],
        picture("PNG", size=(2000, 2000))[:300],
        picture("WEBP")[:40],
        picture("GIF")[:30],
    ],
    ids=["empty", "text", "gif-polyglot", "svg", "html", "pdf", "bmp", "tiff", "short-jpeg", "short-png", "short-webp",
         "short-gif"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    with pytest.raises(Refusal, match="can't be read as a picture"):
        reencode(upload(content, "photo.jpg"), sizes=[96], square=True)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("content", [bomb(), picture("PNG", size=(8_000, 5_001), mode="1", colour=0)])
def test_too_many_pixels_are_refused_before_they_are_decoded(content):
    with pytest.raises(Refusal, match="too many pixels"):
        reencode(upload(content), sizes=[96], square=True)


def test_too_many_bytes_are_refused():
    with pytest.raises(Refusal, match="too large"):
        reencode(upload(picture() + b"\0" * MOST_BYTES), sizes=[96], square=True)


def test_files_lie_under_an_unguessable_key(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = reencode(upload(picture()), sizes=[48], square=True)
    first, second = keep(made, folder="photos"), keep(made, folder="photos")
    assert first != second
    assert len(first) == 32
    assert path_of("photos", first, 48) == tmp_path / "photos" / first[:2] / f"{first}-48.webp"
    assert path_of("photos", first, 48).read_bytes() == made.files[48]
