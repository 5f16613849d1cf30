"""The email about a message that waited unread for 15 minutes: once until its reader has read."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from messaging.actions import TOLD_AFTER, archive, delete_message, mark_read, mute, open_conversation, send_message
from network.actions import disconnect
from notifications.actions import switch_email_off

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def letter(noon, ines, tomasz, worker, mailoutbox):
    """A message of Tomasz to Ines, sent at noon."""
    mailoutbox.clear()
    return send_message(open_conversation(ines, tomasz), by=tomasz, text="A secret about the dam")


def test_it_comes_after_15_minutes_and_names_the_writer_but_not_the_text(letter, noon, worker, mailoutbox):
    noon.shift(TOLD_AFTER - timedelta(seconds=1))
    worker()
    assert mailoutbox == []
    noon.shift(timedelta(seconds=1))
    worker()
    [email] = mailoutbox
    assert email.to == ["ines@example.com"]
    assert email.subject == "Tomasz Wiśniewski wrote to you."
    whole = email.message().as_string()
    assert f"/messages/{letter.conversation_id}/" in whole
    assert "secret" not in whole
    assert email.message()["List-Unsubscribe"]


REASONS_NOT_TO = {
    "read": lambda letter, ines, tomasz: mark_read(letter.conversation, by=ines, up_to=letter.pk),
    "deleted": lambda letter, ines, tomasz: delete_message(letter, by=tomasz),
    "muted": lambda letter, ines, tomasz: mute(letter.conversation, by=ines),
    "archived": lambda letter, ines, tomasz: archive(letter.conversation, by=ines),
    "blocked": lambda letter, ines, tomasz: block_member(tomasz, by=ines),
    "blocked by the writer": lambda letter, ines, tomasz: block_member(ines, by=tomasz),
    "the writer was suspended": lambda letter, ines, tomasz: User.objects.filter(pk=tomasz.pk).update(
        suspended_until=FOR_GOOD
    ),
    "the reader was suspended": lambda letter, ines, tomasz: User.objects.filter(pk=ines.pk).update(
        suspended_until=FOR_GOOD
    ),
    "the writer is gone": lambda letter, ines, tomasz: tomasz.delete(),
    "the reader is gone": lambda letter, ines, tomasz: ines.delete(),
    "switched off": lambda letter, ines, tomasz: switch_email_off("message_unread", by=ines),
}


@pytest.mark.parametrize("reason", REASONS_NOT_TO)
def test_it_does_not_come(reason, letter, ines, tomasz, noon, worker, mailoutbox):
    REASONS_NOT_TO[reason](letter, ines, tomasz)
    noon.shift(TOLD_AFTER)
    worker()
    assert mailoutbox == []


def test_it_comes_once_until_the_reader_has_read(letter, ines, tomasz, noon, worker, mailoutbox):
    for minutes in (5, 10, 40):
        noon.shift(timedelta(minutes=minutes))
        send_message(letter.conversation, by=tomasz, text="And another")
        worker()
    noon.shift(timedelta(hours=1))
    worker()
    assert len(mailoutbox) == 1
    mark_read(letter.conversation, by=ines, up_to=letter.conversation.messages.latest("id").pk)
    send_message(letter.conversation, by=tomasz, text="And one more")
    noon.shift(TOLD_AFTER)
    worker()
    assert len(mailoutbox) == 2


def test_it_still_comes_after_the_connection_ended(letter, ines, tomasz, noon, worker, mailoutbox):
    disconnect(tomasz, by=ines)
    noon.shift(TOLD_AFTER)
    worker()
    assert len(mailoutbox) == 1
