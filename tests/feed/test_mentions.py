"""Whom a text names: kept when it is published or edited, a link for who may see them, plain text for others (§8)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import block_member, unblock_member
from accounts.models import FormerHandle
from communities.actions import start_organization
from feed.actions import delete_post, edit_comment, edit_post
from feed.actions.marking import TOLD
from feed.lists.timeline import with_what_they_show
from feed.models import Mention, Post
from feed.showing.items import present
from feed.tasks import tell_mentioned
from notifications.models import Notice
from search.views.writing import people_to_name
from tests.cast import CAST
from tests.factories import MemberFactory, article, comment, connect, follow, pass_on, post

LINK = '<a class="mention" href="/in/ines/" dir="auto">Ines Moreau</a>'


def said(to: Post, viewer) -> str:
    (item,) = present(with_what_they_show(Post.objects.filter(pk=to.pk)), viewer=viewer)
    return item.said


def named(text: Post) -> list[str]:
    return sorted(Mention.objects.standing().filter(post=text, comment=None).values_list("member__handle", flat=True))


def told(member) -> list[str]:
    notices = Notice.objects.visible_to(member).filter(kind__in=["mention", "comment", "reply"])
    return list(notices.order_by("pk").values_list("kind", flat=True))


@pytest.mark.usefixtures("unmailed")
class TestWhoReadsThem:
    def test_as_a_link_with_the_present_name_only_whoever_may_see_who_is_named(self, cast, as_member):
        written = post(cast["lina"], "Thanks, @Ines.", audience="public")
        comment(cast["lina"], written, "Well said, @ines!")
        linked, plain = f"<p>Thanks, {LINK}.</p>", "<p>Thanks, @Ines.</p>"
        hidden_from = {"bill", "jorge", "visitor"}
        assert {name: said(written, cast[name]) for name in CAST} == {
            name: plain if name in hidden_from else linked for name in CAST
        }
        for name in set(CAST) - {"visitor"}:  # who sees no comments by somebody without a public profile
            page = as_member(cast[name]).get(written.get_absolute_url(), follow=True).text
            assert ("Well said, @ines!" in page) == (name in hidden_from), name
            assert page.count(LINK) == (0 if name in hidden_from else 2), name
            assert name not in hidden_from or "Moreau" not in page

    def test_a_wall_or_a_departure_later_makes_them_what_was_typed(self, ines, lina, tomasz):
        written = post(lina, "Thanks, @Ines.")
        block_member(lina, by=ines)
        assert said(written, lina) == "<p>Thanks, @Ines.</p>", "the author can't tell the wall from a slip"
        assert LINK in said(written, tomasz)
        ines.delete()
        assert said(written, tomasz) == "<p>Thanks, @Ines.</p>"

    def test_a_handle_that_changed_leads_to_who_had_it(self, ines, lina):
        before = post(lina, "Thanks, @ines.")
        FormerHandle.objects.create(handle="ines", member=ines)
        ines.handle, ines.first_name = "ines-moreau", "Inès"
        ines.save()
        after = post(lina, "@ines is @INES-MOREAU.")
        link = '<a class="mention" href="/in/ines-moreau/" dir="auto">Inès Moreau</a>'
        assert said(before, lina) == f"<p>Thanks, {link}.</p>"
        assert said(after, lina) == f"<p>{link} is {link}.</p>"
        assert Mention.objects.filter(post=after).count() == 1

    def test_where_somebody_was_named_in_what_is_quoted_replied_to_or_done(self, ines, tomasz, as_member):
        quoted = post(ines, "By @tomasz.")
        answered = comment(ines, quoted, "So says @tomasz.")
        pass_on(ines, quoted, text="Look.")
        name = ">Tomasz Wiśniewski</a>."
        assert f"By {'<a class="mention" href="/in/tomasz/" dir="auto"'}{name}" in as_member(tomasz).get("/").text
        assert f'href="/in/tomasz/" dir="auto"{name}' in as_member(tomasz).get(f"/comments/{answered.pk}/reply/").text
        assert f'href="/in/tomasz/" dir="auto"{name}' in as_member(tomasz).get("/in/ines/activity/").text

    def test_an_article_names_people_and_has_tags_to_its_end(self, ines, lina, as_member):
        words = "It rained.\n\n" * 200 + "Thanks, @ines. `@ines` #Rivers"
        written = article(lina, text=words)
        assert named(written) == ["ines"]
        page = as_member(lina).get(written.article.get_absolute_url()).text
        assert page.count(LINK) == 1
        assert "<code>@ines</code>" in page
        assert 'href="/tags/Rivers/"' in page


@pytest.mark.usefixtures("unmailed")
class TestWhomTheyName:
    def test_only_people_whom_the_author_may_see_and_each_once(self, cast, vera):
        text = "@tomasz @TOMASZ @bill @jorge @vera @nobody @amara lina@lina.com"
        assert named(post(cast["ines"], text)) == ["amara", "tomasz"]

    def test_a_replay_names_nobody_twice(self, ines, tomasz):
        written = post(ines, "@tomasz")
        assert post(ines, "@tomasz", key=written.key) == written
        assert Mention.objects.count() == 1

    def test_an_edit_ends_and_adds_them_and_what_was_plain_text_stays_it(self, ines, tomasz, lina, jorge):
        written = post(ines, "@tomasz @jorge @somebody")
        edit_post(written, by=ines, text="@lina @jorge @somebody")
        assert named(written) == ["lina"]
        MemberFactory(handle="somebody")
        unblock_member(jorge, by=ines)
        edit_post(written, by=ines, text="@lina and @tomasz, @jorge, @somebody")
        assert named(written) == ["lina", "tomasz"]
        delete_post(written, by=ines)
        assert not Mention.objects.exists()


class TestWhoIsTold:
    def test_only_whoever_may_see_the_post_and_never_oneself(self, cast):
        post(cast["ines"], "@ines @tomasz @amara @lina @bill", audience="connections")
        assert {name for name in set(CAST) - {"visitor"} if told(cast[name])} == {"tomasz"}

    def test_until_they_may_not_see_it_any_more(self, ines, tomasz, lina):
        for_members, walled = post(ines, "@lina"), post(tomasz, "@lina")
        assert told(lina) == ["mention", "mention"]
        edit_post(for_members, by=ines, text="@lina", audience="connections")
        assert told(lina) == ["mention"]
        edit_post(walled, by=tomasz, text="Nobody.")
        assert told(lina) == []
        edit_post(walled, by=tomasz, text="@lina after all")
        assert told(lina) == ["mention"]
        block_member(tomasz, by=lina)
        assert told(lina) == []

    def test_once_however_often_it_is_edited(self, ines, tomasz, lina):
        written = post(ines, "@tomasz")
        for text in ("Hello.", "@tomasz", "@tomasz and @lina", "@lina"):
            edit_post(written, by=ines, text=text)
        assert Notice.objects.filter(kind="mention", recipient=tomasz).count() == 1
        assert told(lina) == ["mention"]

    def test_of_a_comment_by_one_notice_at_the_most(self, ines, tomasz, lina):
        written = post(ines)
        first = comment(tomasz, written, "@ines, @lina?")
        assert (told(ines), told(lina)) == (["comment"], ["mention"])
        comment(ines, written, "@tomasz!", reply_to=first)
        assert told(tomasz) == ["reply"]
        edit_comment(first, by=tomasz, text="@ines, @amara, @lina?")
        assert (told(ines), told(lina)) == (["comment"], ["mention"])

    def test_of_a_comment_only_whoever_sees_the_post(self, ines, tomasz, lina):
        comment(tomasz, post(ines, audience="connections"), "@lina")
        assert told(lina) == []

    def test_by_an_organization_without_the_name_of_its_editor(self, ines, lina, as_member, mailoutbox):
        organization = start_organization(by=ines, name="River Authority")
        post(ines, "@lina @ines", organization=organization)
        page = as_member(lina).get("/notices/").text
        assert "River Authority mentioned you." in page
        assert [letter.subject for letter in mailoutbox if letter.to == [lina.email]] == [
            "River Authority mentioned you."
        ]
        assert "Moreau" not in page + str(mailoutbox[-1].message())
        assert told(ines) == []

    def test_no_more_than_twenty_of_one_text(self, ines):
        people = [MemberFactory() for _one in range(TOLD + 2)]
        written = post(ines, " ".join(f"@{each.handle}" for each in people))
        assert Mention.objects.filter(post=written).count() == TOLD + 2
        assert Notice.objects.filter(kind="mention").count() == TOLD


@pytest.mark.usefixtures("unmailed")
class TestWhatTheyCost:
    @pytest.mark.parametrize("many", [1, 15])
    def test_one_query_on_a_page_however_many_texts_name_somebody(self, many, ines, tomasz, lina, as_member):
        follow(lina, ines)
        plain = post(ines, "Nobody.")
        connect(lina, tomasz)
        for _turn in range(many):
            written = post(ines, "@tomasz and @lina")
            comment(tomasz, plain, "Nobody.")
        for _turn in range(many):
            comment(tomasz, written, "@ines")
        client = as_member(lina)
        with_names = queries_of(client, "/"), queries_of(client, written.get_absolute_url())
        Post.objects.filter(text__contains="@").update(text="Nobody.")
        without = queries_of(client, "/"), queries_of(client, plain.get_absolute_url())
        assert with_names == (without[0] + 1, without[1] + 1)

    @pytest.mark.parametrize("many", [1, 15])
    def test_their_notices_cost_the_same_however_many_there_are(self, many, ines, tomasz, as_member):
        for _turn in range(many):
            said_there = comment(tomasz, post(tomasz, "@ines"), "@ines")
        tell_mentioned.call(list(Mention.objects.values_list("pk", flat=True)))
        client = as_member(ines)
        assert "Tomasz Wiśniewski mentioned you." in client.get("/notices/").text
        assert queries_of(client, "/notices/") <= 7, said_there


@pytest.mark.usefixtures("unmailed")
class TestWhoIsOffered:
    def test_by_name_and_handle_connections_first_and_nobody_unseen(self, cast, vera, as_member):
        MemberFactory(first_name="王", last_name="伟", handle="lin-1"), MemberFactory(first_name="Ángel", handle="a-z")
        near = MemberFactory(first_name="Zoé", last_name="Linné", handle="zoe")
        connect(near, cast["ines"])
        offered = lambda typed: [each.handle for each in people_to_name(typed, cast["ines"])]  # noqa: E731
        assert offered("lin") == ["zoe", "lina", "lin-1"]
        assert offered("LINA")[0] == "lina"
        assert offered("王") == ["lin-1"]
        assert offered("ange") == ["a-z"]
        assert [offered(name) for name in ("ines", "bill", "jorge", "vera", "%", "")] == [[]] * 6
        answer = as_member(cast["ines"]).get("/search/words/", {"q": "@zo"}).text
        assert '<li class="named" data-value="@zoe">' in answer
        assert 'data-said="1 person"' in answer
        assert as_member(cast["visitor"]).get("/search/words/", {"q": "@zo"}).status_code == 302

    def test_by_three_queries_and_no_more_than_eight(self, ines):
        for number in range(12):
            MemberFactory(first_name="Lin", handle=f"lin-{number}")
        people_to_name("lin", ines)
        with CaptureQueriesContext(connection) as queries:
            assert len(people_to_name("lin", ines)) == 8
        assert len(queries) == 3


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
