"""The one notice of what many do: it stands already for nearly all of them, and begins anew if nobody was left."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.actions import block_member, unblock_member
from feed.actions import react_to_post
from network.endorsing import endorse_skill
from notifications.actions import choose, mark_all_read
from notifications.models import Email, Notice
from notifications.of_many import EMAIL_WAITS
from notifications.quiet import keep_quiet
from notifications.reading import read_page
from notifications.standing import forget_empty
from tests.factories import MemberFactory, connect, like
from tests.notifications.test_of_many import SAID, WAYS, a_post, a_skill

pytestmark = pytest.mark.django_db
unmailed = pytest.mark.usefixtures("unmailed")
EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)


def statements(queries) -> list[str]:
    return [query["sql"].split()[0] for query in queries]


@unmailed
@pytest.mark.parametrize("read", [False, True], ids=["unread", "read today"])
def test_a_like_after_others_has_as_many_statements_as_one_of_which_nobody_is_told(read, ines, tomasz, amara):
    said = a_post(ines)
    like(tomasz, said)
    if read:
        mark_all_read(by=ines)
    with CaptureQueriesContext(connection) as told:
        like(amara, said)
    with CaptureQueriesContext(connection) as own:
        like(ines, said)
    # its savepoint here; the post, locked; whether one reacted before and the notice is there; the reaction
    assert statements(told) == statements(own) == ["SAVEPOINT", "SELECT", "SELECT", "INSERT", "RELEASE"]
    with CaptureQueriesContext(connection) as changed:
        react_to_post(said, by=amara, kind="curious")
    assert statements(changed) == ["SAVEPOINT", "SELECT", "SELECT", "SELECT", "UPDATE", "RELEASE"]


@unmailed
def test_an_endorsement_after_others_looks_once_and_writes_nothing_but_itself(ines, tomasz, amara):
    connect(amara, ines)
    skill = a_skill(ines)
    endorse_skill(skill, by=tomasz)
    with CaptureQueriesContext(connection) as queries:
        endorse_skill(skill, by=amara)
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split()[2] for sql in written] == ['"network_endorsement"']
    assert sum('"notifications_notice"' in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("in_app", [True, False], ids=["in the app too", "by email alone"])
@pytest.mark.parametrize("when", ["before it is written", "while it waits for the morning"])
def test_an_email_comes_later_if_all_took_it_back_before_it_came(
    when, in_app, kind, ines, tomasz, amara, worker, mailoutbox
):
    make, do, undo = WAYS[kind]
    connect(amara, ines)
    with time_machine.travel(EVENING, tick=False) as clock:
        keep_quiet(time(21), time(8), by=ines) if when == "while it waits for the morning" else None
        choose(by=ines, in_app=[kind] if in_app else [], by_email=[kind])
        subject = make(ines)
        DBTaskResult.objects.all().delete()
        mailoutbox.clear()
        do(subject, tomasz)
        if when == "while it waits for the morning":
            clock.shift(EMAIL_WAITS)
            worker()
            assert Email.objects.waiting().filter(kind=kind).count() == 1
        undo(subject, tomasz)
        clock.shift(timedelta(hours=11))
        worker()
        assert mailoutbox == []
        for member in (amara, tomasz):
            do(subject, member)
        clock.shift(EMAIL_WAITS)
        worker()
        assert [email.subject for email in mailoutbox] == [SAID[kind][1].format("Tomasz Wiśniewski and Amara Okafor")]
        for member in (amara, tomasz):
            undo(subject, member)
        do(subject, amara)
        clock.shift(2 * EMAIL_WAITS)
        worker()
    assert len(mailoutbox) == 1, "once it came, no other comes"


@unmailed
@pytest.mark.parametrize("hidden", ["from the email", "not at all"])
def test_only_what_nobody_is_left_to_tell_of_is_taken_away(hidden, ines, tomasz):
    said = a_post(ines)
    like(tomasz, said)
    if hidden == "from the email":
        block_member(tomasz, by=ines)
    forget_empty(recipient=ines, kind="like", subject_id=said.pk)
    if hidden == "from the email":
        unblock_member(tomasz, by=ines)
    assert len(read_page(ines)[0]) == (hidden == "not at all")


def in_a_thread(doing) -> threading.Thread:
    def run() -> None:
        try:
            doing()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_for_a_lock() -> None:
    """Until another connection waits for what this one has locked."""
    with connection.cursor() as cursor:
        for _try in range(400):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            threading.Event().wait(0.025)
    raise AssertionError("Nobody waited.")


@pytest.mark.django_db(transaction=True)
@unmailed
@pytest.mark.parametrize("kind", ["like", "endorsement"])
@pytest.mark.parametrize("first", ["who does it", "the worker"])
def test_what_is_done_while_the_notice_is_taken_away_is_told(first, kind):
    ines, tomasz, amara = (MemberFactory() for _member in range(3))
    for member in (tomasz, amara):
        connect(member, ines)
    make, do, undo = WAYS[kind]
    subject = make(ines)
    do(subject, tomasz)
    undo(subject, tomasz)

    def forget() -> None:
        forget_empty(recipient=ines, kind=kind, subject_id=subject.pk)

    def do_it() -> None:
        do(subject, amara)

    one, other = (do_it, forget) if first == "who does it" else (forget, do_it)
    with transaction.atomic():
        one()
        thread = in_a_thread(other)
        wait_for_a_lock()
    thread.join(10)
    assert Notice.objects.filter(recipient=ines, kind=kind, subject_id=subject.pk).unread().count() == 1
