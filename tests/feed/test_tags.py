"""Tags: which posts have them, their pages, following them and keeping them out of one's feed (product.md §8)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import block_member
from communities.actions import start_group, start_organization
from feed.actions import edit_post, follow_tag, mute_tag, repost, unfollow_tag, unmute_tag
from feed.actions.marking import TAGS
from feed.lists.timeline import feed_of
from feed.models import PostTag, Tag, TagFollow
from feed.showing.items import present
from feed.tags import pages as tag_pages
from feed.tags.finding import tags_like
from feed.tags.pages import posts_tagged
from network.actions import mute_member
from tests.cast import CAST
from tests.factories import MemberFactory, connect, post

pytestmark = pytest.mark.usefixtures("unmailed")


def found(name: str, viewer) -> list[str]:
    return [each.text for each in posts_tagged(name, viewer=viewer).posts]


def feed(viewer) -> list[str]:
    return [each.text for each in feed_of(viewer).posts]


def tags_of(written) -> list[str]:
    return sorted(PostTag.objects.filter(post=written).values_list("tag__folded", flat=True))


class TestWhichPostsHaveThem:
    def test_whatever_their_case_and_accents_and_in_every_script(self, ines):
        written = post(ines, "#Zürich #ZURICH #вода #水位 #2026 a#b https://example.org/#part")
        assert tags_of(written) == ["zurich", "вода", "水位"]
        assert Tag.objects.count() == 3

    def test_as_they_are_edited_and_no_more_than_thirty(self, ines):
        written = post(ines, "#one #two")
        edit_post(written, by=ines, text="#two #three")
        assert tags_of(written) == ["three", "two"]
        edit_post(written, by=ines, text="None.")
        assert tags_of(written) == []
        assert len(tags_of(post(ines, " ".join(f"#t{number}" for number in range(500))))) == TAGS

    def test_also_those_written_before_there_were_tags(self, ines):
        written = [post(ines, f"#Zürich #t{number}") for number in range(3)]
        Tag.objects.exclude(folded="t1").delete()
        import_module("feed.migrations.0012_tags_of_earlier_posts").keep_tags(apps, None)
        assert [tags_of(each) for each in written] == [[f"t{number}", "zurich"] for number in range(3)]

    def test_with_an_audience_that_is_narrowed_along(self, ines):
        written = post(ines, "#rivers", audience="public")
        edit_post(written, by=ines, text="#rivers", audience="connections")
        assert PostTag.objects.get(post=written).audience == "connections"


class TestThePageOfATag:
    def test_holds_what_each_viewer_sees_newest_first(self, cast):
        ines = cast["ines"]
        group = start_group(by=ines, name="Gauges")
        for audience in ("public", "members", "connections"):
            post(ines, f"{audience} #Rivers", audience=audience)
        post(ines, "group #rivers", group=group)
        post(ines, "hidden #rivers", audience="public", hidden_at=timezone.now())
        post(cast["lina"], "Lina #RIVERS")
        seen = {name: [text.split()[0] for text in found("rivers", cast[name])] for name in CAST}
        others = ["Lina", "members", "public"]
        assert seen == {
            "ines": ["Lina", "hidden", "group", "connections", "members", "public"],
            "tomasz": ["Lina", "connections", "members", "public"],
            "amara": others,
            "lina": others,
            "bill": ["Lina"],
            "jorge": ["Lina"],
            "visitor": [],
        }
        ines.profile_audience = "public"
        ines.save()
        assert found("RÍVERS", cast["visitor"]) == ["public #Rivers"]

    def test_is_the_same_of_a_tag_that_nobody_used_and_of_one_that_one_may_not_see(self, ines, lina, as_member):
        post(ines, "#secret", audience="connections")
        pages = [as_member(lina).get(f"/tags/{name}/").text.replace(name, "…") for name in ("secret", "nowhere")]
        assert len({page.partition("<main")[2].partition("csrfmiddlewaretoken")[0] for page in pages}) == 1
        assert "Nothing with #… yet" in pages[0]
        assert tags_like("sec", viewer=lina, most=8) == []

    def test_goes_on_where_it_ended_and_past_what_can_not_be_seen(self, ines, lina, monkeypatch):
        written = [post(lina, f"{number} #rivers").pk for number in range(5)]
        for _hidden in range(7):
            post(ines, "#rivers", audience="connections")
        read, page = [], posts_tagged("rivers", viewer=lina, limit=2)
        while page.more:
            read += [each.pk for each in page.posts]
            post(lina, "New. #rivers")
            page = posts_tagged("rivers", viewer=lina, before=page.more, limit=2)
        assert [*read, *(each.pk for each in page.posts)] == written[::-1]
        monkeypatch.setattr(tag_pages, "WALK", 3)
        page = posts_tagged("rivers", viewer=lina, before=PostTag.objects.order_by("-post")[4].post_id, limit=2)
        assert [each.pk for each in page.posts] == written[:2:-1]
        assert page.more == written[3], "where it goes on is said by a post that the viewer sees"

    def test_walks_along_an_index(self, ines, visitor):
        post(ines, "#rivers")
        for viewer in (ines, visitor):
            with CaptureQueriesContext(connection) as queries:
                found("rivers", viewer)
            assert len(queries) <= 2
            with connection.cursor() as cursor:
                for other in ("seqscan", "bitmapscan", "sort"):
                    cursor.execute(f"SET LOCAL enable_{other} = off")
                cursor.execute("EXPLAIN (COSTS OFF) " + queries[0]["sql"])
                plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "using feed_posttag_newest" in plan
            assert "Sort" not in plan.partition("CTE seen")[0]

    @pytest.mark.parametrize("many", [1, 25])
    def test_costs_10_queries_however_many_posts_there_are(self, many, ines, tomasz, as_member):
        for _turn in range(many):
            post(ines, "#rivers")
        client = as_member(tomasz)
        client.get("/tags/rivers/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/tags/rivers/").status_code == 200
        assert len(queries) <= 10


class TestFollowing:
    def test_brings_what_others_say_to_members_or_everybody_and_says_why(self, ines, lina, tomasz):
        follow_tag("Rivers", by=tomasz)
        stranger, editor = MemberFactory(), MemberFactory()
        connect(stranger, editor)
        post(stranger, "Public. #rivers", audience="public"), post(stranger, "Members. #RIVERS")
        post(editor, "By a name. #rivers", organization=start_organization(by=editor, name="River Authority"))
        post(stranger, "Connections. #rivers", audience="connections"), post(stranger, "Another. #lakes")
        post(stranger, "Grouped. #rivers", group=start_group(by=stranger, name="Gauges"))
        post(ines, "Hers. #rivers")
        assert feed(tomasz) == ["Hers. #rivers", "By a name. #rivers", "Members. #RIVERS", "Public. #rivers"]
        items = present(feed_of(tomasz).posts, viewer=tomasz, reasons=True)
        assert [item.reason for item in items] == ["You are connected with Ines.", *["You follow #Rivers."] * 3]
        assert items[1].mute_url == "/tags/Rivers/mute/"
        unfollow_tag("rívers", by=tomasz)
        assert feed(tomasz) == ["Hers. #rivers"]

    def test_brings_nothing_twice_nor_of_somebody_muted_or_behind_a_wall(self, ines, tomasz, lina):
        for name in ("rivers", "lakes"):
            follow_tag(name, by=ines)
        walled = MemberFactory()
        for each in (tomasz, lina, walled):
            post(each, f"{each.first_name} #rivers #lakes")
        mute_member(tomasz, by=ines, until=timezone.now() + timezone.timedelta(days=1))
        block_member(walled, by=ines)
        assert feed(ines) == ["Lina #rivers #lakes"]
        assert len(present(feed_of(ines).posts, viewer=ines, reasons=True)) == 1

    def test_twice_is_once_and_is_spelled_as_it_was_found(self, ines, as_member):
        client = as_member(ines)
        for name in ("Zürich", "zurich"):
            assert client.post(f"/tags/{name}/follow/").status_code == 302
        assert [row.name for row in TagFollow.objects.by(ines)] == ["Zürich"]
        page = client.get("/network/following/").text
        assert "#Zürich" in page
        assert "1 follower" in client.get("/tags/ZURICH/").text
        client.post("/tags/zurich/unfollow/", {"next": "/network/following/"})
        assert not TagFollow.objects.exists()

    @pytest.mark.parametrize("name", ["2026", "a b", "a-b", "#", "a" * 51, "\u200d", "%00"])
    def test_what_is_no_tag_has_no_page(self, name, ines, as_member):
        for address in (f"/tags/{name}/", f"/tags/{name}/follow/"):
            assert as_member(ines).post(address).status_code in (404, 405)


class TestMuting:
    def test_keeps_what_others_say_and_pass_on_with_it_out_of_the_feed(self, ines, tomasz, lina):
        follow_tag("lakes", by=ines)
        passed_on = post(lina, "Passed on. #rivers", audience="public")
        post(tomasz, "His. #Rivers"), post(ines, "Mine. #rivers"), post(tomasz, "Other. #lakes")
        repost(passed_on, by=tomasz), repost(passed_on, by=tomasz, text="Look.")
        post(lina, "Both. #rivers #lakes")
        assert len(feed(ines)) == 6
        mute_tag("RIVERS", by=ines)
        assert feed(ines) == ["Other. #lakes", "Mine. #rivers"]
        unmute_tag("rivers", by=ines)
        mute_tag("lakes", by=ines)
        assert "Both. #rivers #lakes" not in feed(ines)
        assert found("lakes", ines) == ["Both. #rivers #lakes", "Other. #lakes"], "the page of the tag is no feed"

    @pytest.mark.parametrize(
        ("address", "why"),
        [("/latest/", "You follow #lakes."), ("/highlights/?anew=1", "New with #lakes, which you follow.")],
    )
    def test_and_following_hold_in_both_orders(self, address, why, ines, tomasz, lina, as_member):
        follow_tag("lakes", by=ines), mute_tag("rivers", by=ines)
        post(lina, "Far. #lakes"), post(tomasz, "His. #rivers"), post(lina, "Both. #lakes #rivers")
        page = as_member(ines).get(address).text
        assert "Far. " in page
        assert why in page
        assert "His. " not in page
        assert "Both. " not in page


class TestFindingThem:
    def test_by_how_they_begin_spelled_as_in_a_post_that_one_sees(self, ines, lina, tomasz, as_member):
        post(lina, "#Żółw #Zürich"), post(ines, "#ZZ", audience="connections"), post(ines, "#зима")
        assert tags_like("z", viewer=lina, most=8) == ["Żółw", "Zürich"]
        assert tags_like("ЗИ", viewer=lina, most=8) == ["зима"]
        assert tags_like("zz", viewer=tomasz, most=8) == [], "what is said among connections is offered to nobody"
        follow_tag("zz", by=lina)
        assert tags_like("Ż", viewer=lina, most=2) == ["zz", "Żółw"]
        client = as_member(lina)
        assert client.get("/search/", {"q": "#zurich"})["Location"] == "/tags/zurich/"
        assert 'href="/tags/Z%C3%BCrich/"' in client.get("/search/complete/", {"q": "#zür"}).text
