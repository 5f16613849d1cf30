"""What the demo community writes to each other: words, a picture and a file, a pitch, and what ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from demo import portraits, words
from messaging.actions import mark_read, open_conversation, send_message
from messaging.files import NewFile, read_file
from messaging.models import Message
from network.actions import accept_request, connect_members, disconnect
from network.models import Connection, ConnectionRequest
from tests.factories import request

if TYPE_CHECKING:
    from demo.filling import Filling

LEVELS = "day,level in cm\n" + "".join(f"2026-03-{day:02},{212 + day * day % 37}\n" for day in range(1, 32))


def write_messages(community: Filling) -> None:
    """Let Ines and others write to each other, the newest last, so that it stands first in her list."""
    ines = community["Ines"]
    connect_members(ines, community["Eleni"], at=community.now - timedelta(days=260))
    written = [
        (community.now - timedelta(days=days) + timedelta(minutes=7 * step), name, sender, text)
        for name, lines in words.CONVERSATIONS.items()
        for step, (sender, days, text) in enumerate(lines)
    ]
    for at, name, sender, text in sorted(written):
        message = _say(text, by=ines if sender == "i" else community[name], to=community[name], ines=ines, at=at)
        if community.now - at >= timedelta(days=1) - timedelta(hours=1):
            for reader in (ines, community[name]):
                mark_read(message.conversation, by=reader, up_to=message.pk)
    _send_files(community)
    _sell(community)
    disconnect(ines, by=community["Eleni"])


def _say(text: str, *, by: User, to: User, ines: User, at: datetime, files: Sequence[NewFile] = ()) -> Message:
    message = send_message(open_conversation(ines, to), by=by, text=text, files=files, key=uuid4())
    Message.objects.filter(pk=message.pk).update(sent_at=at)
    return message


def _send_files(community: Filling) -> None:
    """Noah sends a picture and a table."""
    ines, noah = community["Ines"], community["Noah"]
    files = [read_file(portraits.ice_jam()), read_file(SimpleUploadedFile("levels-march.csv", LEVELS.encode()))]
    at = community.now - timedelta(hours=5)
    _say("The jam at Saint-Fulgence, and its levels.", by=noah, to=noah, ines=ines, at=at, files=files)


def _sell(community: Filling) -> None:
    """Santiago asked to connect, and sells something as soon as Ines has accepted."""
    ines, seller = community["Ines"], community["Santiago"]
    asked, accepted = community.now - timedelta(days=3), community.now - timedelta(hours=3)
    with community.noticed(accepted):
        sent = request(seller, ines, context="business", note=words.BEFORE_THE_PITCH)
        ConnectionRequest.objects.filter(pk=sent.pk).update(sent_at=asked)
        sent.sent_at = asked
        accept_request(sent, by=ines)
        _say(words.PITCH, by=seller, to=seller, ines=ines, at=accepted + timedelta(hours=1))
    ConnectionRequest.objects.filter(pk=sent.pk).update(accepted_at=accepted)
    for one, other in ((ines, seller), (seller, ines)):
        Connection.objects.filter(member=one, other=other).update(connected_at=accepted)
