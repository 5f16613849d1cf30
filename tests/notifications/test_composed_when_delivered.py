"""An email that waited says what its reader may see when it goes, and isn't sent about what they have read."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.actions import block_member
from feed.actions import congratulate
from messaging.actions import TOLD_AFTER, archive, mark_read, mute, open_conversation, send_message
from notifications import actions, emails
from notifications.models import Email, Notice
from notifications.numbers import message_id
from notifications.outbox import PAUSES
from tests.factories import celebration, connect, request
from tests.notifications.smtp import Post, free_port, open_post_office

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def port(settings) -> int:
    port = free_port()
    settings.MAILERS = settings.MAILERS | {
        "delivery": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    return port


def sent_later(worker, port, *meanwhile) -> list:
    """What arrives in the end, if a server refuses what waits, and `meanwhile` something happens."""
    post = Post()
    post.answers = ["451 Try again later"]
    with time_machine.travel(NOON + timedelta(hours=1), tick=False) as clock, open_post_office(post, port):
        worker()
        assert (post.asked, post.arrived) == (1, [])
        for happens in meanwhile:
            happens()
        clock.shift(timedelta(minutes=1))
        worker()
    return [message for _, message in post.arrived]


@pytest.mark.parametrize("blocked", [False, True])
def test_it_names_nobody_who_put_up_a_wall_while_it_waited(worker, port, ines, tomasz, amara, blocked):
    with time_machine.travel(NOON, tick=False):
        post = celebration(ines)
        connect(amara, ines)
        DBTaskResult.objects.all().delete()  # what else there is to tell
        congratulate(post, by=tomasz)
        congratulate(post, by=amara)
    meanwhile = [lambda: block_member(ines, by=amara)] if blocked else []
    [message] = sent_later(worker, port, *meanwhile)
    whole = message.as_string()
    names = "Tomasz Wiśniewski" if blocked else f"{amara.name} and Tomasz Wiśniewski"
    assert message["Subject"] == f"{names} congratulated you."
    assert (amara.first_name in whole) is not blocked


def test_no_text_of_it_is_kept_and_each_try_has_the_same_number(worker, port, ines, lina, settings):
    settings.SITE_URL = "https://people.example/"
    seen = []
    with time_machine.travel(NOON, tick=False):
        request(lina, ines, note="Hello Ines")
    [message] = sent_later(
        worker, port, lambda: seen.extend(Email.objects.values_list("pk", "subject", "message", "attempts"))
    )
    [(number, subject, kept, attempts)] = seen
    assert (subject, bytes(kept), attempts) == ("", b"", 1)
    assert message["Message-ID"] == message_id(number, to="ines@example.com")
    assert message["Message-ID"].endswith("@people.example>")


def test_a_notice_that_was_read_while_its_email_waited_is_not_emailed(worker, port, ines, lina):
    with time_machine.travel(NOON, tick=False):
        request(lina, ines)
    assert sent_later(worker, port, lambda: actions.mark_all_read(by=ines)) == []
    assert Notice.objects.get().read_at
    assert not Email.objects.exists()


def test_one_that_the_database_fails_to_tell_is_tried_later_and_given_up_in_the_end(worker, ines, lina, monkeypatch):
    """Else its tasks would fail, the row would be found as forgotten, and so on for ever."""

    def fail(written) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_that_name")

    with time_machine.travel(NOON, tick=False) as clock:
        request(lina, ines)
        monkeypatch.setattr(emails, "compose_now", fail)
        worker()
        email = Email.objects.get()
        assert (email.attempts, email.due_at) == (1, NOON + PAUSES[0])
        assert "nothing_of_that_name" in email.last_error
        for pause in PAUSES:
            clock.shift(pause)
            worker()
    assert Email.objects.failed().get() == email
    assert not DBTaskResult.objects.failed().exists()


SEEN_TO = {
    "read": lambda message, ines: mark_read(message.conversation, by=ines, up_to=message.pk),
    "muted": lambda message, ines: mute(message.conversation, by=ines),
    "archived": lambda message, ines: archive(message.conversation, by=ines),
    "nothing": lambda message, ines: None,
}


@pytest.mark.parametrize("meanwhile", SEEN_TO)
def test_a_message_that_was_seen_to_while_its_email_waited_is_not_emailed(worker, port, ines, tomasz, meanwhile):
    with time_machine.travel(NOON, tick=False) as clock:
        DBTaskResult.objects.all().delete()  # what else there is to tell
        message = send_message(open_conversation(ines, tomasz), by=tomasz, text="About the dam")
        clock.shift(TOLD_AFTER)
    arrived = sent_later(worker, port, lambda: SEEN_TO[meanwhile](message, ines))
    assert len(arrived) == (1 if meanwhile == "nothing" else 0)
