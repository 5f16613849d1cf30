"""Highlights: in which order it stands, who holds half of a page, and that it doesn't shift while one reads (§8)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import block_member
from accounts.models.standing import FOR_GOOD
from communities.actions import follow_organization, start_organization
from feed.actions import delete_post, follow_tag, hide_from_feed, see_as_before, see_less, take_back_reaction
from feed.highlights import closeness, readings
from feed.highlights.readings import Place, page_of, reading_of, start_of
from feed.highlights.signals import NEW, TIES, Facts, Signal, compose, points, strongest
from feed.lists import cursors
from feed.lists.orders import HIGHLIGHTS, page
from feed.models import Closeness, Post, Reading
from network.actions import mute_member
from tests.factories import MemberFactory, answer_each_other, comment, connect, follow, like, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def facts(**known) -> Facts:
    return Facts(**{"posted_at": NOW, "tie": "follow"} | known)


def total(**known) -> float:
    return sum(points(facts(**known), at=NOW).values())


def aged(what: Post, **ago) -> Post:
    Post.objects.filter(pk=what.pk).update(posted_at=timezone.now() - timedelta(**ago))
    return what


def read_all(viewer, *, limit: int = 20, reading: Reading | None = None) -> list[list[int]]:
    """The posts of all pages of a reading."""
    reading = reading or reading_of(viewer)
    pages, place = [], start_of(reading)
    while place:
        found = page_of(reading, place, viewer=viewer, limit=limit)
        pages.append([each.pk for each in found.posts])
        place = found.more
    return pages


def flat(pages: list[list[int]]) -> list[int]:
    return [pk for page in pages for pk in page]


class TestWhatCounts:
    def test_each_signal_gives_more_for_more_of_it(self):
        older = NOW - timedelta(days=1)
        assert points(facts(posted_at=older), at=NOW)[Signal.NEW] == NEW / 2
        assert total(posted_at=older) < total()
        assert total(tie="connection") > total()
        assert total(days=1) < total(days=3) < total(days=4) == total(days=40)
        assert total(ground=10) < total(ground=30) < total(ground=40) == total(ground=400)
        assert total() < total(responses=1) < total(responses=8) < total(responses=31) == total(responses=3000)
        assert total(is_less=True) == total() / 4

    @given(st.sampled_from(sorted(TIES)), st.integers(0, 90), st.integers(0, 99), st.integers(0, 99), st.booleans())
    def test_the_reason_is_what_gave_the_most(self, tie, days, ground, responses, is_less):
        given_points = points(
            facts(tie=tie, days=days, ground=ground, responses=responses, is_less=is_less), at=NOW + timedelta(days=2)
        )
        assert given_points[strongest(given_points)] == max(given_points.values())

    @given(
        st.lists(st.tuples(st.integers(0, 300), st.booleans()), max_size=60, unique_by=lambda row: row[0]),
        st.integers(1, 9),
    )
    def test_connections_hold_half_of_every_page_while_anything_is_left_from_them(self, rows, limit):
        near = sorted((rank, rank) for rank, is_near in rows if is_near)
        far = sorted((rank, rank) for rank, is_near in rows if not is_near)
        everything, read = sorted(near + far), []
        while near or far:
            page = compose(near, far, limit=limit)
            assert len(page) == min(limit, len(near) + len(far))
            left = [row for row in near if row not in page]
            assert not left or 2 * sum(row in near for row in page) >= len(page)
            near, far = left, [row for row in far if row not in page]
            read += page
        assert sorted(read) == everything
        if not any(is_near for _rank, is_near in rows):
            assert read == everything


class TestItsOrder:
    def test_what_many_respond_to_stands_above_what_is_as_new(self, ines, tomasz):
        quiet, loud = post(tomasz, "Quiet."), post(tomasz, "Loud.")
        newest = post(tomasz, "Newest.")
        for _turn in range(4):
            like(MemberFactory(), loud)
        comment(MemberFactory(), loud)
        assert flat(read_all(ines)) == [loud.pk, newest.pk, quiet.pk]

    def test_whom_one_talks_with_and_shares_things_with_comes_first_once_that_is_worked_out(self, ines, tomasz):
        other = MemberFactory()
        connect(other, ines)
        theirs = post(tomasz, "Somebody to talk with.")
        newer = post(other, "Somebody else.")
        answer_each_other(ines, tomasz, aged(post(tomasz), days=9), days=[2, 3, 4])
        assert flat(read_all(ines))[:2] == [newer.pk, theirs.pk]
        assert closeness.work_out_closeness() == 1
        assert closeness.work_out_closeness() == 0
        known = Closeness.objects.get(member=ines)
        assert known.days == {str(tomasz.pk): 3}
        assert str(other.pk) not in known.ground
        assert flat(read_all(ines, reading=reading_of(ines, anew=True)))[:2] == [theirs.pk, newer.pk]

    def test_seeing_less_of_somebody_moves_what_they_say_down_at_once_and_back(self, ines, tomasz):
        other = MemberFactory()
        connect(other, ines)
        below, above = post(other), post(tomasz)
        assert flat(read_all(ines)) == [above.pk, below.pk]
        see_less(tomasz, by=ines)
        assert flat(read_all(ines)) == [below.pk, above.pk]
        see_as_before(tomasz, by=ines)
        assert flat(read_all(ines)) == [above.pk, below.pk]

    def test_what_is_not_ranked_follows_newest_first(self, ines, tomasz, monkeypatch):
        monkeypatch.setattr("feed.highlights.ranking.RANKED", 4)
        written = [aged(post(tomasz), days=20 - number).pk for number in range(20)]
        assert flat(read_all(ines, limit=3)) == written[::-1]

    def test_what_is_older_than_thirty_days_follows_newest_first_however_many_liked_it(self, ines, tomasz):
        loved, older, new = aged(post(tomasz), days=40), aged(post(tomasz), days=35), post(tomasz, "New.")
        for _turn in range(3):
            like(MemberFactory(), loved)
        assert flat(read_all(ines)) == [new.pk, older.pk, loved.pk]
        assert [item.reason[:7] for item in page(ines, order=HIGHLIGHTS)["items"]] == ["New fro", "You are", "You are"]

    def test_connections_hold_half_of_each_page_among_many_others_also_beyond_what_is_ranked(
        self, ines, tomasz, monkeypatch
    ):
        monkeypatch.setattr("feed.highlights.ranking.RANKED", 5)
        organization = start_organization(by=None, name="Delta")
        follow_organization(organization, by=ines)
        near = {aged(post(tomasz), days=9).pk for _turn in range(9)}
        editor = MemberFactory()
        far = {Post.objects.create(author=editor, organization=organization, text=str(n)).pk for n in range(30)}
        pages = read_all(ines, limit=6)
        assert [len(near.intersection(page)) for page in pages] == [3, 3, 3, 0, 0, 0, 0]
        assert set(flat(pages)) == near | far
        assert len(flat(pages)) == 39

    def test_a_post_stands_once_on_all_pages_where_it_was_passed_on_last(self, ines, tomasz, lina, monkeypatch):
        monkeypatch.setattr("feed.highlights.ranking.RANKED", 2)
        follow(ines, lina)
        originals = [post(lina, str(number)) for number in range(4)]
        again = [pass_on(tomasz, original).pk for original in originals]
        fifth = pass_on(tomasz, post(MemberFactory())).pk
        quoting = pass_on(lina, originals[0], text="Once more.").pk
        assert sorted(flat(read_all(ines, limit=2))) == sorted([*again, fifth, quoting])


class TestWhileOneReads:
    def test_nothing_shifts_repeats_or_is_left_out(self, ines, tomasz, lina):
        follow(ines, lina)
        written = [post([tomasz, lina][number % 2], str(number)) for number in range(12)]
        likes = like(lina, written[0])
        reading = reading_of(ines)
        expected, read, place = flat(read_all(ines, limit=3, reading=reading)), [], start_of(reading)
        while place:
            found = page_of(reading, place, viewer=ines, limit=3)
            read += [each.pk for each in found.posts]
            place = found.more
            post(tomasz, "New."), comment(lina, written[-1]), pass_on(lina, written[5], text="Well.")
            for member in (MemberFactory(), tomasz):
                like(member, written[1])
            take_back_reaction(likes.post, by=lina)
        assert read == expected
        assert sorted(read) == [each.pk for each in written]

    def test_what_came_in_is_ranked_when_one_asks_for_it_or_posts_oneself_or_comes_back_later(self, ines, tomasz):
        post(tomasz)
        first = reading_of(ines)
        newer = post(tomasz)
        assert reading_of(ines) == first
        assert newer.pk not in flat(read_all(ines))
        assert reading_of(ines, anew=True) != first
        mine = post(ines)
        assert flat(read_all(ines))[0] == mine.pk
        Reading.objects.update(read_at=timezone.now() - readings.FRESH)
        assert reading_of(ines).pk > first.pk + 2
        assert reading_of(ines, place=start_of(first)) == first

    def test_what_is_deleted_muted_or_hidden_is_gone_and_leaves_no_trace(self, ines, tomasz, lina):
        follow(ines, lina)
        gone = [post(tomasz, str(number)) for number in range(2)]
        kept, muted = [post(tomasz, f"Kept {number}.") for number in range(3)], post(lina)
        reading = reading_of(ines)
        delete_post(gone[0], by=tomasz)
        hide_from_feed(gone[1], by=ines)
        mute_member(lina, by=ines, until=FOR_GOOD)
        assert read_all(ines, limit=3, reading=reading) == [[each.pk for each in reversed(kept)]]
        assert muted.pk not in flat(read_all(ines))

    def test_a_reading_is_its_members_alone_and_is_forgotten_after_two_days(self, ines, tomasz):
        post(tomasz)
        reading = reading_of(ines)
        assert reading_of(tomasz, place=start_of(reading)).member == tomasz
        Reading.objects.filter(pk=reading.pk).update(read_at=timezone.now() - readings.KEPT)
        assert readings.forget_readings() == 1
        assert reading_of(ines, place=start_of(reading)).pk != reading.pk


def test_asking_for_what_is_new_tells_of_nothing_that_the_reader_does_not_see(ines, tomasz):
    follow_tag("water", by=ines)
    seen, stranger = post(tomasz), MemberFactory()
    post(stranger, "#water")
    block_member(ines, by=stranger)
    assert page(ines, order=HIGHLIGHTS)["since"] == cursors.written(seen.pk)


class TestItsReasons:
    def test_name_what_counted_most(self, ines, tomasz, lina):
        follow(ines, lina)
        post(lina)
        aged(post(tomasz, "Two days old."), days=2)
        passed_on = aged(pass_on(tomasz, loud := aged(post(MemberFactory()), days=8)), days=7)
        for _turn in range(39):
            like(MemberFactory(), loud)
        said = [item.reason for item in page(ines, order=HIGHLIGHTS)["items"]]
        assert said == [
            "New from Lina.",
            "Tomasz, whom you are connected with, reposted this.",
            "You are connected with Tomasz.",
        ]
        Closeness.objects.create(member=ines, days={str(tomasz.pk): 9})
        (old,) = Post.objects.filter(text="Two days old.")
        reading_of(ines, anew=True)
        said = {item.id: item.reason for item in page(ines, order=HIGHLIGHTS)["items"]}
        assert said[old.pk] in ("You and Tomasz answer each other.", "You are connected with Tomasz.")
        assert passed_on.pk not in said


@pytest.mark.parametrize("word", ["nonsense!", "1.2.3", "1.2.3.4.5.6", "zzzzzzzzzzzzz.1.1.1.1", "-1.1.1.1.1", "\x00"])
def test_highlights_begin_anew_at_an_address_that_was_never_theirs(word, ines, as_member):
    post(ines, "On the first page.")
    for headers in ({}, {"HX-Request": "true"}):
        answer = as_member(ines).get("/highlights/", {"before": word}, headers=headers)
        assert "On the first page." in answer.content.decode()


def test_a_place_reads_as_it_was_written():
    for place in (Place(1, 2, 3, 4, 5), Place(10**12, 0, 99, 0, 10**15)):
        assert readings.read(readings.written(place)) == place
    assert readings.read("") is readings.read(None) is None


@pytest.mark.parametrize(("sources", "each"), [(1, 1), (3, 20)])
def test_a_page_of_highlights_costs_as_many_queries_however_much_there_is(sources, each, ines, as_member):
    for number in range(sources):
        source = MemberFactory()
        connect(source, ines) if number % 2 else follow(ines, source)
        for _turn in range(each):
            like(ines, post(source, audience="public"))
    client = as_member(ines)
    client.get("/highlights/")
    counts = {}
    for name, address in (("again", "/highlights/"), ("anew", "/highlights/?anew=1"), ("home", "/")):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts[name] = len(queries)
    assert counts["again"] == counts["home"] <= 12  # what Latest costs
    assert counts["anew"] <= 14
