"""What an uploaded file is, read in its first bytes and never in its name; and a name that fits what it is."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from accounts.names import on_one_line

LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be sent: what the browser is told it is, and how its name may end, or else ends."""

    content_type: str
    endings: tuple[str, ...]


PICTURE = Kind("image/webp", (".jpg", ".jpeg", ".png", ".webp", ".gif"))
TEXT = Kind("text/plain; charset=utf-8", (".txt", ".csv", ".tsv", ".md", ".log", ".tex", ".json", ".ics", ".vcf"))
ZIP = Kind("application/zip", (".zip",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_PACKED = {
    "word/": Kind(f"{_OFFICE}.wordprocessingml.document", (".docx",)),
    "xl/": Kind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
    "ppt/": Kind(f"{_OFFICE}.presentationml.presentation", (".pptx",)),
}
_DECLARED = {
    f"{_OPEN}.text": Kind(f"{_OPEN}.text", (".odt",)),
    f"{_OPEN}.spreadsheet": Kind(f"{_OPEN}.spreadsheet", (".ods",)),
    f"{_OPEN}.presentation": Kind(f"{_OPEN}.presentation", (".odp",)),
    "application/epub+zip": Kind("application/epub+zip", (".epub",)),
}
_MP4 = Kind("video/mp4", (".mp4", ".m4a", ".m4v", ".mov"))
_SIGNS: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"\x89PNG\r\n\x1a\n", PICTURE),
    (0, b"GIF87a", PICTURE),
    (0, b"GIF89a", PICTURE),
    (8, b"WEBP", PICTURE),
    (0, b"%PDF-", Kind("application/pdf", (".pdf",))),
    (0, b"{\\rtf", Kind("application/rtf", (".rtf",))),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("application/x-ole-storage", (".doc", ".xls", ".ppt"))),
    (4, b"ftyp", _MP4),
    (0, b"ID3", Kind("audio/mpeg", (".mp3",))),
    (0, b"\xff\xfb", Kind("audio/mpeg", (".mp3",))),
    (0, b"OggS", Kind("application/ogg", (".ogg", ".oga", ".ogv", ".opus"))),
    (8, b"WAVE", Kind("audio/wav", (".wav",))),
    (0, b"\x1a\x45\xdf\xa3", Kind("video/webm", (".webm", ".mkv"))),
)


def kind_of(file: IO[bytes]) -> Kind | None:
    """Return what a file is, by what it holds; None for programs and for everything else that isn't known."""
    file.seek(0)
    head = file.read(64)
    for at, sign, kind in _SIGNS:
        if head.startswith(sign, at):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    return TEXT if _is_text(file) else None


def _packed(file: IO[bytes]) -> Kind | None:
    """Return what a ZIP is: an office document, or a ZIP; None for programs for Java and Android.

    Nothing is unpacked, since a few bytes may become gigabytes, whatever their header says. Where a type is declared it
    stands there as it is: the formats want it so.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "mimetype" in names and _stands_there(archive.getinfo("mimetype")):
                return _DECLARED.get(archive.read("mimetype").decode("ascii", "replace").strip(), ZIP)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None
    if {"META-INF/MANIFEST.MF", "AndroidManifest.xml"} & {*names}:
        return None
    return next((kind for start, kind in _PACKED.items() if any(name.startswith(start) for name in names)), ZIP)


def _stands_there(declared: zipfile.ZipInfo) -> bool:
    return declared.compress_type == zipfile.ZIP_STORED and max(declared.file_size, declared.compress_size) < 200


def _is_text(file: IO[bytes]) -> bool:
    """Whether all of it is UTF-8 without signs that control something; begun in another way, it would be a program."""
    file.seek(0)
    content = file.read()
    if content.startswith(b"#!"):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not re.search(r"[\x00-\x08\x0e-\x1f]", text)


def safe_name(name: str | None, *, endings: tuple[str, ...]) -> str:
    """Return a name to show and to save under: one line, no path, no sign that can't be seen or turns the text round.

    Its end says what the file is: a picture that calls itself `report.exe` becomes `report.exe.jpg`.
    """
    last = re.split(r"[/\\]", name or "")[-1]
    plain = on_one_line(_FORBIDDEN.sub(" ", last)).strip(" .") or "file"
    if endings and not plain.lower().endswith(endings):
        plain += endings[0]
    ending = _ENDING.search(plain)
    tail = ending[0] if ending else ""
    return plain[: LONGEST_NAME - len(tail)].removesuffix(tail) + tail if len(plain) > LONGEST_NAME else plain
