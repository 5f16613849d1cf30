"""Pictures and files that come with messages: what may be sent, how it is called, who opens it, and when it goes."""

import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.actions import block_member, suspend_member
from accounts.refusals import Refusal
from accounts.registers import on_departure
from messaging.actions import delete_message, send_message
from messaging.files import FILES, PICTURES, read_file
from messaging.kinds_of_files import safe_name
from messaging.models import Attachment, Message
from network.actions import disconnect
from tests.cast import CAST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed", "media")]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")  # what the browser says it is counts for nothing


def png(width: int = 2000, height: int = 1000) -> bytes:
    buffer, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (width, height), "teal").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def packed(*names: str, mimetype: str = "", how: int = zipfile.ZIP_STORED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


PDF = b"%PDF-1.7\n..."
ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40

SENT = {
    "photo.exe": (png(), "image/webp", "photo.exe.jpg"),
    "photo.jpeg": (png(40, 30), "image/webp", "photo.jpeg"),
    "report.pdf": (PDF, "application/pdf", "report.pdf"),
    "report.html": (PDF, "application/pdf", "report.html.pdf"),
    "page.html": (b"<script>alert(1)</script>", "text/plain; charset=utf-8", "page.html.txt"),
    "drawing.svg": (b"<svg onload='alert(1)'/>", "text/plain; charset=utf-8", "drawing.svg.txt"),
    "run.bat": (b"del *", "text/plain; charset=utf-8", "run.bat.txt"),
    "table.csv": ("a,ł\n".encode(), "text/plain; charset=utf-8", "table.csv"),
    "letter.docx": (
        packed("word/document.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "letter.docx",
    ),
    "letter.odt": (packed(mimetype=ODT), ODT, "letter.odt"),
    "old.doc": (OLE, "application/x-ole-storage", "old.doc"),
    "all.zip": (packed("a.txt"), "application/zip", "all.zip"),
    "packed.odt": (packed(mimetype=ODT, how=zipfile.ZIP_DEFLATED), "application/zip", "packed.odt.zip"),
    "broken inside.zip": (
        packed(mimetype=ODT, how=zipfile.ZIP_DEFLATED).replace(b"mimetype\x4b", b"mimetype\xff", 1),
        "application/zip",
        "broken inside.zip",
    ),
}  # fmt: skip
REFUSED = {
    "empty.txt": b"",
    "program.pdf": b"MZ\x90\x00" + b"\0" * 60,
    "program": b"\x7fELF" + b"\0" * 60,
    "script.txt": b"#!/bin/sh\nrm -rf ~\n",
    "noise.txt": bytes(range(256)),
    "broken.png": b"\x89PNG\r\n\x1a\n and nothing more",
    "broken.zip": b"PK\x03\x04 and nothing more",
    "program.zip": packed("META-INF/MANIFEST.MF"),
    "large.pdf": PDF + b"x" * Attachment.MOST_BYTES,
}


@pytest.mark.parametrize("name", SENT)
def test_what_a_file_is_stands_in_it_and_its_name_says_so(name):
    content, content_type, called = SENT[name]
    read = read_file(upload(name, content))
    assert (read.content_type, read.name, read.size) == (content_type, called, len(content))


@pytest.mark.parametrize("name", REFUSED)
def test_what_isnt_known_or_too_large_is_refused(name):
    with pytest.raises(Refusal):
        read_file(upload(name, REFUSED[name]))


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_nothing_is_unpacked_to_learn_what_it_is(how):
    """A few kilobytes that say that they hold a hundred bytes, and would become fifty megabytes."""
    real, said = (50_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    bomb = upload("small.odt", packed(mimetype="0" * 50_000_000, how=how).replace(real, said))
    tracemalloc.start()
    try:
        assert read_file(bomb).content_type == "application/zip"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../etc/passwd", "passwd.txt"), ("C:\\temp\\a.txt", "a.txt"), ("a\u202etxt.exe", "atxt.exe.txt"),
        ('a"b<i>\r\nc.txt', "a b i c.txt"), ("", "file.txt"), (None, "file.txt"), ("...", "file.txt"),
        ("é" * 300 + ".txt", "é" * 116 + ".txt"),
    ],
)  # fmt: skip
def test_names_are_safe_to_show_and_to_save_under(name, called):
    assert safe_name(name, endings=(".txt",)) == called


@pytest.fixture
def sent(conversation, tomasz) -> Message:
    """A message of Tomasz to Ines: a picture and a file, with the words."""
    files = [read_file(upload("dam.jpg", png())), read_file(upload("Łódź.pdf", PDF))]
    return send_message(conversation, by=tomasz, text="Look", files=files)


def addresses(message: Message) -> list[str]:
    picture, file = message.attachments.all()
    return [
        f"/messages/files/{picture.key}/640/",
        f"/messages/files/{picture.key}/1600/",
        f"/messages/files/{file.key}/",
    ]


def statuses(browser, message: Message) -> list[int]:
    return [browser.get(address).status_code for address in addresses(message)]


@pytest.mark.parametrize("viewer", CAST)
def test_only_the_two_open_them(viewer, sent, cast, as_member):
    browser = as_member(cast[viewer])
    expected = 200 if viewer in ("ines", "tomasz") else 302 if viewer == "visitor" else 404
    assert statuses(browser, sent) == [expected] * 3


def test_a_picture_loses_what_it_carried_and_a_file_is_only_ever_saved(sent, ines, as_member):
    client = as_member(ines)
    small, large, file = (client.get(address) for address in addresses(sent))
    for response, width in ((small, 640), (large, 1600)):
        picture = Image.open(BytesIO(response.content))
        assert (picture.format, picture.width, dict(picture.getexif())) == ("WEBP", width, {})
        assert b"taken at home" not in response.content
        assert response["Content-Disposition"] == "inline"
    assert file.content == PDF
    assert file["Content-Disposition"] == "attachment; filename*=utf-8''%C5%81%C3%B3d%C5%BA.pdf"
    assert file["Content-Type"] == "application/pdf"
    for response in (small, large, file):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "private" in response["Cache-Control"]
    assert client.get(addresses(sent)[0].replace("640", "641")).status_code == 404
    assert client.get(addresses(sent)[0].removesuffix("640/")).status_code == 404  # a picture isn't a file


ENDINGS = {
    "disconnected": (lambda ines, tomasz, operator: disconnect(tomasz, by=ines), 200),
    "blocked": (lambda ines, tomasz, operator: block_member(tomasz, by=ines), 200),
    "blocked by the other": (lambda ines, tomasz, operator: block_member(ines, by=tomasz), 200),
    "suspended": (lambda ines, tomasz, operator: suspend_member(tomasz, by=operator), 200),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_sent_stays_to_be_read_when_it_ends(ending, sent, ines, tomasz, lina, as_member):
    end, status = ENDINGS[ending]
    end(ines, tomasz, lina)
    client = as_member(ines)
    assert statuses(client, sent) == [status] * 3
    page = client.get(f"/messages/{sent.conversation_id}/").content.decode()
    assert "dam.jpg" in page
    assert ("Tomasz" in page) is (ending == "disconnected")
    assert (
        client.post(f"/messages/{sent.conversation_id}/", {"files": upload("a.pdf", PDF), "key": uuid4()}).status_code
        == 422
    )
    assert Attachment.objects.count() == 2


def kept() -> list[str]:
    root = Path(django_settings.MEDIA_ROOT)
    return [path.name for folder in (FILES, PICTURES) for path in (root / folder).rglob("*") if path.is_file()]


def test_they_go_with_the_message(sent, ines, tomasz, as_member, django_capture_on_commit_callbacks):
    assert len(kept()) == 3
    where = addresses(sent)
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(sent, by=tomasz)
    assert kept() == []
    for member in (ines, tomasz):
        assert {as_member(member).get(address).status_code for address in where} == {404}


def test_they_go_with_the_account_and_words_stay(sent, conversation, ines, tomasz, django_capture_on_commit_callbacks):
    alone = send_message(conversation, by=tomasz, text="", files=[read_file(upload("a.pdf", PDF))])
    mine = send_message(conversation, by=ines, text="", files=[read_file(upload("b.pdf", PDF))])
    with django_capture_on_commit_callbacks(execute=True):
        depart(tomasz)
    assert kept() == [mine.attachments.get().key]
    assert (Message.objects.get(pk=sent.pk).text, Message.objects.get(pk=sent.pk).deleted_at) == ("Look", None)
    assert Message.objects.get(pk=alone.pk).deleted_at
    with django_capture_on_commit_callbacks(execute=True):
        depart(ines)
    assert kept() == []
    assert not Message.objects.exists()  # nobody is left to read it


def depart(member) -> None:
    for erase in on_departure:
        erase(member=member)
    member.delete()


def test_a_message_may_be_files_alone_and_says_so_in_the_list(conversation, ines, as_member):
    client, page = as_member(ines), f"/messages/{conversation.pk}/"
    files = [upload(f"{number}.pdf", PDF) for number in range(4)]
    assert client.post(page, {"files": files, "key": uuid4()}).status_code == 302
    assert Attachment.objects.count() == 4
    assert "You: A picture or a file" in client.get("/messages/").content.decode()


def test_a_failed_upload_keeps_the_words_and_sends_nothing(conversation, ines, as_member):
    client, page = as_member(ines), f"/messages/{conversation.pk}/"
    for headers in ({}, {"HX-Request": "true"}):
        for files, sentence in (
            ([upload("good.pdf", PDF), upload("bad.pdf", b"MZ\x90\x00")], "bad.pdf can’t be sent."),
            ([upload(f"{number}.pdf", PDF) for number in range(5)], "Send at most 4 files at once."),
            ([upload("large.pdf", REFUSED["large.pdf"])], "large.pdf is too large. A file can have at most 10 MB."),
        ):
            answer = client.post(page, {"text": "My words", "files": files, "key": uuid4()}, headers=headers)
            assert answer.status_code == 422
            assert "My words</textarea>" in answer.content.decode()
            assert sentence in answer.content.decode()
    assert not Message.objects.exists()
    assert kept() == []


def test_a_replay_keeps_files_once(conversation, ines, as_member):
    client, key = as_member(ines), uuid4()
    for _ in range(2):
        client.post(f"/messages/{conversation.pk}/", {"text": "Look", "files": upload("a.pdf", PDF), "key": key})
    assert (Message.objects.count(), Attachment.objects.count(), len(kept())) == (1, 1, 1)


def test_the_web_server_may_hand_them_out(sent, ines, as_member, settings):
    settings.MEDIA_ACCEL = "/media-inside/"
    response = as_member(ines).get(addresses(sent)[2])
    assert response["X-Accel-Redirect"].startswith(f"/media-inside/{FILES}/")
    assert response.content == b""
    assert response["Content-Disposition"].startswith("attachment")
