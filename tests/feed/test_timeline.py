"""The feed: what stands in it, in which order, why, and what a page of it costs (product.md §8)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feed.lists import cursors
from feed.lists.timeline import feed_of, posts_of
from feed.models import Post
from feed.showing.items import present
from network.actions import follow_member, mute_member, unfollow_member
from tests.factories import MemberFactory, comment, connect, follow, like, pass_on, post, request

pytestmark = pytest.mark.usefixtures("unmailed")


def texts(page) -> list[str]:
    return [each.text for each in page.posts]


def reasons(viewer) -> list[str]:
    return [item.reason for item in present(feed_of(viewer).posts, viewer=viewer, reasons=True)]


def all_pages(viewer, *, limit: int) -> list[int]:
    numbers, before = [], None
    while True:
        page = feed_of(viewer, before=before, limit=limit)
        numbers += [each.pk for each in page.posts]
        if page.more is None:
            return numbers
        before = page.more


class TestWhatStandsInIt:
    def test_posts_of_connections_follows_and_oneself_newest_first(self, ines, tomasz, lina):
        follow(ines, lina)
        post(tomasz, "First."), post(lina, "Second."), post(ines, "Third."), post(MemberFactory(), "Of a stranger.")
        assert texts(feed_of(ines)) == ["Third.", "Second.", "First."]

    def test_nobody_unfollowed_or_muted_although_still_connected(self, ines, tomasz):
        post(tomasz)
        mute_member(tomasz, by=ines, until=timezone.now() + timedelta(days=30))
        assert texts(feed_of(ines)) == []
        follow_member(tomasz, by=ines)
        unfollow_member(tomasz, by=ines)
        assert texts(feed_of(ines)) == []

    def test_somebody_who_is_new_and_follows_nobody_finds_only_their_own(self, lina):
        post(MemberFactory(), "Elsewhere.")
        assert texts(feed_of(lina)) == []
        post(lina, "Hello.")
        assert texts(feed_of(lina)) == ["Hello."]

    def test_somebody_who_follows_nobody_does_not_read_the_table_of_posts(self, lina):
        writers = [MemberFactory() for number in range(20)]
        Post.objects.bulk_create(Post(author=writer, text="An update.") for number in range(100) for writer in writers)
        with CaptureQueriesContext(connection) as queries:
            feed_of(lina)
        assert len(queries) == 1
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE feed_post")
            # With a million posts the planner needs no pushing; with two thousand it may find reading them all cheap.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute("EXPLAIN (COSTS OFF) " + queries[0]["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on feed_post" not in plan
        assert plan.count("Index Cond: ((author_id = ") == 2

    def test_a_quiet_follow_brings_posts_too(self, ines, lina):
        follow(lina, ines, quiet=True)
        post(ines)
        assert len(feed_of(lina).posts) == 1


class TestItsReasons:
    def test_each_item_says_in_one_sentence_why_it_is_there(self, ines, tomasz, lina):
        follow(ines, lina)
        post(tomasz), post(lina), post(ines)
        assert reasons(ines) == ["Your own update.", "You follow Lina.", "You are connected with Tomasz."]

    def test_a_repost_names_who_passed_it_on(self, ines, tomasz, lina):
        original = post(MemberFactory(), audience="public")
        pass_on(tomasz, original, text="Good.")
        assert reasons(ines) == ["Tomasz, whom you are connected with, reposted this."]
        follow(lina, tomasz)
        assert reasons(lina) == ["Tomasz, whom you follow, reposted this."]


class TestRepostsInIt:
    def test_a_wordless_repost_shows_the_original_itself(self, ines, tomasz):
        original = post(MemberFactory(first_name="Noor"), "The original.")
        pass_on(tomasz, original)
        (item,) = present(feed_of(ines).posts, viewer=ines, reasons=True)
        assert (item.id, item.speaker.first_name) == (original.pk, "Noor")
        assert item.reason.startswith("Tomasz")

    def test_an_original_stands_once_on_a_page_where_it_was_passed_on_last(self, ines, tomasz, lina):
        follow(ines, lina)
        original = post(lina, "Once.")
        pass_on(tomasz, original)
        pass_on(MemberFactory(), original)
        items = present(feed_of(ines).posts, viewer=ines, reasons=True)
        assert [item.id for item in items] == [original.pk]
        assert items[0].reason.startswith("Tomasz")

    def test_a_repost_with_words_stands_beside_its_original(self, ines, tomasz, lina):
        follow(ines, lina)
        original = post(lina, "The original.")
        quoting = pass_on(tomasz, original, text="Look.")
        items = present(feed_of(ines).posts, viewer=ines)
        assert [item.id for item in items] == [quoting.pk, original.pk]
        assert items[0].original.id == original.pk


class TestItsPages:
    @pytest.mark.parametrize("limit", [1, 3, 7, 50])
    def test_hold_every_post_exactly_once(self, ines, tomasz, lina, limit):
        follow(ines, lina)
        written = [post([tomasz, lina, ines][number % 3], str(number)).pk for number in range(20)]
        assert all_pages(ines, limit=limit) == written[::-1]

    def test_neither_repeat_nor_skip_while_new_posts_arrive(self, ines, tomasz, lina):
        follow(ines, lina)
        written = [post([tomasz, lina][number % 2], str(number)).pk for number in range(12)]
        read, before = [], None
        for _turn in range(4):
            page = feed_of(ines, before=before, limit=3)
            read += [each.pk for each in page.posts]
            before = page.more
            post(tomasz, "new"), post(lina, "new"), post(ines, "new")
        assert read == written[::-1]

    def test_go_on_past_posts_that_can_not_be_seen(self, ines, tomasz):
        seen = post(tomasz, "Below.")
        stranger = MemberFactory()
        connect(stranger, tomasz)
        for number in range(9):
            pass_on(tomasz, post(stranger, audience="connections"), text=str(number))
        assert [each.pk for each in feed_of(ines, limit=4).posts] == [seen.pk]

    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_neither_end_early_nor_promise_more_where_only_unseen_posts_are_left(
        self, ines, tomasz, limit, monkeypatch
    ):
        monkeypatch.setattr("feed.lists.timeline.SPARE", 1)
        stranger = MemberFactory()
        connect(stranger, tomasz)
        unseen = [post(stranger, audience="connections") for _turn in range(9)]
        pass_on(tomasz, unseen[0], text="Below it all.")
        seen = [post(tomasz, str(number)).pk for number in range(2)]
        for original in unseen[1:]:
            pass_on(tomasz, original, text="Look.")
        first = feed_of(ines, limit=limit)
        assert [each.pk for each in first.posts] == seen[::-1][:limit]
        assert (first.more is None) == (limit >= 2)
        assert all_pages(ines, limit=limit) == seen[::-1]

    @pytest.mark.parametrize("word", ["nonsense!", "-1", "0", "zzzzzzzzzzzzzz", "zzzzzzzzzzzzz", "'", "\x00", "١"])
    def test_begin_anew_at_an_address_that_was_never_theirs(self, word, ines, as_member):
        post(ines, "On the first page.")
        for headers in ({}, {"HX-Request": "true"}):
            answer = as_member(ines).get("/", {"before": word}, headers=headers)
            assert answer.status_code == 200
            assert "On the first page." in answer.content.decode()
        assert as_member(ines).get("/in/ines/posts/", {"before": word}).status_code == 200

    def test_a_cursor_reads_as_it_was_written(self):
        assert [cursors.read(cursors.written(pk)) for pk in (1, 35, 36, 10**12)] == [1, 35, 36, 10**12]
        assert cursors.read("") is cursors.read(None) is None

    def test_the_next_page_is_the_same_with_and_without_htmx(self, ines, tomasz, as_member):
        for number in range(25):
            post(tomasz, f"Number {number}.")
        client = as_member(ines)
        first = client.get("/")
        assert "HX-Request" in first.headers["Vary"]
        more = feed_of(ines).more
        address = f"/?before={cursors.written(more)}"
        assert address in first.content.decode()
        whole = client.get(address).content.decode()
        rows = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" in whole
        assert "<html" not in rows
        for number in range(25):
            said = f"Number {number}."
            assert (said in whole) == (said in rows) == (number < 5)

    def test_a_members_posts_come_in_pages_too(self, ines, lina):
        written = [post(ines, str(number)).pk for number in range(7)]
        first = posts_of(ines, viewer=lina, limit=4)
        second = posts_of(ines, viewer=lina, before=first.more, limit=4)
        assert [each.pk for each in (*first.posts, *second.posts)] == written[::-1]
        assert second.more is None


def fill(viewer, *, sources: int, each: int) -> None:
    """Let `sources` people whom the viewer hears write and pass on, with comments and likes."""
    far = MemberFactory()
    for number in range(sources):
        source = MemberFactory()
        connect(source, viewer) if number % 2 else follow(viewer, source)
        for _turn in range(each):
            written = post(source, audience="public")
            comment(viewer, written), like(viewer, written)
            pass_on(source, post(far), text="Look.")
    request(MemberFactory(), viewer, note="We met at the gauge.")


def queries_of(client, address: str) -> int:
    client.get(address)  # what Django keeps from the first request on
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("sources", "each"), [(1, 1), (50, 1), (3, 20)])
def test_a_page_of_the_feed_costs_12_queries_however_much_there_is(sources, each, ines, as_member):
    fill(ines, sources=sources, each=each)
    assert queries_of(as_member(ines), "/") <= 12


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_of_a_post_costs_11_queries_however_many_comments_it_has(many, ines, tomasz, as_member):
    mine = post(ines)
    for _turn in range(many):
        first = comment(MemberFactory(), mine)
        comment(tomasz, mine, reply_to=first)
    assert queries_of(as_member(tomasz), mine.get_absolute_url()) <= 11


@pytest.mark.parametrize("many", [1, 50])
def test_a_members_posts_cost_10_queries_however_many_there_are(many, ines, tomasz, as_member):
    for number in range(many):
        post(ines, str(number))
    assert queries_of(as_member(tomasz), "/in/ines/posts/") <= 10


@pytest.mark.parametrize("many", [1, 50])
def test_the_front_page_costs_6_queries_however_many_posts_there_are(many, client, db):
    for _turn in range(many):
        comment(MemberFactory(public=True), post(MemberFactory(public=True), audience="public"))
    assert queries_of(client, "/") <= 6
    assert Post.objects.count() == many
