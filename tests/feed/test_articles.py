"""Articles: posts at length. All rules of posts hold, and there is no other way to one."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Refusal
from feed.actions import edit_article, edit_post, repost
from feed.actions.publishing import ChangedElsewhere
from feed.articles.markdown import VERSION
from feed.articles.pieces import html_of
from feed.models import Article, Post, PostTag
from search.things import posts_found
from tests.cast import CAST
from tests.factories import article, comment, pass_on, post
from tests.world import picture

pytestmark = pytest.mark.usefixtures("unmailed")

TEXT = "The opening stands on the card.\n\n# Part\n\n![A wall](picture:1)\n\nA **thermocline** deep below. #Rivers"
SEES = {
    "public": {"ines", "tomasz", "amara", "lina", "visitor"},
    "members": {"ines", "tomasz", "amara", "lina"},
    "connections": {"ines", "tomasz"},
}


def changed(said: Post, **fields) -> dict:
    now = Article.objects.get(post=said)
    return {"saves": now.saves, "title": now.title, "text": now.text} | fields


def test_the_table_of_who_reads_an_article(cast, as_member):
    ines = cast["ines"]
    ines.profile_audience = "public"
    ines.save(update_fields=["profile_audience"])
    written = {
        audience: article(ines, f"For {audience}", TEXT, audience=audience, picture=picture()) for audience in SEES
    }
    hidden = article(ines, "Hidden", TEXT, audience="public")
    Post.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    for name in CAST:
        client = as_member(cast[name])
        for audience, said in written.items():
            seen, key = name in SEES[audience], said.pictures.get().key
            assert client.get(said.article.get_absolute_url()).status_code == (200 if seen else 404), (name, audience)
            assert client.get(f"/articles/{said.pk}/old-title/").status_code == (302 if seen else 404), (name, audience)
            assert client.get(said.get_absolute_url()).status_code == (302 if seen else 404), (name, audience)
            assert client.get(reverse("picture", args=[key, 640])).status_code == (200 if seen else 404)
            found = posts_found("thermocline", cast[name], most=9)
            assert (said in found) is seen, (name, audience)
            listed = client.get("/in/ines/posts/").content.decode()
            assert (f"For {audience}" in listed) is seen, (name, audience)
            if name != "visitor":
                own = 200 if name == "ines" else 404
                assert client.get(reverse("edit_article", args=[said.pk])).status_code == own
                preview = client.post(reverse("preview_article", args=[said.pk]), changed(said))
                assert preview.status_code == own
                like = client.post(reverse("react", args=[said.pk]), {"kind": "like"})
                assert like.status_code == (302 if seen else 404), (name, audience)
                answer = client.post(reverse("new_comment", args=[said.pk]), {"text": "Yes.", "key": uuid4()})
                assert answer.status_code == (302 if seen else 404), (name, audience)
        assert client.get(hidden.article.get_absolute_url()).status_code == (200 if name == "ines" else 404)


def test_its_card_has_title_opening_time_and_first_picture_and_reads_on(ines, tomasz, as_member):
    said = article(ines, "Under the bridge", TEXT, picture=picture(), description="A wall")
    page = as_member(tomasz).get("/").content.decode()
    card = page[page.index(f'id="post-{said.pk}"') :].split("</article>")[0]
    address = said.article.get_absolute_url()
    assert f'<h2 class="title"><a href="{address}">Under the bridge</a></h2>' in card
    assert "The opening stands on the card." in card
    assert ">Part<" not in card, "headings are for the page"
    assert "1 minute to read" in card
    assert said.pictures.get().key in card
    assert f'href="{address}">Read on</a>' in card


def test_its_page_shows_a_picture_that_its_words_do_not_name_below_them_until_they_do(ines, tomasz, as_member):
    said = article(ines, "Under the bridge", "It rained.", picture=picture(), description="A wall")
    shown = as_member(tomasz).get(said.article.get_absolute_url()).text
    prose = shown[shown.index('class="prose"') :]
    assert prose.index("It rained.") < prose.index(f"/pictures/{said.pictures.get().key}/1280/") < prose.index("A wall")
    client, address = as_member(ines), reverse("edit_article", args=[said.pk])
    form = client.get(address).context["form"]
    changed = {name: form[name].value() for name in ("title", "saves", "audience", "comments_from")}
    client.post(address, changed | {"text": "![](picture:1)\n\nIt rained."})
    html = Article.objects.get().html
    assert html.count("<img") == 1
    assert html.index("<img") < html.index("It rained.")


def test_its_page_is_the_article_with_comments_below(ines, tomasz, as_member):
    said = article(ines, "Under the bridge", TEXT, picture=picture())
    comment(tomasz, said, "Which bridge?")
    page = as_member(tomasz).get(said.article.get_absolute_url()).content.decode()
    assert page.count("<h1") == 1
    assert '<h1 class="title">Under the bridge</h1>' in page
    assert '<h2 dir="auto">Part</h2>' in page
    assert "<strong>thermocline</strong>" in page
    assert "Which bridge?" in page
    assert f'action="/posts/{said.pk}/comments/"' in page
    refused = as_member(tomasz).post(reverse("new_comment", args=[said.pk]), {"text": "", "key": uuid4()})
    assert refused.status_code == 422
    assert '<h1 class="title">Under the bridge</h1>' in refused.content.decode()


def test_a_changed_title_keeps_old_addresses_working(ines, as_member):
    said = article(ines, "First title", TEXT)
    old = said.article.get_absolute_url()
    edit_article(said, by=ines, **changed(said, title="Вторая"))
    answer = as_member(ines).get(f"{old}?before=abc")
    new = Article.objects.get().get_absolute_url()
    assert answer.url == f"{new}?before=abc"
    assert new.startswith(f"/articles/{said.pk}/%D0%B2%D1%82%D0%BE%D1%80%D0%B0%D1%8F/")
    assert as_member(ines).get(new).status_code == 200


def address_of(said: Post) -> str:
    return Article.objects.get(post=said).get_absolute_url()


class TestEditing:
    def test_marks_it_as_edited_and_changes_card_address_words_and_tags(self, ines, as_member):
        said = article(ines, "Before", TEXT, audience="public")
        client, address = as_member(ines), reverse("edit_article", args=[said.pk])
        assert client.get(reverse("edit_post", args=[said.pk])).url == address
        form = changed(said, title="After", text="Quite different. #Lakes", audience="members", comments_from="nobody")
        assert client.post(address, form).status_code == 302
        said = Post.objects.get()
        assert (said.text, said.audience, said.comments_from) == ("Quite different. #Lakes", "members", "nobody")
        assert said.edited_at is not None
        assert said.article.slug == "after"
        assert list(PostTag.objects.values_list("tag__folded", "audience")) == [("lakes", "members")]
        assert list(posts_found("different", ines, most=9)) == [said]
        assert not posts_found("thermocline", ines, most=9)
        assert f'href="/posts/{said.pk}/history/">edited</a>' in client.get(address_of(said)).content.decode()
        assert "thermocline" in client.get(f"/posts/{said.pk}/history/").content.decode()

    def test_a_narrower_audience_alone_does_not_mark_it_and_a_wider_one_is_refused(self, ines):
        said = article(ines, audience="members")
        with pytest.raises(Refusal):
            edit_article(said, by=ines, **changed(said, audience="public"))
        assert edit_article(said, by=ines, **changed(said, audience="connections")).edited_at is None

    def test_another_pages_words_are_not_overwritten_and_both_stand_there(self, ines, as_member):
        said = article(ines, "Title", TEXT)
        client, address = as_member(ines), reverse("edit_article", args=[said.pk])
        options = {"audience": "members", "comments_from": "anyone"}
        stale = changed(said, text="From the other page.") | options
        client.post(address, changed(said, text="From the one page.") | options)
        answer = client.post(address, stale)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "From the one page." in page
        assert "From the other page." in page
        assert Article.objects.get().text == "From the one page."
        assert 'name="saves" value="2"' in page
        client.post(address, stale | {"saves": "2"})
        assert Article.objects.get().text == "From the other page.", "now it is meant"

    def test_a_replay_changes_nothing_and_an_older_page_is_told(self, ines):
        said = article(ines)
        form = changed(said, text="New.")
        edit_article(said, by=ines, **form)
        edit_article(said, by=ines, **form)
        assert Article.objects.get().saves == 2
        with pytest.raises(ChangedElsewhere):
            edit_article(said, by=ines, **form | {"text": "Other."})

    @pytest.mark.parametrize("fields", [{"title": " "}, {"text": " \n"}])
    def test_nothing_is_no_article(self, ines, as_member, fields):
        said = article(ines)
        options = {"audience": "members", "comments_from": "anyone"}
        answer = as_member(ines).post(reverse("edit_article", args=[said.pk]), changed(said, **fields) | options)
        assert answer.status_code == 422
        with pytest.raises(Refusal):
            edit_article(said, by=ines, **changed(said, **fields))

    def test_nobody_elses_and_not_by_the_form_of_a_post(self, ines, tomasz):
        said = article(ines)
        with pytest.raises(Refusal):
            edit_article(said, by=tomasz, **changed(said, text="Mine now."))
        with pytest.raises(Refusal):
            edit_post(said, by=ines, text="Short.")
        with pytest.raises(Refusal):
            edit_article(post(ines), by=ines, saves=1, title="T", text="t")

    def test_pictures_come_and_go(self, ines, as_member):
        said = article(ines, "Title", TEXT, picture=picture())
        client, address = as_member(ines), reverse("edit_article", args=[said.pk])
        options = {"audience": "members", "comments_from": "anyone"}
        answer = client.post(address, changed(said, remove="0") | options)
        assert answer.url == address
        assert "<img" not in Article.objects.get().html
        client.post(address, changed(said) | options | {"picture": picture(), "description": "New"})
        assert said.pictures.get().key in Article.objects.get().html


def test_it_is_reposted_with_its_title_and_never_wider(ines, tomasz, lina, as_member):
    said = article(ines, "Under the bridge", TEXT, audience="members")
    with pytest.raises(Refusal):
        repost(said, by=tomasz, audience="public")
    pass_on(tomasz, said, text="Read this.")
    pass_on(tomasz, said)
    page = as_member(lina).get("/in/tomasz/posts/").content.decode()
    assert page.count(f'href="{said.article.get_absolute_url()}"') >= 2
    Post.objects.filter(pk=said.pk).update(audience="connections")
    assert "Under the bridge" not in as_member(lina).get("/in/tomasz/posts/").content.decode()


def test_what_readers_see_is_stored_and_made_anew_when_the_rules_change(ines):
    said = article(ines, text="*Once*").article
    Article.objects.update(html="<p>stored</p>")
    said.refresh_from_db()
    assert html_of(said, []) == "<p>stored</p>"
    Article.objects.update(rendered_as=VERSION + 1)
    said.refresh_from_db()
    assert "<em>Once</em>" in html_of(said, [])
    assert "<em>Once</em>" in Article.objects.get().html


def test_deleting_it_deletes_everything_of_it(ines, as_member):
    said = article(ines, picture=picture())
    as_member(ines).post(reverse("delete_post", args=[said.pk]))
    assert not Article.objects.exists()
    assert not Post.objects.exists()


def test_the_feed_costs_the_same_with_articles_and_pictures_and_reads_none_of_their_words(ines, tomasz, as_member):
    client = as_member(tomasz)
    client.get("/")
    plain = queries_of(client, ines, lambda: post(ines, "Plain."))
    rich = queries_of(client, ines, lambda: [article(ines, picture=picture()), post(ines, picture=picture())] * 4)
    assert len(rich) == len(plain)
    shown = [sql for sql in rich if "feed_article" in sql]
    assert shown
    assert not any(re.search(r'feed_article"\."(text|html)"', sql) for sql in shown)


def queries_of(client, author, write) -> list[str]:
    write()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get("/").status_code == 200
    return [each["sql"] for each in caught.captured_queries]


def test_search_engines_may_list_a_public_one_of_somebody_who_wants_to_be_found(ines, client):
    said = article(ines, audience="public", picture=picture())
    address = said.article.get_absolute_url()
    ines.profile_audience, ines.engines_may_list = "public", True
    ines.save()
    answer = client.get(address)
    assert "X-Robots-Tag" not in answer.headers
    preview = f"http://testserver/pictures/{said.pictures.get().key}/1280/"
    assert f'<meta property="og:image" content="{preview}">' in answer.content.decode()
    ines.engines_may_list = False
    ines.save()
    assert "noindex" in client.get(address).headers["X-Robots-Tag"]


def test_its_moment_is_that_of_its_publishing(ines):
    said = article(ines)
    assert timezone.now() - said.posted_at < timedelta(minutes=1)
