"""Reacting to a post in one of five ways: what it costs, how it counts, who sees whom (product.md §8)."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from accounts.refusals import Refusal
from feed.actions import delete_post, react_to_post, take_back_reaction
from feed.lists.timeline import with_what_they_show
from feed.models import Post, Reaction, Tally
from feed.showing import reactions
from feed.showing.items import Item, present
from tests.concurrently import at_once
from tests.factories import MemberFactory, like, post

pytestmark = pytest.mark.usefixtures("unmailed")

HTMX = {"HX-Request": "true"}
KINDS = [kind.value for kind in Reaction.Kind]


def stored(of: Post) -> dict[str, int]:
    """What the database counted by itself."""
    return dict(Tally.objects.filter(post=of, number__gt=0).values_list("kind", "number"))


def counted(of: Post) -> dict[str, int]:
    kinds = list(Reaction.objects.filter(post=of).values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in set(kinds)}


def shown(of: Post, viewer, *, whole: bool = True) -> Item:
    (item,) = present(with_what_they_show(Post.objects.filter(pk=of.pk)), viewer=viewer, whole=whole)
    return item


def in_html(of) -> str:
    return re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>| data-focus', "", of.content.decode())


class TestOneEach:
    def test_another_kind_takes_the_place_of_the_first_and_taking_it_back_twice_is_fine(self, ines, tomasz):
        mine = post(ines)
        for kind in (*KINDS, "support", "support"):
            react_to_post(mine, by=tomasz, kind=kind)
            assert list(Reaction.objects.values_list("member", "kind")) == [(tomasz.pk, kind)]
            assert stored(mine) == {kind: 1}
        take_back_reaction(mine, by=tomasz)
        take_back_reaction(mine, by=tomasz)
        assert (stored(mine), Reaction.objects.count()) == ({}, 0)

    def test_a_form_that_names_no_kind_of_ours_changes_nothing(self, ines, tomasz, as_member):
        mine = post(ines)
        for data in ({"kind": "envy"}, {"kind": ""}, {"kind": "like\x00"}):
            assert as_member(tomasz).post(reverse("react", args=[mine.pk]), data).status_code == 422
        assert not Reaction.objects.exists()

    def test_what_one_does_not_see_one_does_not_react_to(self, ines, lina):
        with pytest.raises(Refusal):
            react_to_post(post(ines, audience="connections"), by=lina, kind="curious")


class TestTheNumber:
    def test_is_one_for_all_whoever_is_behind_a_wall(self, cast):
        said = post(cast["tomasz"], audience="public")
        for name, kind in (("bill", "like"), ("lina", "curious"), ("amara", "curious"), ("ines", "support")):
            like(cast[name], said, kind)
        for viewer in (cast["ines"], cast["tomasz"], cast["jorge"]):
            item = shown(said, viewer)
            assert (item.likes, item.likes_said) == (4, "4 reactions")
            assert [(way.kind, way.number) for way in item.reacted] == [("curious", 2), ("like", 1), ("support", 1)]

    def test_leaves_out_who_is_not_there_unless_there_are_more_than_are_counted_anew(self, ines, tomasz, monkeypatch):
        said = post(ines)
        like(tomasz, said), like(ines, said, "support"), like(MemberFactory(), said)
        User.objects.filter(pk=tomasz.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=1))
        assert shown(said, ines).likes == 2
        monkeypatch.setattr(reactions, "EXACT", 2)  # for visitors, whose query isn't written once
        assert [(way.kind, way.number) for way in shown(said, AnonymousUser()).reacted] == [("like", 2), ("support", 1)]

    def test_is_kept_by_the_database_whatever_writes_deletes_or_changes_reactions(self, ines, tomasz, lina):
        said, other = post(ines), post(tomasz)
        members = [MemberFactory() for _turn in range(6)]
        rows = [
            Reaction(post=on, member=who, kind=KINDS[n % 5]) for n, who in enumerate(members) for on in (said, other)
        ]
        Reaction.objects.bulk_create(rows)
        assert stored(said) == counted(said)
        Reaction.objects.filter(member__in=members[:3]).update(kind="insightful")
        Reaction.objects.filter(member=members[5]).delete()
        assert (stored(said), stored(other)) == (counted(said), counted(other))
        members[0].delete()
        assert (stored(said), stored(other)) == (counted(said), counted(other))
        delete_post(said, by=ines)
        assert not Tally.objects.filter(post_id=said.pk).exists()

    def test_comes_from_an_index_alone_where_there_are_many(self, ines, tomasz, monkeypatch):
        """Above the bound no reaction is read: what a card costs doesn't grow with them."""
        monkeypatch.setattr(reactions, "EXACT", 0)
        said = post(ines)
        like(tomasz, said)
        with CaptureQueriesContext(connection) as queries:
            list(Post.objects.filter(pk=said.pk).annotate(reacted=reactions.by_kind()))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + queries[-1]["sql"])
            plan = [row[0].strip() for row in cursor.fetchall()]
        read = [line for line in plan if "feed_reaction" in line and "Scan" in line and "never executed" not in line]
        assert not read, "\n".join(plan)


class TestWhatOneSees:
    def test_the_three_most_used_kinds_stand_beside_the_number_unless_everybody_liked(self, ines, tomasz):
        said = post(ines)
        like(tomasz, said)
        assert shown(said, ines, whole=False).kinds == ""
        for number, kind in enumerate(KINDS[1:], start=1):
            for _turn in range(number):
                like(MemberFactory(), said, kind)
        icons = re.findall(r"#([a-z-]+)\"", shown(said, ines, whole=False).kinds)
        assert icons == ["circle-question-mark", "lightbulb", "hand-heart"]

    def test_swaps_the_button_as_a_fresh_load_would_show_it_on_a_card_and_on_the_page_of_the_post(
        self, ines, tomasz, as_member
    ):
        mine, client = post(ines), as_member(tomasz)
        like(ines, mine)
        address = reverse("react", args=[mine.pk])
        for kind, words in (("like", "Like · 2"), ("curious", "Curious · "), ("none", "Like · 1")):
            for page, query in ((mine.get_absolute_url(), "?page=post"), ("/", "")):
                swapped = in_html(client.post(address + query, {"kind": kind}, headers=HTMX))
                assert words in swapped
                assert swapped.strip() in in_html(client.get(page))

    def test_offers_the_five_as_a_menu_with_htmx_and_on_a_page_without(self, ines, tomasz, as_member):
        mine, client = post(ines), as_member(tomasz)
        like(tomasz, mine, "curious")
        address = reverse("react", args=[mine.pk])
        menu, page = client.get(address, headers=HTMX).content.decode(), client.get(address).content.decode()
        for kind in KINDS:
            assert f'name="kind" value="{kind}"' in menu
            assert f'name="kind" value="{kind}"' in page
        assert "<html" not in menu
        assert 'value="curious" aria-pressed="true"' in menu
        assert client.post(address, {"kind": "support"}).url == f"{mine.get_absolute_url()}#post-{mine.pk}"

    def test_who_reacted_names_those_whom_one_sees_and_counts_the_others(self, cast, as_member):
        said = post(cast["tomasz"], audience="public")
        for name in ("bill", "lina", "amara"):
            like(cast[name], said, "support")
        User.objects.filter(handle__in=["tomasz", "amara"]).update(profile_audience="public")
        named = {"ines": {"Lina", "Amara"}, "tomasz": {"Bill", "Lina", "Amara"}, "visitor": {"Amara"}}
        for viewer, names in named.items():
            page = as_member(cast[viewer]).get(reverse("reactions", args=[said.pk])).content.decode()
            assert {name for name in ("Bill", "Lina", "Amara") if name in page} == names
            assert "Support: 3" in page
        block_member(cast["amara"], by=cast["ines"])
        assert "Amara" not in as_member(cast["ines"]).get(reverse("reactions", args=[said.pk])).content.decode()

    def test_who_reacted_comes_in_pages_that_neither_repeat_nor_skip(self, ines, as_member):
        said, client, read = post(ines), as_member(ines), []
        names = [like(MemberFactory(first_name=f"Nr{n}x"), said).member.first_name for n in range(25)]
        address = reverse("reactions", args=[said.pk])
        while address:
            page = client.get(address, headers=HTMX if "?" in address else {}).content.decode()
            read += re.findall(r'class="name"[^>]*>(Nr\d+x)', page)
            more = re.search(r'<a class="btn" href="([^"]*before[^"]*)"', page)
            address = more and more[1]
            like(MemberFactory(), said)
        assert read == names[::-1]

    @pytest.mark.parametrize("many", [1, 15])
    def test_who_reacted_costs_10_queries_however_many_did(self, many, ines, as_member):
        said, client = post(ines), as_member(ines)
        for _turn in range(many):
            like(MemberFactory(), said)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reactions", args=[said.pk]))
        assert len(queries) <= 10


@pytest.mark.django_db(transaction=True)
def test_two_kinds_at_once_end_in_one_reaction_that_is_counted_once():
    said, member, others = post(MemberFactory(), audience="public"), MemberFactory(), [MemberFactory() for _ in "12"]
    doings = [lambda kind=kind: react_to_post(said, by=member, kind=kind) for kind in KINDS]
    at_once(*doings, *[lambda who=who: react_to_post(said, by=who) for who in others])
    assert Reaction.objects.filter(member=member).count() == 1
    assert stored(said) == counted(said)
    at_once(lambda: take_back_reaction(said, by=member), lambda: react_to_post(said, by=member, kind="curious"))
    assert stored(said) == counted(said)
