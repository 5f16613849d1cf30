"""The weekly digest: on Monday morning where its reader lives, with what really happened, and none if nothing did."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from accounts.actions import block_member, leave, mark_bounced
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from feed.actions import delete_post
from network.actions import disconnect, mute_member, withdraw_request
from notifications.actions import mark_all_read, switch_email_off
from notifications.emails import compose_now
from notifications.models import DigestTurn, Email
from notifications.quiet import keep_quiet
from notifications.reading import read_page
from notifications.turns import give_turns, monday_after, nearest_monday, see_to_turns, take_due_turns
from tests.concurrently import at_once
from tests.factories import MemberFactory, comment, follow, like, post, put_up_event, request, seat

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2030, 3, 1, 12, tzinfo=UTC)  # long after everything that the cast did
MONDAY = datetime(2030, 3, 4, 8, tzinfo=UTC)


@pytest.fixture
def friday(ines, tomasz, amara, lina, worker, mailoutbox):
    """The Friday before: everybody has a turn, and nothing of the days before waits."""
    with time_machine.travel(FRIDAY, tick=False) as clock:
        worker()
        mark_all_read(by=ines)
        give_turns()
        mailoutbox.clear()
        yield clock


def digests(mailoutbox, to) -> list:
    return [letter for letter in mailoutbox if letter.to == [to.email] and "Your week" in letter.subject]


def text_of(letter) -> str:
    return letter.message().get_body(("plain",)).get_content().replace("\r\n", "\n")


def monday_comes(clock, worker) -> None:
    """Workers look, as they do every few minutes, from Monday morning on."""
    clock.move_to(MONDAY)
    for _look in range(3):
        see_to_turns()
        worker()
        clock.shift(timedelta(minutes=10))


def test_it_tells_what_waits_and_what_nobody_answered_with_a_link_to_each(
    friday, ines, tomasz, amara, lina, worker, mailoutbox
):
    asked = request(lina, ines)
    lonely = post(tomasz, "Does anybody measure\nsilt?")
    answered = post(tomasz, "Who was first?")
    comment(amara, answered)
    follow(lina, ines)
    monday_comes(friday, worker)
    [digest] = digests(mailoutbox, ines)
    assert digest.subject == "Your week at Acquaint"
    text, html = text_of(digest), digest.message().get_body(("html",)).get_content()
    for said in ("Lina Svensson asks to connect.", "Lina Svensson follows you.", "Tomasz Wiśniewski posted"):
        assert said in text
        assert said in html
    assert "“Does anybody measure silt?”" in text
    assert f"http://testserver/posts/{lonely.pk}/" in text
    assert f"/posts/{answered.pk}/" not in text
    assert "2 new updates" in text
    assert text.count("Lina Svensson asks to connect.") == 1
    assert "Not read yet" not in text  # each of them stands under another title
    assert "You get this once a week" in text
    assert "\n\n\n\n" not in text
    assert digest.message()["List-Unsubscribe"]
    assert digest.message()["List-Id"] == "<digest.testserver>"
    assert asked.pk


def test_it_tells_unread_notices_in_their_own_words_and_counts_the_rest(
    friday, ines, tomasz, amara, lina, worker, mailoutbox
):
    said = post(ines, "The gauges agree.", audience="public")
    comment(tomasz, said, "All\nof them?")
    mark_all_read(by=ines)
    for member in (tomasz, amara):
        like(member, said)
    comment(amara, said, "Since\nwhen?")
    digest = Email(pk=1, to=ines.email, kind="digest", recipient=ines, subject_id=ines.pk)
    text = compose_now(digest).body
    assert "Not read yet" in text
    assert (
        f"* Amara Okafor commented on your post.\n  “Since when?”\n  http://testserver{line_of(ines, 'comment')}"
        in text
    )
    assert "* Amara Okafor and Tomasz Wiśniewski like your post.\n  The gauges agree.\n" in text
    assert "All of them?" not in text, "it was read"
    for number in range(5):
        comment(lina, said, f"Gauge {number}")
    text = compose_now(digest).body
    assert text.count("commented on your post.") == 5
    assert "2 more notices wait for you." in text


def line_of(member, kind: str) -> str:
    return next(line.address for line in read_page(member)[0] if line.notice.kind == kind)


def test_it_names_the_events_of_the_week_to_which_one_goes(friday, ines, tomasz, worker, mailoutbox):
    soon, later = (
        put_up_event(tomasz, title, starts_at=MONDAY + timedelta(days=days))
        for title, days in (("River day", 2), ("Delta day", 20))
    )
    for event in (soon, later):
        seat(event, ines)
    monday_comes(friday, worker)
    [digest] = digests(mailoutbox, ines)
    assert "* River day\n  Wednesday 6 March 2030" in text_of(digest)
    assert "Delta day" not in text_of(digest)


def test_at_most_three_posts_that_nobody_answered_are_named(friday, ines, tomasz, worker, mailoutbox):
    for number in range(5):
        post(tomasz, f"Gauge {number}")
    monday_comes(friday, worker)
    [digest] = digests(mailoutbox, ines)
    assert text_of(digest).count("posted") == 3


def test_there_is_none_if_nothing_happened(friday, ines, lina, worker, mailoutbox):
    post(ines, "One's own is no news")
    monday_comes(friday, worker)
    assert digests(mailoutbox, ines) == []
    assert not Email.objects.waiting().exists()


SECRET = "The sluice of Győr"
REASONS = {
    "they block each other": lambda ines, tomasz, said: block_member(tomasz, by=ines),
    "blocked by the writer": lambda ines, tomasz, said: block_member(ines, by=tomasz),
    "the writer is suspended": lambda ines, tomasz, said: suspend(tomasz),
    "the writer is leaving": lambda ines, tomasz, said: leave(by=tomasz),
    "the writer is gone": lambda ines, tomasz, said: tomasz.delete(),
    "the connection ended": lambda ines, tomasz, said: disconnect(tomasz, by=ines),
    "the post is deleted": lambda ines, tomasz, said: delete_post(said, by=tomasz),
    "the post is hidden": lambda ines, tomasz, said: type(said).objects.filter(pk=said.pk).update(hidden_at=FRIDAY),
    "the writer is muted": lambda ines, tomasz, said: mute_member(tomasz, by=ines, until=FOR_GOOD),
    "switched off": lambda ines, tomasz, said: switch_email_off("digest", by=ines),
    "mail doesn't reach": lambda ines, tomasz, said: mark_bounced(ines.email),
    "the reader is suspended": lambda ines, tomasz, said: suspend(ines),
    "the reader is leaving": lambda ines, tomasz, said: leave(by=ines),
    "nothing": lambda ines, tomasz, said: None,
}


def suspend(member) -> None:
    User.objects.filter(pk=member.pk).update(suspended_until=FOR_GOOD)


OF_THE_READER = {"switched off", "mail doesn't reach", "the reader is suspended", "the reader is leaving"}


@pytest.mark.usefixtures("unmailed")
def test_it_says_nothing_that_its_reader_may_not_see_when_it_goes(ines, tomasz):
    """Whatever happens while it waits; and for whom it isn't, none is put into the outbox in the first place."""
    with time_machine.travel(FRIDAY, tick=False):
        said = post(tomasz, SECRET, audience="connections")
        DigestTurn.objects.create(member=ines, due_at=MONDAY)
    told, written = set(), set()
    for reason, happens in REASONS.items():
        with time_machine.travel(MONDAY, tick=False), transaction.atomic():
            reader, writer, about = (type(one).objects.get(pk=one.pk) for one in (ines, tomasz, said))
            happens(reader, writer, about)
            message = compose_now(Email(pk=1, to=ines.email, kind="digest", recipient=reader, subject_id=ines.pk))
            if message and SECRET in message.body:
                told.add(reason)
            take_due_turns()
            if Email.objects.filter(kind="digest", recipient=ines).exists():
                written.add(reason)
            transaction.set_rollback(True)
    assert told == {"nothing"}
    assert written == set(REASONS) - OF_THE_READER


def test_a_request_that_was_withdrawn_is_not_told(friday, ines, lina, worker, mailoutbox):
    withdraw_request(request(lina, ines), by=lina)
    monday_comes(friday, worker)
    assert digests(mailoutbox, ines) == []


def test_it_comes_once_a_week(friday, ines, tomasz, worker, mailoutbox):
    post(tomasz)
    monday_comes(friday, worker)
    for _day in range(6):
        friday.shift(timedelta(days=1))
        see_to_turns()
        worker()
    assert len(digests(mailoutbox, ines)) == 1
    post(tomasz, "And another")
    friday.move_to(MONDAY + timedelta(days=7))
    see_to_turns()
    worker()
    assert len(digests(mailoutbox, ines)) == 2


def test_it_waits_for_the_end_of_quiet_hours(friday, ines, tomasz, worker, mailoutbox):
    keep_quiet(datetime(2026, 1, 1, 20).time(), datetime(2026, 1, 1, 10).time(), by=ines)
    post(tomasz)
    monday_comes(friday, worker)
    assert digests(mailoutbox, ines) == []
    friday.move_to(MONDAY + timedelta(hours=2))
    worker()
    assert len(digests(mailoutbox, ines)) == 1


WEEKS = {
    "in summer": ("Europe/Berlin", "2026-07-01 12:00", "2026-07-06 06:00"),
    "in winter": ("Europe/Berlin", "2026-01-07 12:00", "2026-01-12 07:00"),
    "over the night in which clocks change": ("Europe/Berlin", "2026-03-23 08:00", "2026-03-30 06:00"),
    "at that very moment": ("Europe/Berlin", "2026-07-06 06:00", "2026-07-13 06:00"),
    "an hour before": ("Europe/Berlin", "2026-07-06 05:00", "2026-07-06 06:00"),
    "where Monday comes early": ("Pacific/Auckland", "2026-07-05 12:00", "2026-07-05 20:00"),
    "where it comes late": ("Pacific/Honolulu", "2026-07-06 12:00", "2026-07-06 18:00"),
    "without a zone": ("", "2026-07-01 12:00", "2026-07-06 08:00"),
}


@pytest.mark.parametrize("week", WEEKS)
def test_the_next_monday_at_eight_where_a_member_lives(week):
    zone, now, monday = WEEKS[week]
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    member = User(time_zone=zone)
    due_at = monday_after(moment, member)
    assert due_at == datetime.fromisoformat(monday).replace(tzinfo=UTC)
    assert nearest_monday(due_at, member) == due_at


def test_who_moved_west_waits_for_monday_there_and_gets_it_once(friday, ines, tomasz, worker, mailoutbox):
    post(tomasz)
    User.objects.filter(pk=ines.pk).update(time_zone="America/Los_Angeles")
    monday_comes(friday, worker)
    assert digests(mailoutbox, ines) == []
    assert DigestTurn.objects.get(member=ines).due_at == MONDAY + timedelta(hours=8)
    friday.move_to(MONDAY + timedelta(hours=8))
    see_to_turns()
    worker()
    User.objects.filter(pk=ines.pk).update(time_zone="Pacific/Honolulu")
    for _hour in range(8):
        friday.shift(timedelta(hours=1))
        see_to_turns()
        worker()
    assert len(digests(mailoutbox, ines)) == 1


def test_new_members_get_a_turn_whatever_their_number(friday):
    assert give_turns() == 0
    newest = MemberFactory()
    assert give_turns() == 1
    assert DigestTurn.objects.get(member=newest).due_at == MONDAY
    DigestTurn.objects.exclude(member=newest).order_by("member").first().delete()
    assert give_turns() == 1  # one who joined at the same moment, and was seen later


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_take_each_turn_once(worker):
    members = MemberFactory.create_batch(5)
    DigestTurn.objects.bulk_create(DigestTurn(member=member, due_at=MONDAY) for member in members)
    with time_machine.travel(MONDAY, tick=True):
        taken = at_once(take_due_turns, take_due_turns, take_due_turns)
    assert sum(taken) == 5
    assert Email.objects.filter(kind="digest").count() == 5


@pytest.mark.usefixtures("unmailed")
@pytest.mark.parametrize("number", [1, 20])
def test_what_it_asks_does_not_grow_with_what_there_is_to_tell(number, ines, tomasz, django_assert_num_queries):
    askers = MemberFactory.create_batch(number)
    with time_machine.travel(FRIDAY, tick=False):
        for asker in askers:
            request(asker, ines)
            post(tomasz, f"Gauge of {asker.handle}")
    waiting = Email(pk=1, to=ines.email, kind="digest", recipient=ines, subject_id=ines.pk)
    with time_machine.travel(MONDAY, tick=False), django_assert_num_queries(13):
        assert compose_now(waiting)
