"""New positions and anniversaries are announced only where they are ticked, and others congratulate (product.md §8)."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import suspend_member
from accounts.audiences import Audience
from accounts.models import User
from accounts.refusals import Refusal
from feed.actions import (
    announce_anniversaries,
    comment_on_post,
    congratulate,
    delete_post,
    edit_post,
    react_to_post,
    repost,
    take_back_congratulation,
)
from feed.lists.timeline import feed_of, with_what_they_show
from feed.models import Post, PostTag, Reaction
from feed.showing.items import present
from notifications import chores
from notifications.models import Notice
from notifications.reading import read_page
from profiles.actions import delete_from_profile, edit_entry
from profiles.announcing import Announcing
from profiles.models import Position
from tests.factories import MemberFactory, UnclaimedFactory, celebration, connect, follow, position_begun

pytestmark = pytest.mark.usefixtures("unmailed")

NEW = Announcing(new=True)
YEARLY = Announcing(anniversaries=True)
NOVEMBER = datetime(2026, 11, 24, 12, tzinfo=UTC)


def typed(**fields) -> dict:
    today = timezone.localdate()
    start = {"started_year": today.year, "started_month": today.month}
    return {"title": "Head of Rivers", "organization": "Delta Works", "key": uuid4()} | start | fields


def said(member) -> list[str]:
    return [post.celebration for post in Post.objects.filter(author=member).order_by("pk")]


class TestOptIn:
    def test_a_position_without_a_tick_announces_nothing_however_it_comes(self, ines, as_member, tmp_path):
        client = as_member(ines)
        client.post(reverse("add_entry", args=["positions"]), typed())
        position = Position.objects.get()
        client.post(reverse("edit_entry", args=["positions", position.pk]), typed(title="Director"))
        Position.objects.create(member=ines, organization="Eau", started_year=2020, started_month=NOVEMBER.month)
        UnclaimedFactory(email="walter@example.com")
        roster = tmp_path / "positions.csv"
        roster.write_text("Email Address,Company Name,Started On\nwalter@example.com,Delta Works,2020\n")
        call_command("import_positions", str(roster), stdout=StringIO())
        with time_machine.travel(NOVEMBER, tick=False):
            assert announce_anniversaries() == 0
        assert Position.objects.count() == 3
        assert not Post.objects.exists()

    def test_both_ticks_are_off_until_the_member_sets_them(self, ines, as_member):
        form = as_member(ines).get(reverse("add_entry", args=["positions"])).context["form"]
        assert [form[name].value() for name in ("announce", "anniversaries", "announced_to")] == [
            False,
            False,
            Audience.CONNECTIONS,
        ]

    def test_a_tick_announces_the_position_once_in_the_feeds_of_connections(self, ines, tomasz, amara, as_member):
        form, client = typed(announce="on", words="The river is mine now."), as_member(ines)
        for _turn in range(2):
            assert client.post(reverse("add_entry", args=["positions"]), form).status_code == 302
        (item,) = present(feed_of(tomasz).posts, viewer=tomasz, reasons=True)
        assert item.celebration == "Ines started as Head of Rivers at Delta Works"
        assert "The river is mine now." in item.said
        assert (item.reason, item.audience) == ("You are connected with Ines.", "Connections only")
        assert present(feed_of(ines).posts, viewer=ines, reasons=True)[0].reason == (
            "You let others know of your position."
        )
        assert not feed_of(amara).posts

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"started_month": "", "started_year": 2026}, "Say in which month and year it began"),
            ({"started_year": 2013}, "began within three months"),
            ({"started_year": 2013, "ended_year": 2014}, "began within three months"),
        ],
    )
    def test_only_what_is_new_and_goes_on_is_announced_and_the_field_says_so(self, ines, as_member, fields, sentence):
        answer = as_member(ines).post(reverse("add_entry", args=["positions"]), typed(announce="on", **fields))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["announce"]
        assert sentence in answer.content.decode()
        assert not Position.objects.exists()

    @pytest.mark.parametrize(
        ("months", "offered"), [(-1, False), (0, True), (3, True), (4, False)], ids=["to come", "now", "3", "4"]
    )
    def test_it_is_offered_for_three_months_and_refused_by_the_action_after_them(
        self, ines, as_member, months, offered
    ):
        position = position_begun(ines, months_ago=months)
        page = as_member(ines).get(reverse("edit_entry", args=["positions", position.pk]))
        assert page.context["form"]["announce"].field.disabled is not offered
        assert ("Offered within three months" in page.content.decode()) is not offered
        if offered:
            edit_entry(position, by=ines, announcing=NEW)
        else:
            with pytest.raises(Refusal, match="within the last three months"):
                edit_entry(position, by=ines, announcing=NEW)
        assert Post.objects.exists() is offered

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [({"started_month": ""}, "it has no anniversaries else"), ({"ended_year": 2014}, "This position has ended.")],
    )
    def test_anniversaries_need_a_month_and_a_position_that_goes_on(self, ines, as_member, fields, sentence):
        form = typed(anniversaries="on", started_year=2013) | fields
        answer = as_member(ines).post(reverse("add_entry", args=["positions"]), form)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        with pytest.raises(Refusal, match="in which month"):
            position_begun(ines, started_month=None, announcing=YEARLY)


class TestWhatItSays:
    def test_it_is_made_of_the_position_as_it_is_in_the_readers_language(self, ines):
        post = celebration(ines)
        edit_entry(post.celebrates, by=ines, organization="Eau", announcing=NEW)
        assert said(ines) == ["Ines started as Head of Rivers at Eau"]
        edit_entry(post.celebrates, by=ines, title="", announcing=NEW)
        assert said(ines) == ["Ines started at Eau"]
        with translation.override("de"):  # no German yet: the sentence is looked up when it is read, not stored
            assert Post.objects.get().text == ""

    def test_its_words_may_be_added_changed_and_emptied_afterwards(self, ines, as_member):
        post = celebration(ines)
        address = reverse("edit_post", args=[post.pk])
        for words in ("Thank you all.", ""):
            form = {"text": words, "audience": "connections", "comments_from": "anyone"}
            assert as_member(ines).post(address, form).status_code == 302
            post.refresh_from_db()
            assert post.text == words
        assert "Ines started as" in as_member(ines).get(address).content.decode()

    @pytest.mark.parametrize("to", ["connections", "members", "public"])
    def test_it_is_for_whom_the_member_chose(self, cast, to):
        ines = cast["ines"]
        User.objects.filter(pk=ines.pk).update(profile_audience="public")
        post = celebration(ines, to=to)
        seen = {name for name, viewer in cast.items() if Post.objects.visible_to(viewer).filter(pk=post.pk).exists()}
        assert (
            seen
            == {
                "connections": {"ines", "tomasz"},
                "members": {"ines", "tomasz", "amara", "lina"},
                "public": {"ines", "tomasz", "amara", "lina", "visitor"},
            }[to]
        )

    def test_its_audience_may_be_narrowed_at_the_position_but_not_widened(self, ines):
        post = celebration(ines, to="members", words="Back to the #rivers.")
        edit_entry(post.celebrates, by=ines, announcing=Announcing(new=True, to="public"))
        assert Post.objects.get().audience == PostTag.objects.get().audience == "members"
        edit_entry(post.celebrates, by=ines, announcing=Announcing(new=True, to="connections"))
        assert Post.objects.get().audience == PostTag.objects.get().audience == "connections"

    def test_it_can_be_reported_and_commented_on_and_is_never_passed_on(self, ines, tomasz, as_member):
        post, client = celebration(ines), as_member(tomasz)
        assert "Ines started as" in client.get(reverse("report", args=["post", post.pk])).content.decode()
        comment_on_post(post, by=tomasz, text="At last.")
        assert client.get(reverse("repost", args=[post.pk])).status_code == 404
        with pytest.raises(Refusal):
            repost(post, by=tomasz)
        assert "Repost" not in client.get(post.get_absolute_url()).content.decode()


class TestTakingBack:
    def test_unticking_takes_it_back_with_what_was_said_to_it(self, ines, tomasz, as_member):
        post = celebration(ines)
        comment_on_post(post, by=tomasz, text="At last.")
        congratulate(post, by=tomasz)
        as_member(ines).post(reverse("edit_entry", args=["positions", post.celebrates_id]), typed())
        assert not Post.objects.exists()
        assert not Reaction.objects.exists()
        assert read_page(ines)[0] == []

    def test_deleting_the_position_takes_its_celebrations_along(self, ines):
        post = celebration(ines)
        delete_from_profile(post.celebrates, by=ines)
        assert not Post.objects.exists()

    def test_deleting_the_post_unticks_the_position_so_that_it_does_not_come_back(self, ines):
        post = celebration(ines)
        delete_post(post, by=ines)
        position = Position.objects.get()
        assert position.announced_at is None
        edit_entry(position, by=ines, title="Director")
        assert not Post.objects.exists()

    def test_somebody_else_takes_nothing_back(self, ines, tomasz):
        post = celebration(ines)
        delete_post(post, by=tomasz)
        assert Position.objects.get().announced_at
        assert Post.objects.exists()


class TestAnniversaries:
    @pytest.fixture(autouse=True)
    def _in_november(self):
        with time_machine.travel(NOVEMBER, tick=False):
            yield

    def test_it_is_a_chore_of_every_worker(self):
        assert announce_anniversaries in chores.CHORES

    @pytest.mark.parametrize(
        ("started", "says"),
        [
            ((2025, 11), "Ines has been at Delta Works for 1 year"),
            ((2016, 11), "Ines has been at Delta Works for 10 years"),
            ((2026, 11), None),
            ((2016, 10), None),
            ((2016, 12), None),
        ],
    )
    def test_whole_years_are_announced_in_the_month_in_which_it_began(self, ines, started, says):
        position_begun(ines, started_year=started[0], started_month=started[1], announcing=YEARLY)
        assert announce_anniversaries() == (says is not None)
        assert said(ines) == ([says] if says else [])
        assert announce_anniversaries() == 0, "once"

    def test_a_title_is_named_since_somebody_may_have_been_there_longer(self, ines):
        position_begun(ines, months_ago=120)
        position_begun(ines, months_ago=24, title="Head of Rivers", announcing=YEARLY)
        announce_anniversaries()
        assert said(ines) == ["Ines has been Head of Rivers at Delta Works for 2 years"]

    def test_not_what_has_ended_nor_of_a_member_who_is_not_there(self, ines, lina):
        position_begun(ines, months_ago=24, ended_year=2026, ended_month=10, announcing=YEARLY)
        position_begun(lina, months_ago=24, announcing=YEARLY)
        suspend_member(lina, by=MemberFactory(is_staff=True))
        assert announce_anniversaries() == 0

    @pytest.mark.parametrize(
        ("again", "announced"),
        [(datetime(2026, 11, 4, tzinfo=UTC), 1), (datetime(2026, 11, 30, 23, 50, tzinfo=UTC), 1),
         (datetime(2026, 12, 1, 0, 10, tzinfo=UTC), 0), (datetime(2027, 1, 1, tzinfo=UTC), 0)],
        ids=["three days late", "at the last moment", "in the next month", "two months late"],
    )  # fmt: skip
    def test_a_worker_that_was_down_makes_up_for_this_month_and_no_other(self, ines, again, announced):
        with time_machine.travel(datetime(2026, 10, 31, tzinfo=UTC), tick=False):
            position_begun(ines, months_ago=11, announcing=YEARLY)
            assert announce_anniversaries() == 0
        with time_machine.travel(again, tick=False):
            assert announce_anniversaries() == announced

    def test_each_year_has_its_own(self, ines):
        position_begun(ines, months_ago=12, announcing=YEARLY)
        announce_anniversaries()
        with time_machine.travel(datetime(2027, 11, 1, 0, 1, tzinfo=UTC), tick=False):
            assert announce_anniversaries() == 1
        assert said(ines) == ["Ines has been at Delta Works for 1 year", "Ines has been at Delta Works for 2 years"]

    def test_one_that_the_member_deleted_does_not_come_back_but_the_next_does(self, ines):
        position_begun(ines, months_ago=12, announcing=YEARLY)
        announce_anniversaries()
        delete_post(Post.objects.get(), by=ines)
        assert announce_anniversaries() == 0
        with time_machine.travel(datetime(2027, 11, 1, tzinfo=UTC), tick=False):
            assert announce_anniversaries() == 1

    def test_unticking_takes_it_back(self, ines):
        position = position_begun(ines, months_ago=12, announcing=YEARLY)
        announce_anniversaries()
        edit_entry(position, by=ines, announcing=Announcing())
        assert announce_anniversaries() == 0
        assert not Post.objects.exists()

    def test_a_corrected_start_corrects_what_was_said_or_takes_it_back(self, ines):
        position = position_begun(ines, months_ago=36, announcing=YEARLY)
        announce_anniversaries()
        edit_entry(position, by=ines, started_year=2020, announcing=YEARLY)
        assert said(ines) == ["Ines has been at Delta Works for 6 years"]
        edit_entry(position, by=ines, started_year=2026, announcing=YEARLY)
        assert said(ines) == []
        edit_entry(position, by=ines, started_year=None, started_month=None)
        assert Position.objects.get().anniversaries_at is None


class TestCongratulating:
    def test_one_click_congratulates_and_a_second_takes_it_back(self, ines, tomasz, as_member):
        post, client = celebration(ines), as_member(tomasz)
        for name, words in (
            ("congratulate", "Congratulate · 1"),
            ("take_back_congratulation", "Congratulate</button>"),
        ):
            address = reverse(name, args=[post.pk])
            swapped = client.post(address, headers={"HX-Request": "true"}).content.decode()
            assert words in swapped
            assert client.post(address).url == f"{post.get_absolute_url()}#post-{post.pk}", "twice is once"
            assert Reaction.objects.count() == (name == "congratulate")
        assert client.get(address).status_code == 405

    @pytest.mark.parametrize("name", ["tomasz", "amara", "lina", "bill", "jorge", "ines", "visitor"])
    def test_only_those_who_see_it_may_and_never_oneself(self, name, cast, as_member):
        post = celebration(cast["ines"])
        answer = as_member(cast[name]).post(reverse("congratulate", args=[post.pk]))
        expected = {"tomasz": f"{post.get_absolute_url()}#post-{post.pk}"}.get(name)
        assert answer.status_code == (302 if name in ("tomasz", "visitor") else 404)
        assert Reaction.objects.exists() is (expected is not None)

    def test_its_member_reads_how_many_and_has_no_button(self, ines, tomasz, as_member):
        post = celebration(ines)
        congratulate(post, by=tomasz)
        page = as_member(ines).get(post.get_absolute_url()).content.decode()
        assert "1 congratulation<" in page
        assert reverse("congratulate", args=[post.pk]) not in page

    def test_a_celebration_is_not_liked_and_an_update_not_congratulated(self, ines, tomasz):
        from tests.factories import post as publish

        for act, thing in ((react_to_post, celebration(ines)), (congratulate, publish(ines))):
            with pytest.raises(Refusal):
                act(thing, by=tomasz)

    def test_a_suspended_member_counts_no_more(self, ines, tomasz, as_member):
        post = celebration(ines)
        congratulate(post, by=tomasz)
        suspend_member(tomasz, by=MemberFactory(is_staff=True))
        (item,) = present(with_what_they_show(Post.objects.filter(pk=post.pk)), viewer=ines)
        assert item.likes_said == "0 congratulations"
        assert read_page(ines)[0] == []

    def test_the_member_is_told_once_of_all_and_again_on_top_after_a_day(self, ines, tomasz):
        others = [MemberFactory(first_name=name, last_name="") for name in ("Noor", "Wei")]
        for other in others:
            connect(other, ines)
        Notice.objects.all().delete()
        post = celebration(ines)

        def line() -> str:
            (line,) = read_page(ines)[0]
            assert line.remark == "Ines started as Head of Rivers at Delta Works"
            assert line.address == post.get_absolute_url()
            return line.sentence

        congratulate(post, by=tomasz)
        assert line() == "Tomasz Wiśniewski congratulated you."
        congratulate(post, by=others[0])
        assert line() == "Noor and Tomasz Wiśniewski congratulated you."
        Notice.objects.update(read_at=timezone.now())
        congratulate(post, by=others[1])
        assert line() == "Wei and 2 others congratulated you."
        assert Notice.objects.unread().count() == 0, "not within a day"
        Notice.objects.update(created_at=timezone.now() - timedelta(days=2))
        take_back_congratulation(post, by=tomasz)
        congratulate(post, by=tomasz)
        assert Notice.objects.unread().count() == 1
        for member in (tomasz, *others):
            take_back_congratulation(post, by=member)
        assert read_page(ines)[0] == []


def test_a_feed_costs_the_same_with_one_celebration_as_with_twenty(ines, as_member, django_assert_num_queries):
    client, counts = as_member(ines), []
    client.get("/")
    for more in (1, 19):
        for _number in range(more):
            other = MemberFactory()
            follow(ines, other)
            celebration(other, to="members")
        with django_assert_num_queries(2):
            posts = feed_of(ines).posts
        with django_assert_num_queries(3):
            present(posts, viewer=ines, reasons=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").content.decode().count('class="celebration"') == len(posts)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_narrowing_on_the_post_itself_leaves_the_tick_for_later_years(ines):
    post = celebration(ines, to="members")
    edit_post(post, by=ines, text="", audience="connections")
    assert (Post.objects.get().audience, Position.objects.get().announced_to) == ("connections", "members")
