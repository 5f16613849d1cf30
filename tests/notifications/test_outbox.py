"""The outbox: emails are written with what caused them and sent by the worker, who doesn't give up early."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.sites import site
from django.core.mail import EmailMessage, send_mail
from django.db import IntegrityError, transaction

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from network.actions import withdraw_request
from notifications import outbox
from notifications.actions import switch_email_off
from notifications.mail import ConsoleAndFileBackend
from notifications.models import Email
from tests.factories import request
from tests.notifications.smtp import Post, free_port, open_post_office

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def _smtp(settings, port):
    settings.MAILERS = settings.MAILERS | {
        "delivery": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }


def write(subject: str = "Hello", **fields) -> None:
    EmailMessage(subject, "Grüße, and a link:\nhttps://x.example/" + "a" * 90, to=["a@example.org"], **fields).send()


@pytest.mark.usefixtures("_smtp")
def test_an_email_waits_for_a_server_that_refuses_and_arrives_once_it_accepts(worker, port):
    post = Post()
    post.answers = ["451 Try again later"]
    with time_machine.travel(NOON, tick=False) as clock:
        write()
        with open_post_office(post, port):
            worker()
        email = Email.objects.get()
        assert (email.attempts, email.sent_at) == (1, None)
        assert "451" in email.last_error
        assert email.due_at == NOON + timedelta(minutes=1)

        clock.shift(timedelta(minutes=1))
        worker()  # nobody listens any more
        email.refresh_from_db()
        assert (email.attempts, email.sent_at) == (2, None)
        assert "ConnectionRefused" in email.last_error
        assert email.due_at == NOON + timedelta(minutes=6)

        with open_post_office(post, port):
            clock.shift(timedelta(minutes=4))
            worker()
            assert post.arrived == []  # not before its time
            clock.shift(timedelta(minutes=1))
            worker()
            worker()

    [(recipients, message)] = post.arrived
    assert recipients == ["a@example.org"]
    assert message["Subject"] == "Hello"
    assert message["To"] == "a@example.org"
    text = message.get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n") == "Grüße, and a link:\nhttps://x.example/" + "a" * 90 + "\n"
    email.refresh_from_db()
    assert (bytes(email.message), email.last_error) == (b"", "")
    assert email.sent_at == NOON + timedelta(minutes=6)


@pytest.mark.usefixtures("_smtp")
def test_an_email_that_nobody_takes_is_given_up_after_the_last_pause_until_an_operator_sends_it_again(worker, port):
    with time_machine.travel(NOON, tick=False) as clock:
        write()
        for pause in (timedelta(0), *outbox.PAUSES):
            clock.shift(pause)
            worker()
        email = Email.objects.get()
        assert email.attempts == len(outbox.PAUSES) + 1
        assert email.failed_at is not None
        assert email.message

        post = Post()
        with open_post_office(post, port):
            clock.shift(timedelta(days=3))
            worker()
            assert post.asked == 0
            assert outbox.send_again(Email.objects.all()) == 1
            worker()
    assert len(post.arrived) == 1
    email.refresh_from_db()
    assert (email.failed_at, bytes(email.message)) == (None, b"")


@pytest.mark.usefixtures("_smtp")
def test_each_recipient_gets_a_copy_of_their_own_and_hidden_ones_stay_hidden(worker, port):
    post = Post()
    post.answers = ["451 Not this one"]
    write(cc=["Ben B <b@example.org>"], bcc=["c@example.org"], headers={"Message-ID": "<one@example.org>"})
    assert list(Email.objects.order_by("id").values_list("to", flat=True)) == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]
    with open_post_office(post, port):
        worker()
    assert [recipients for recipients, _ in post.arrived] == [["b@example.org"], ["c@example.org"]]
    assert all("c@example.org" not in message.as_string() for _, message in post.arrived)
    assert Email.objects.due().count() == 0
    assert Email.objects.waiting().get().to == "a@example.org"


@pytest.mark.django_db(transaction=True)
def test_an_email_of_a_change_that_was_rolled_back_is_never_sent(worker, mailoutbox):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    worker()
    assert mailoutbox == []
    assert not Email.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_email_that_another_worker_is_sending_is_left_to_it(worker, mailoutbox):
    from threading import Thread

    write()
    email = Email.objects.get()
    with transaction.atomic():
        Email.objects.select_for_update().get()
        other = Thread(target=_deliver_on_another_connection, args=[email.pk])
        other.start()
        other.join(10)  # one that sent it all the same would wait here for the row
        assert mailoutbox == []
    other.join()
    worker()
    assert len(mailoutbox) == 1


def _deliver_on_another_connection(email_id: int) -> None:
    from django.db import connection

    try:
        outbox.deliver(email_id)
    finally:
        connection.close()


def test_an_email_whose_task_was_lost_is_found(worker, mailoutbox):
    from django_tasks_db.models import DBTaskResult

    with time_machine.travel(NOON, tick=False) as clock:
        write()
        DBTaskResult.objects.all().delete()
        assert outbox.find_forgotten() == 0
        clock.shift(outbox.FORGOTTEN_AFTER + timedelta(seconds=1))
        assert outbox.find_forgotten() == 1
        assert outbox.find_forgotten() == 0
        worker()
    assert len(mailoutbox) == 1


def test_the_outbox_forgets_what_was_settled_long_ago(worker):
    with time_machine.travel(NOON, tick=False) as clock:
        write()
        worker()
        clock.shift(timedelta(days=29))
        write()
        clock.shift(timedelta(days=2))
        outbox.forget_old()
    assert [email.created_at for email in Email.objects.all()] == [NOON + timedelta(days=29)]


def test_an_email_is_sent_or_given_up_but_never_both():
    with pytest.raises(IntegrityError, match="notifications_email_sent_or_failed"):
        Email.objects.create(to="a@example.org", subject="x", message=b"", sent_at=NOON, failed_at=NOON)


def test_operators_never_see_the_text_of_an_email(rf):
    assert "message" not in site.get_model_admin(Email).get_fields(rf.get("/"))


def test_without_a_server_emails_are_printed_and_kept_in_a_folder(settings, worker, tmp_path, capsys):
    settings.MAILERS = settings.MAILERS | {
        "delivery": {
            "BACKEND": "notifications.mail.ConsoleAndFileBackend",
            "OPTIONS": {"file_path": str(tmp_path / "mail")},
        }
    }
    link = "https://x.example/" + "a" * 90
    send_mail("Confirm", f"Open {link}", None, ["a@example.org"])
    worker()
    assert link in capsys.readouterr().out
    [file] = (tmp_path / "mail").iterdir()
    assert b"Subject: Confirm" in file.read_bytes()
    assert ConsoleAndFileBackend.__name__ in settings.MAILERS["delivery"]["BACKEND"]


@pytest.mark.usefixtures("_smtp")
@pytest.mark.parametrize("meanwhile", ["nothing", "withdrawn", "blocked", "suspended", "switched off", "gone"])
def test_what_may_not_be_told_any_more_stays_in_the_outbox(worker, port, ines, lina, meanwhile):
    """An email that a server refused for hours says nothing that its reader may not see by now (product.md §10)."""
    post = Post()
    with time_machine.travel(NOON, tick=False) as clock:
        asked = request(lina, ines, note="Hello Ines")
        worker()  # nobody listens
        assert Email.objects.get().attempts == 1
        match meanwhile:
            case "withdrawn":
                withdraw_request(asked, by=lina)
            case "blocked":
                block_member(lina, by=ines)
            case "suspended":
                User.objects.filter(pk=lina.pk).update(suspended_until=FOR_GOOD)
            case "switched off":
                switch_email_off("request_received", by=ines)
            case "gone":
                lina.delete()
        clock.shift(timedelta(minutes=1))
        with open_post_office(post, port):
            worker()
    assert len(post.arrived) == (1 if meanwhile == "nothing" else 0)
    assert not Email.objects.waiting().exists()
