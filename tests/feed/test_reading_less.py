"""Reading less: hiding posts, seeing less of people, muting, why a post is there, and what undoes it (§8)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from communities.actions import follow_organization, mute_group, mute_organization, start_organization
from feed.actions import delete_post, follow_tag, hide_from_feed, mute_tag, see_less, show_in_feed, unmute_tag
from feed.highlights.readings import page_of, reading_of, start_of
from feed.lists.timeline import feed_of
from feed.models import HiddenPost, SeeLess
from network.actions import mute_member
from network.models import Follow, Mute
from tests.cast import CAST
from tests.factories import MemberFactory, answer_each_other, article, comment, connect, follow, like, pass_on, post
from tests.factories.groups import group_of

pytestmark = pytest.mark.usefixtures("unmailed")
HTMX = {"HX-Request": "true"}


def in_both_orders(viewer) -> list[set[str]]:
    """The texts of a feed, in Latest and in Highlights."""
    reading = reading_of(viewer)
    pages = feed_of(viewer), page_of(reading, start_of(reading), viewer=viewer)
    return [{(each.repost_of or each).text for each in page.posts} for page in pages]


def cards_in(page: str) -> dict[str, str]:
    """The cards of a page by their ids, without tokens."""
    page = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", page)
    return {
        card.split('id="')[1].split('"')[0]: card for card in re.findall(r"<article .*?</article>", page, re.DOTALL)
    }


def reason_in(card: str) -> str:
    return re.search(r'class="why".*?</svg><span>(.*?)</span>', card, re.DOTALL)[1].split(">")[1]


class TestHidingAPost:
    def test_takes_it_out_of_ones_own_feed_alone_in_both_orders_and_its_page_still_opens(
        self, ines, tomasz, amara, as_member
    ):
        hidden = post(tomasz, "Hidden.")
        post(tomasz, "Kept."), follow(amara, tomasz)
        as_member(ines).post(reverse("hide_from_feed", args=[hidden.pk]))
        assert in_both_orders(ines) == [{"Kept."}, {"Kept."}]
        assert in_both_orders(amara) == [{"Kept.", "Hidden."}, {"Kept.", "Hidden."}]
        assert as_member(ines).get(hidden.get_absolute_url()).status_code == 200

    def test_no_wordless_repost_brings_it_back_and_hiding_one_hides_what_it_passes_on(self, ines, tomasz):
        other = MemberFactory()
        connect(other, ines)
        original = post(other, "The original.")
        hide_from_feed(pass_on(tomasz, original), by=ines)
        assert HiddenPost.objects.get().post == original
        pass_on(tomasz, original, text="See.")
        assert in_both_orders(ines) == [{"The original."}, {"The original."}]  # quoted by somebody else's words
        assert len(feed_of(ines).posts) == 1

    def test_is_undone_from_the_message_and_a_second_time_changes_nothing(self, ines, tomasz, as_member):
        hidden, client = post(tomasz, "Hidden."), as_member(ines)
        for _turn in range(2):
            page = client.post(reverse("hide_from_feed", args=[hidden.pk]), {"next": "/"}, follow=True).content.decode()
        undo = reverse("show_in_feed", args=[hidden.pk])
        assert HiddenPost.objects.count() == 1
        assert f'action="{undo}"' in page[page.index('id="messages"') : page.index("</main>")]
        assert "Hidden." in client.post(undo, follow=True).content.decode()
        assert client.post(undo).status_code == 302

    def test_leaves_a_line_in_its_place_with_htmx_and_undoing_brings_the_card_back(self, ines, tomasz, as_member):
        hidden, client = post(tomasz, "Hidden."), as_member(ines)
        line = client.post(
            reverse("hide_from_feed", args=[hidden.pk]), {"in_place": "1"}, headers=HTMX
        ).content.decode()
        assert "Undo" in line
        assert "<html" not in line
        card = client.post(reverse("show_in_feed", args=[hidden.pk]), {"in_place": "1"}, headers=HTMX).content.decode()
        assert f'<article class="card post" id="post-{hidden.pk}">' in card

    @pytest.mark.parametrize("order", ["latest", "highlights"])
    def test_the_card_comes_back_as_it_stood(self, order, ines, tomasz, lina, as_member):
        """With the same reason and the same mute: of what a tag, a group, an organization or a repost brought."""
        client, group = as_member(ines), group_of(lina, ines, name="Low water")
        organization = start_organization(by=lina, name="Delta", audience="public")
        follow_organization(organization, by=ines), follow_tag("Rivers", by=ines)
        post(lina, "About #rivers.", audience="public"), post(lina, "In the group, about #rivers.", group=group)
        post(lina, "For Delta.", organization=organization, audience="public")
        answer_each_other(ines, tomasz, post(tomasz, "Kept.")), post(tomasz, "In words.")
        pass_on(tomasz, post(lina, "Passed on.", audience="public"))
        like(tomasz, pass_on(tomasz, post(lina, audience="public"), text="With words."))
        cards = cards_in(client.get(f"/{order}/").text)
        assert len(cards) == 7
        assert len({reason_in(card) for card in cards.values()}) >= (5 if order == "latest" else 4)
        for number, card in cards.items():
            address = card.split("hx-post=")[1].split('"')[1]
            stands_by = card.split('name="in_place" value="')[1].split('"')[0]
            line = client.post(address, {"in_place": stands_by}, headers=HTMX).text
            assert f'id="{number}"' in line
            undo = line.split('hx-post="')[1].split('"')[0]
            stood_by = line.split('name="in_place" value="')[1].split('"')[0]
            assert HiddenPost.objects.count() == 1
            back = cards_in(client.post(undo, {"in_place": stood_by}, headers=HTMX).text)
            assert back == {number: card}
            assert not HiddenPost.objects.exists()

    def test_nobody_hides_reads_why_or_sees_less_of_what_they_do_not_see(self, cast, as_member):
        said = post(cast["ines"], audience="connections")
        for name in ("lina", "bill", "jorge"):
            client = as_member(cast[name])
            for address in ("hide_from_feed", "show_in_feed"):
                assert client.post(reverse(address, args=[said.pk])).status_code == 404, (name, address)
            assert client.get(reverse("why", args=[said.pk])).status_code == 404
        assert as_member(cast["bill"]).post(reverse("see_less", args=["ines"])).status_code == 404
        with pytest.raises(Refusal):
            hide_from_feed(said, by=cast["bill"])
        with pytest.raises(Refusal):
            see_less(cast["ines"], by=cast["ines"])
        assert not HiddenPost.objects.exists()
        assert not SeeLess.objects.exists()


class TestMuting:
    @pytest.mark.parametrize(("value", "for_good"), [("month", False), ("good", True)])
    def test_a_person_for_30_days_or_for_good_empties_both_orders_and_is_undone_from_the_message(
        self, value, for_good, ines, tomasz, as_member
    ):
        post(tomasz, "Muted.")
        client = as_member(ines)
        reading_of(ines)
        page = client.post(reverse("mute", args=["tomasz"]), {"next": "/", "for": value}, follow=True).content.decode()
        until = Follow.objects.get(follower=ines, followed=tomasz).muted_until
        assert (until == FOR_GOOD) is for_good
        assert in_both_orders(ines) == [set(), set()]
        assert "stays out of your feed" in page
        client.post(reverse("unmute", args=["tomasz"]))
        assert in_both_orders(ines) == [{"Muted."}, {"Muted."}]

    def test_a_person_whom_one_does_not_follow_keeps_out_whatever_would_bring_what_they_say(
        self, ines, tomasz, lina, as_member
    ):
        """In a group, with a tag, passed on; but neither what organizations say nor what one says oneself."""
        group, organization = group_of(lina, ines, tomasz, name="Low water"), start_organization(by=lina, name="Delta")
        follow_organization(organization, by=ines), follow_tag("rivers", by=ines)
        said = post(lina, "Said.", audience="public")
        post(lina, "In the group.", group=group), post(lina, "About #rivers.", audience="public")
        pass_on(tomasz, said), pass_on(tomasz, said, text="With words."), pass_on(ines, said, text="My words.")
        post(lina, "For Delta.", organization=organization, audience="public"), post(tomasz, "Kept.", group=group)
        theirs = {"Said.", "In the group.", "About #rivers."}
        kept = {"For Delta.", "Kept."}
        reading = reading_of(ines)
        assert in_both_orders(ines) == [theirs | kept] * 2
        client = as_member(ines)
        client.post(reverse("mute", args=["lina"]), {"for": "good"})
        quoting = {each.text for each in feed_of(ines).posts if each.repost_of_id}
        assert quoting == {"My words."}
        assert in_both_orders(ines) == [kept | {"Said."}] * 2
        assert {each.text for each in page_of(reading, start_of(reading), viewer=ines).posts} == kept | {"My words."}
        follow(ines, lina)
        assert in_both_orders(ines) == [kept | {"Said."}] * 2, "following doesn't unmute"
        assert "Lina" in client.get(reverse("muted_kind", args=["people"])).content.decode()
        client.post(reverse("unmute", args=["lina"]))
        assert in_both_orders(ines) == [theirs | kept] * 2

    @pytest.mark.parametrize("viewer", CAST)
    def test_a_person_is_for_whoever_sees_them_and_offered_on_their_profile(self, viewer, cast, as_member):
        client, mutes = as_member(cast[viewer]), viewer in ("tomasz", "amara", "lina")
        page = client.get(reverse("profile", args=["ines"]))
        assert ("out of your feed for 30 days" in page.text) is mutes
        answer = client.post(reverse("mute", args=["ines"]))
        assert answer.status_code == (404 if viewer in ("ines", "bill", "jorge") else 302)
        assert [each.member.handle for each in Mute.objects.all()] == ([viewer] if mutes else [])
        assert ("kept out of your feed" in client.get(reverse("profile", args=["ines"])).text) is mutes

    def test_why_offers_to_mute_whoever_says_it_and_whoever_is_passed_on(self, ines, tomasz, lina, as_member):
        group = group_of(lina, ines, name="Low water")
        for said, names in (
            (post(lina, group=group), ["Lina"]),
            (pass_on(tomasz, post(lina, "Said.", audience="public")), ["Tomasz", "Lina"]),
        ):
            page = as_member(ines).get(reverse("why", args=[said.pk])).text
            assert [name for name in names if f"Mute {name} for 30 days" not in page] == []
        mute_member(lina, by=ines, until=FOR_GOOD)
        page = as_member(ines).get(reverse("why", args=[said.pk])).text
        assert "you muted them" in page
        assert "Hide this post" in page
        assert "Unmute Lina" in page

    def test_a_tag_keeps_what_others_say_with_it_out_of_both_orders_but_not_ones_own(self, ines, tomasz):
        post(tomasz, "About #rivers."), post(tomasz, "About lakes."), post(ines, "My #rivers.")
        pass_on(tomasz, post(MemberFactory(), "Their #rivers."))
        mute_tag("Rivers", by=ines)
        assert in_both_orders(ines) == [{"About lakes.", "My #rivers."}] * 2


def offered(client, said) -> list[str]:
    """What the page that says why a post is there offers to do about it."""
    return [remedy.text for remedy in client.get(reverse("why", args=[said.pk])).context["remedies"]]


class TestWhy:
    def test_says_each_signal_with_its_facts_and_what_one_can_do(self, ines, tomasz, as_member):
        said = post(tomasz, "About #rivers.")
        like(ines, said), comment(MemberFactory(), said)
        answer_each_other(ines, tomasz, post(tomasz), days=[2, 3])
        between = MemberFactory()
        connect(between, ines), connect(between, tomasz)
        client = as_member(ines)
        page = client.get(reverse("why", args=[said.pk])).content.decode()
        for words in (
            "You are connected with Tomasz.",
            "24 points",
            "You and Tomasz answered each other on 2 days of the last 60.",
            "1 mutual connection",
            "1 like",
            "1 comment",
            "Hide this post",
            "See less of Tomasz",
            "Mute Tomasz for 30 days",
            "Mute Tomasz for good",
            "Unfollow Tomasz and stay connected",
            "Mute #rivers",
        ):
            assert words in page, words
        assert page.count("counts most") == 1
        see_less(tomasz, by=ines)
        page = client.get(reverse("why", args=[said.pk])).content.decode()
        assert "so each is a quarter of what it would be" in page
        assert "6 points" in page
        assert "See Tomasz as before" in page

    def test_offers_to_unfollow_the_tag_that_brings_it_and_to_unmute_one_that_is_muted(self, ines, lina, as_member):
        said = article(
            lina,
            "Low",
            "The opening. " * 40 + "\n\nAt the end: #Água #bees #cats #dogs #elk #Rivers #Zoos",
            audience="public",
        )
        client = as_member(ines)
        muting = [f"Mute #{tag}" for tag in ("Água", "bees", "cats", "dogs", "elk")]
        assert offered(client, said)[-5:] == muting
        follow_tag("rivers", by=ines), mute_tag("zoos", by=ines)
        assert offered(client, said)[-6:] == ["Unfollow #rivers", "Mute #Rivers", "Unmute #zoos", *muting[:3]]
        mute_tag("Agua", by=ines), follow_tag("Bees", by=ines), unmute_tag("Zoos", by=ines)
        offers = ["Unfollow #Bees", "Mute #bees", "Unfollow #rivers", "Mute #Rivers", "Unmute #Agua", *muting[2:4]]
        assert offered(client, said)[-7:] == offers
        client.post(reverse("unfollow_tag", args=["bees"])), client.post(reverse("unfollow_tag", args=["rivers"]))
        assert not [offer for offer in offered(client, said) if "Unfollow" in offer]

    def test_offers_no_unfollowing_of_a_tag_that_does_not_bring_it(self, ines, tomasz, lina, as_member):
        follow_tag("rivers", by=ines)
        in_group = post(lina, "#rivers", group=group_of(lina, ines, name="Low water"))
        passed_on = pass_on(tomasz, post(lina, "#rivers", audience="public"), text="And #lakes")
        for said in (post(tomasz, "#rivers"), in_group, passed_on):
            offers = offered(as_member(ines), said)
            assert "Unfollow #rivers" not in offers
            assert "Mute #rivers" in offers
        assert "Mute #lakes" in offers

    @pytest.mark.parametrize(
        ("headers", "back"),
        [
            ({}, "/"),
            ({"Referer": "http://testserver/latest/?before=abc"}, "/latest/?before=abc"),
            (
                {"Referer": "http://testserver/x/", "HX-Current-URL": "http://testserver/highlights/?a=1#b"},
                "/highlights/?a=1",
            ),
            ({"Referer": "http://elsewhere.example/latest/"}, "/"),
            ({"Referer": "http://testserver//elsewhere.example/"}, "/"),
            ({"Referer": "latest"}, "/"),
        ],
    )
    def test_leads_back_to_where_one_was(self, headers, back, ines, tomasz, as_member):
        page = as_member(ines).get(reverse("why", args=[post(tomasz).pk]), headers=headers).text
        assert page.count(f'name="next" value="{back}"') == page[page.index('id="why"') :].count('name="next"') > 3

    def test_names_whom_one_sees_less_of_and_not_whose_words_they_passed_on(self, ines, tomasz, as_member):
        passed_on = pass_on(tomasz, post(MemberFactory(first_name="Noor"), audience="public"))
        see_less(tomasz, by=ines)
        page = as_member(ines).get(reverse("why", args=[passed_on.pk])).content.decode()
        assert "You chose to see less of Tomasz" in page

    def test_counts_comments_as_the_reader_sees_them_and_names_nobody_else(self, cast, as_member):
        said = post(cast["ines"], audience="public")
        comment(MemberFactory(), said), comment(cast["bill"], post(MemberFactory()))
        for name, number in (("tomasz", "1 comment"), ("ines", "1 comment")):
            assert number in as_member(cast[name]).get(reverse("why", args=[said.pk])).content.decode()
        User.objects.exclude(pk__in=[cast["ines"].pk, cast["tomasz"].pk]).update(suspended_until=FOR_GOOD)
        assert "Nothing yet." in as_member(cast["tomasz"]).get(reverse("why", args=[said.pk])).content.decode()

    def test_of_an_organization_a_group_oneself_and_what_is_not_in_ones_feed(self, ines, tomasz, lina, as_member):
        organization = start_organization(by=lina, name="Delta", audience="public")
        follow_organization(organization, by=ines)
        group = group_of(tomasz, ines, name="Low water")
        pages = {
            post(lina, organization=organization): ["You follow Delta.", "Mute Delta for good", "Unfollow Delta"],
            post(tomasz, group=group): ["both in the group Low water", "Mute Low water for 30 days"],
            post(ines): ["Your own update.", "60 points"],
            post(lina): ["It doesn’t come into your feed now"],
        }
        for said, words in pages.items():
            page = as_member(ines).get(reverse("why", args=[said.pk])).content.decode()
            assert [each for each in words if each not in page] == [], said.text
            assert ("What you can do" in page) is (said.author != ines or said.organization is not None)

    def test_in_the_feed_leads_there_from_each_item_in_both_orders(self, ines, tomasz, as_member):
        passed_on = pass_on(tomasz, post(MemberFactory()))
        for address in ("/latest/", "/highlights/"):
            assert reverse("why", args=[passed_on.pk]) in as_member(ines).get(address).content.decode()


class TestThePageThatUndoesIt:
    def test_lists_every_kind_and_each_form_undoes_one(self, ines, tomasz, lina, amara, as_member):
        follow(ines, lina)
        organization, group = start_organization(by=lina, name="Delta"), group_of(tomasz, ines, name="Low water")
        follow_organization(organization, by=ines)
        soon = timezone.now() + timedelta(days=30)
        hide_from_feed(post(tomasz, "Hidden words."), by=ines)
        mute_member(tomasz, by=ines, until=soon), mute_member(lina, by=ines, until=FOR_GOOD)
        mute_organization(organization, by=ines, until=FOR_GOOD), mute_group(group, by=ines, until=soon)
        see_less(amara, by=ines), mute_tag("rivers", by=ines)
        client = as_member(ines)
        page = client.get(reverse("muted")).content.decode()
        for words in (
            "Tomasz",
            "Lina",
            "Delta",
            "Low water",
            "Amara",
            "#rivers",
            "Hidden words.",
            "For good",
            "Until ",
        ):
            assert words in page, words
        assert "Muted and hidden" in page
        forms = client.get(reverse("muted")).context["sections"]
        for section in forms:
            for entry in section["entries"]:
                assert client.post(entry.undo_url, {"next": "/settings/muted/"}).status_code == 302
        assert "Nothing is muted or hidden" in client.get(reverse("muted")).content.decode()
        assert reverse("muted") in client.get(reverse("settings")).content.decode()

    def test_calls_an_article_by_its_title(self, ines, tomasz, as_member):
        hide_from_feed(article(tomasz, "What a gauge can’t tell you", "It measures one place."), by=ines)
        (entry,) = as_member(ines).get(reverse("muted_kind", args=["posts"])).context["section"]["entries"]
        assert (entry.name, entry.note) == ("What a gauge can’t tell you", "A post by Tomasz Wiśniewski")

    def test_is_ones_own_and_shows_nothing_of_whom_one_no_longer_sees(self, cast, as_member):
        ines, tomasz = cast["ines"], cast["tomasz"]
        hide_from_feed(post(tomasz, "Hidden words.", audience="connections"), by=ines)
        see_less(tomasz, by=ines)
        assert "Hidden words." not in as_member(tomasz).get(reverse("muted")).content.decode()
        User.objects.filter(pk=tomasz.pk).update(suspended_until=FOR_GOOD)
        for address in (reverse("muted"), reverse("muted_kind", args=["posts"])):
            page = as_member(ines).get(address).content.decode()
            assert "Hidden words." not in page
            assert "Tomasz" not in page
        assert as_member(ines).get(reverse("muted_kind", args=["nothing"])).status_code == 404

    def test_costs_the_same_however_much_there_is_and_goes_on_page_by_page(self, ines, tomasz, as_member):
        client, counts = as_member(ines), []
        for many in (1, 24):
            for number in range(many):
                hide_from_feed(post(tomasz, f"[{number}]"), by=ines)
            for address in (reverse("muted"), reverse("muted_kind", args=["posts"])):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                counts.append(len(queries))
        assert counts == [11, 6, 11, 6]
        page = client.get(reverse("muted_kind", args=["posts"]))
        assert len(page.context["section"]["entries"]) == 20
        rest = client.get(page.context["section"]["page"].next_url, headers=HTMX)
        assert len(rest.context["section"]["entries"]) == 5
        show_in_feed(HiddenPost.objects.latest("pk").post, by=ines)
        assert HiddenPost.objects.count() == 24


class TestTheChoiceOfAnOrder:
    def test_is_remembered_from_looking_and_each_has_an_address(self, ines, as_member):
        client = as_member(ines)
        for address, words in (("/highlights/", "Highlights"), ("/latest/", "Latest")):
            page = client.get(address).content.decode()
            assert f'<a href="{address}" aria-current="page">{words}</a>' in page
            assert f'<a href="{address}" aria-current="page">{words}</a>' in client.get("/").content.decode()

    def test_a_page_that_is_read_on_chooses_nothing(self, ines, as_member):
        as_member(ines).get("/highlights/", {"before": "1"}, headers=HTMX)
        assert User.objects.get(pk=ines.pk).highlights_first is False


class TestNewPosts:
    def ask(self, client, address: str, *, order: str):
        page = client.get(address)
        return client.get(page.context["news_url"], headers=HTMX), page.context["news_url"]

    @pytest.mark.parametrize("order", ["latest", "highlights"])
    def test_are_counted_as_the_reader_sees_them_and_led_to(self, order, ines, tomasz, lina, as_member):
        client, theirs = as_member(ines), MemberFactory()
        connect(theirs, tomasz)
        post(tomasz, "Read.")
        answer, url = self.ask(client, f"/{order}/", order=order)
        assert answer.content == b""
        post(tomasz, "New."), post(lina, "Of a stranger."), post(ines, "My own.")
        pass_on(tomasz, post(theirs, audience="connections"), text="Unseen.")
        client.get(url, headers=HTMX)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url, headers=HTMX)
        assert [query for query in queries if "feed_post" in query["sql"]] == queries.captured_queries[-2:]
        assert len(queries) <= 4
        said = answer.content.decode()
        assert "1 new post<" in said
        address = said.split('href="')[1].split('"')[0].replace("&amp;", "&")
        assert "New." in client.get(address).content.decode()
        for _turn in range(10):
            post(tomasz)
        assert "More than 9 new posts" in client.get(url, headers=HTMX).content.decode()

    def test_are_said_no_more_once_they_are_gone(self, ines, tomasz, amara, as_member):
        follow(ines, amara)
        client, url = as_member(ines), as_member(ines).get("/latest/").context["news_url"]
        one, _other = post(tomasz, "One."), post(amara, "Another.")
        assert "2 new posts" in client.get(url, headers=HTMX).text
        delete_post(one, by=tomasz)
        assert "1 new post<" in client.get(url, headers=HTMX).text
        block_member(ines, by=amara)
        answer = client.get(url, headers=HTMX)
        assert (answer.status_code, answer.content) == (200, b"")

    def test_without_htmx_lead_to_the_feed_and_know_no_other_order(self, ines, as_member):
        assert as_member(ines).get(reverse("new_posts", args=["latest"])).url == "/latest/"
        assert as_member(ines).get(reverse("new_posts", args=["oldest"]), headers=HTMX).status_code == 404
        assert as_member(ines).get("/new-posts/latest/?since=%00", headers=HTMX).content == b""
