"""What many do is one notice for all of them: it names those whom its reader sees now, and nobody is stored in it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.actions import block_member, suspend_member
from feed.actions import congratulate, delete_post, react_to_post, take_back_congratulation, take_back_reaction
from feed.models import Post, Reaction
from network.endorsing import endorse_skill, hide_endorsement, switch_follower_endorsements, withdraw_endorsement
from network.models import Endorsement
from notifications import of_many
from notifications.actions import NOT_WITHIN, choose, mark_all_read
from notifications.counters import count_waiting
from notifications.emails import what_may_be_told
from notifications.kinds import KINDS
from notifications.models import Email, Notice
from notifications.reading import read_page
from profiles.models import Skill
from tests.concurrently import at_once
from tests.factories import MemberFactory, celebration, connect, crowd, like, pass_on, post

pytestmark = pytest.mark.django_db
unmailed = pytest.mark.usefixtures("unmailed")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_post(owner):
    return post(owner, "The gauges agree.", audience="public")


def a_skill(owner):
    return Skill.objects.create(member=owner, name="Hydrology")


def taken_back(subject, member) -> None:
    delete_post(Post.objects.get(author=member, repost_of=subject), by=member)


WAYS = {
    "like": (a_post, lambda subject, by: like(by, subject), lambda subject, by: take_back_reaction(subject, by=by)),
    "repost": (a_post, lambda subject, by: pass_on(by, subject), taken_back),
    "congratulation": (
        celebration,
        lambda subject, by: congratulate(subject, by=by),
        lambda subject, by: take_back_congratulation(subject, by=by),
    ),
    "endorsement": (
        a_skill,
        lambda subject, by: endorse_skill(subject, by=by),
        lambda subject, by: withdraw_endorsement(subject, by=by),
    ),
}
SAID = {
    "like": ("{} likes your post.", "{} like your post."),
    "repost": ("{} reposted your post.",) * 2,
    "congratulation": ("{} congratulated you.",) * 2,
    "endorsement": ("{} endorsed a skill of yours.",) * 2,
}


def told(ines, kind: str) -> list[str]:
    """The sentences of a member's notices of a kind; the email would say the same."""
    said = [line.sentence for line in read_page(ines)[0] if line.notice.kind == kind]
    for notice in Notice.objects.filter(recipient=ines, kind=kind):
        subject = what_may_be_told(ines, kind=kind, actor=None, subject_id=notice.subject_id)
        assert [KINDS[kind].told(None, subject)] == said if subject else said == []
    assert (count_waiting(ines)["notices"] > 0) is Notice.objects.visible_to(ines).unread().exists()
    return said


SITUATIONS = {
    "took it back": lambda undo, subject, ines, who: undo(subject, who),
    "is blocked": lambda undo, subject, ines, who: block_member(who, by=ines),
    "blocks": lambda undo, subject, ines, who: block_member(ines, by=who),
    "is suspended": lambda undo, subject, ines, who: suspend_member(who, by=MemberFactory(is_staff=True)),
}


@unmailed
@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_whoever_is_gone_is_gone_from_it_and_it_goes_with_the_last(kind, situation, ines, tomasz, amara):
    make, do, undo = WAYS[kind]
    connect(amara, ines)
    Notice.objects.all().delete()
    subject = make(ines)
    for member in (tomasz, amara):
        do(subject, member)
    one, many = SAID[kind]
    assert told(ines, kind) == [many.format("Amara Okafor and Tomasz Wiśniewski")]
    assert Notice.objects.filter(recipient=ines).count() == 1
    SITUATIONS[situation](undo, subject, ines, amara)
    assert told(ines, kind) == [one.format("Tomasz Wiśniewski")]
    SITUATIONS[situation](undo, subject, ines, tomasz)
    assert told(ines, kind) == []


@unmailed
@pytest.mark.parametrize("kind", WAYS)
def test_nobody_is_told_what_they_do_themselves_and_nothing_of_what_is_gone(kind, ines, tomasz):
    make, do, _undo = WAYS[kind]
    Notice.objects.all().delete()
    subject = make(ines)
    if kind in ("like", "repost"):
        do(subject, ines)
        assert not Notice.objects.exists()
        do(subject, tomasz)
        assert told(ines, kind) == [SAID[kind][0].format("Tomasz Wiśniewski")]
    else:
        do(subject, tomasz)
    subject.delete()
    assert told(ines, kind) == []


@unmailed
def test_a_sentence_for_each_number_of_them_and_each_way_to_react(ines, monkeypatch):
    monkeypatch.setattr(of_many, "EXACT", 4)
    said, seen = a_post(ines), []
    for name in ("Ana", "Ben", "Cleo", "Dara", "Ezra"):
        like(MemberFactory(first_name=name, last_name=""), said)
        seen += told(ines, "like")
    assert seen == [
        "Ana likes your post.",
        "Ben and Ana like your post.",
        "Cleo and 2 others like your post.",
        "Dara and 3 others like your post.",
        "Ezra and more than 3 others like your post.",
    ]
    react_to_post(said, by=MemberFactory(first_name="Fay", last_name=""), kind="curious")
    assert told(ines, "like") == ["Fay and more than 3 others reacted to your post."]


@unmailed
def test_it_comes_back_on_top_once_it_was_read_and_a_day_is_over(ines, tomasz, amara, lina):
    with time_machine.travel(NOON, tick=False) as clock:
        Notice.objects.all().delete()
        said = a_post(ines)
        like(tomasz, said)
        first = Notice.objects.get()
        mark_all_read(by=ines)
        clock.shift(NOT_WITHIN)
        like(amara, said)
        assert Notice.objects.get() == first
        clock.shift(timedelta(seconds=1))
        react_to_post(said, by=amara, kind="curious")  # who has reacted before
        assert Notice.objects.get() == first
        like(lina, said)
    again = Notice.objects.get()
    assert again.pk > first.pk
    assert again.read_at is None


@unmailed
def test_it_stays_where_its_reader_put_it_while_it_is_switched_off_in_the_app(ines, tomasz, amara):
    with time_machine.travel(NOON, tick=False) as clock:
        said = a_post(ines)
        like(tomasz, said)
        mark_all_read(by=ines)
        choose(by=ines, in_app=[], by_email=[])
        clock.shift(2 * NOT_WITHIN)
        like(amara, said)
        assert not Notice.objects.filter(recipient=ines).unread().exists()


@unmailed
class TestEndorsements:
    @pytest.mark.parametrize(
        "hide",
        [
            lambda ines: hide_endorsement(Endorsement.objects.get(), by=ines),
            lambda ines: switch_follower_endorsements(by=ines, shown=False),
        ],
        ids=["it", "all by followers"],
    )
    def test_one_that_its_subject_hides_is_told_no_more(self, hide, ines, amara):
        endorse_skill(a_skill(ines), by=amara)
        assert told(ines, "endorsement") == ["Amara Okafor endorsed a skill of yours."]
        hide(ines)
        ines.refresh_from_db()
        assert told(ines, "endorsement") == []

    def test_each_skill_has_its_own_and_says_which(self, ines, tomasz):
        for name in ("Hydrology", "Bridges"):
            endorse_skill(Skill.objects.create(member=ines, name=name), by=tomasz)
        lines = [line for line in read_page(ines)[0] if line.notice.kind == "endorsement"]
        assert [line.remark for line in lines] == ["Bridges", "Hydrology"]


class TestTheEmail:
    def test_waits_a_quarter_of_an_hour_for_others_and_comes_once(self, ines, tomasz, amara, worker, mailoutbox):
        with time_machine.travel(NOON, tick=False) as clock:
            said = a_post(ines)
            DBTaskResult.objects.all().delete()
            mailoutbox.clear()
            like(tomasz, said)
            worker()
            assert mailoutbox == []
            like(amara, said)
            clock.shift(of_many.EMAIL_WAITS)
            worker()
            like(MemberFactory(), said)
            clock.shift(2 * NOT_WITHIN)
            worker()
        assert [email.subject for email in mailoutbox] == ["Amara Okafor and Tomasz Wiśniewski like your post."]

    @pytest.mark.parametrize("meanwhile", ["taken back", "read"])
    def test_is_not_sent_about_what_was_taken_back_or_read(self, meanwhile, ines, tomasz, worker, mailoutbox):
        with time_machine.travel(NOON, tick=False) as clock:
            said = a_post(ines)
            DBTaskResult.objects.all().delete()
            mailoutbox.clear()
            like(tomasz, said)
            take_back_reaction(said, by=tomasz) if meanwhile == "taken back" else mark_all_read(by=ines)
            clock.shift(of_many.EMAIL_WAITS)
            worker()
        assert mailoutbox == []
        assert not Email.objects.filter(kind="like").exists()


@unmailed
@pytest.mark.parametrize("subjects", [1, 20])
def test_reading_them_costs_one_query_for_each_kind_however_many_did_it(subjects, ines, as_member):
    likers = [MemberFactory() for _turn in range(3)]
    for member in likers[:2]:
        connect(member, ines)
    Notice.objects.all().delete()
    for number in range(subjects):
        said, skill = a_post(ines), Skill.objects.create(member=ines, name=f"Skill {number}")
        for member in likers:
            like(member, said)
        for member in likers[:2]:
            pass_on(member, said)
            endorse_skill(skill, by=member)
    read_page(ines)
    with CaptureQueriesContext(connection) as queries:
        read_page(ines)
    assert len(queries) == 1 + 3, "the notices, and what each of three kinds is about"


STORM = 500
AT_A_TIME = 12


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_likes_makes_one_notice_and_one_email(worker, mailoutbox):
    author = MemberFactory(first_name="Ines", last_name="Moreau", email="ines@example.com")
    said, members = a_post(author), crowd(STORM)

    def likes(some) -> None:
        try:
            for member in some:
                react_to_post(said, by=member)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        list(pool.map(likes, [members[start::AT_A_TIME] for start in range(AT_A_TIME)]))
    assert Reaction.objects.filter(post=said).count() == STORM
    assert Notice.objects.filter(recipient=author).count() == 1
    with time_machine.travel(datetime.now(UTC) + of_many.EMAIL_WAITS, tick=False):
        worker()
    assert [email.to for email in mailoutbox] == [["ines@example.com"]]
    assert mailoutbox[0].subject.endswith(" and more than 99 others like your post.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unmailed")
def test_those_who_endorse_a_skill_at_the_same_moment_are_one_notice_also_when_it_comes_back():
    owner = MemberFactory()
    skill, members = a_skill(owner), [MemberFactory() for _turn in range(4)]
    for member in members:
        connect(member, owner)
    Notice.objects.all().delete()
    for round_ in (members[:2], members[2:]):
        at_once(*[lambda by=by: endorse_skill(skill, by=by) for by in round_])
        notice = Notice.objects.get()
        assert notice.read_at is None
        Notice.objects.update(created_at=NOON - timedelta(days=300), read_at=NOON)
