"""Drafts: saved while one writes, read by nobody else, published once, and nothing lost on two pages."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.refusals import Refusal
from feed.actions import delete_draft, publish_draft, save_draft
from feed.actions.drafting import PublishedAlready
from feed.models import Draft, Picture, Post
from tests.cast import CAST
from tests.concurrently import at_once
from tests.factories import MemberFactory, article, draft
from tests.world import picture

pytestmark = pytest.mark.usefixtures("unmailed")

HTMX = {"HX-Request": "true"}


def typed(mine: Draft | None = None, **fields) -> dict:
    """What the form of a draft sends, from a page of its own."""
    seen = {"key": mine.key, "saves": mine.saves} if mine else {"key": uuid4(), "saves": 0}
    said = {"title": "Ice", "text": "It *cracks*.", "audience": "members", "comments_from": "anyone"}
    return {name: str(value) for name, value in (said | seen | {"page": uuid4()} | fields).items()}


@pytest.fixture
def mine(ines) -> Draft:
    return draft(ines, "Not for you yet", "Words that are mine alone.", picture=picture())


def test_nobody_but_its_author_reaches_a_draft_in_any_way(cast, mine, as_member):
    hers = {mine.title, "mine alone", mine.get_absolute_url()}
    picture_url = reverse("picture", args=[mine.pictures.get().key, 640])
    for name in CAST:
        client, is_hers = as_member(cast[name]), name == "ines"
        found = 200 if is_hers else 404
        signed_out = name == "visitor"
        for address in (mine.get_absolute_url(), reverse("delete_draft", args=[mine.pk])):
            assert client.get(address).status_code == (302 if signed_out else found), (name, address)
            if not is_hers:
                assert client.post(address, typed(mine)).status_code == (302 if signed_out else 404), (name, address)
        assert client.get(picture_url).status_code == found, name
        pages = [reverse("drafts"), "/", "/in/ines/", "/in/ines/posts/", "/search/posts/?q=alone"]
        read = "".join(client.get(page).content.decode() for page in pages)
        assert any(words in read for words in hers) is is_hers, name
        assert Draft.objects.visible_to(cast[name]).exists() is is_hers
    assert not Post.objects.exists()


def test_somebody_elses_key_opens_nothing(ines, lina, mine):
    theirs = save_draft(by=lina, key=mine.key, page=uuid4(), saves=1, title="Mine", text="Own.")
    mine.refresh_from_db()
    assert (theirs.author, mine.title) == (lina, "Not for you yet")
    with pytest.raises(Refusal):
        publish_draft(mine, by=lina)
    delete_draft(mine, by=lina)
    assert Draft.objects.filter(pk=mine.pk).exists()


class TestTwoPages:
    def test_a_page_saves_over_what_it_saw_and_over_what_it_saved_itself(self, ines, mine):
        said = {"by": ines, "key": mine.key, "page": uuid4(), "saves": mine.saves, "title": "T"}
        for text in ("a", "ab", "abc"):  # the page never heard of the first two
            assert save_draft(text=text, **said) == mine
        mine.refresh_from_db()
        assert (mine.text, Draft.objects.count()) == ("abc", 1)

    def test_words_of_a_page_that_saw_less_become_a_draft_beside_it(self, ines, mine):
        one, other = ({"by": ines, "key": mine.key, "page": uuid4(), "saves": 1, "title": "T"} for _page in range(2))
        save_draft(text="From the one.", **one)
        beside = save_draft(text="From the other.", **other)
        assert save_draft(text="From the other, and more.", **other) == beside
        mine.refresh_from_db(), beside.refresh_from_db()
        assert (mine.text, beside.text) == ("From the one.", "From the other, and more.")
        pictures = Picture.objects.order_by("draft").values_list("draft", "position", "key")
        assert [row[:2] for row in pictures] == [(mine.pk, 0), (beside.pk, 0)]
        assert len({row[2] for row in pictures}) == 2, "each has files of its own"

    def test_a_replay_changes_nothing(self, ines, mine):
        said = {"by": ines, "key": mine.key, "page": uuid4(), "saves": 1, "title": "T", "text": "Once."}
        assert save_draft(**said).saves == 2
        assert save_draft(**said | {"page": uuid4()}).saves == 2
        assert Draft.objects.count() == 1

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    def test_it_says_that_both_are_kept(self, ines, mine, as_member, headers):
        client, stale = as_member(ines), typed(mine, text="From the other.")
        client.post(reverse("preview_draft"), typed(mine, text="From the one."), headers=HTMX)
        answer = client.post(reverse("preview_draft"), stale, headers=headers, follow=not headers)
        page = answer.content.decode()
        beside = Draft.objects.exclude(pk=mine.pk).get()
        assert "Nothing is overwritten" in page
        assert f'value="{beside.key}"' in page, "one goes on with one's own words"

    def test_what_one_writes_after_publishing_on_another_page_is_kept_beside(self, ines, mine):
        post = publish_draft(mine, by=ines)
        said = {"by": ines, "key": mine.key, "page": uuid4(), "saves": 1}
        with pytest.raises(PublishedAlready):
            save_draft(**said, title=mine.title, text=mine.text)
        assert save_draft(**said, title=mine.title, text="Later.").text == "Later."
        assert Post.objects.get() == post


class TestWriting:
    def test_saving_leads_to_the_draft_and_publishing_to_the_article_once(self, ines, as_member):
        client, form = as_member(ines), typed()
        answer = client.post(reverse("new_article"), form)
        mine = Draft.objects.get()
        assert answer.url == mine.get_absolute_url()
        for _turn in range(2):
            answer = client.post(
                mine.get_absolute_url() if _turn == 0 else reverse("new_article"), form | {"publish": "1"}
            )
            assert answer.url.endswith("/ice/") or answer.url.startswith("/posts/")
        assert not Draft.objects.exists()
        assert Post.objects.get().article.title == "Ice"

    def test_an_unfinished_one_is_saved_but_not_published(self, ines, as_member):
        client, form = as_member(ines), typed(title="", text="Some words.")
        refused = client.post(reverse("new_article"), form | {"publish": "1"})
        assert refused.status_code == 422
        assert "An article needs a title." in refused.content.decode()
        assert "Some words." in refused.content.decode()
        assert client.post(reverse("new_article"), form).status_code == 302
        assert Draft.objects.get().title == ""
        with pytest.raises(Refusal):
            publish_draft(Draft.objects.get(), by=ines)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [({"title": "x" * 151}, "at most 150"), ({"text": "x" * 40_001}, "at most 40000"), ({"key": "no"}, "UUID")],
    )
    @pytest.mark.parametrize("name", ["new_article", "preview_draft"])
    def test_bad_input_comes_back_with_what_was_typed(self, ines, as_member, name, fields, said):
        answer = as_member(ines).post(reverse(name), typed(**fields | {"text": fields.get("text", "Kept words.")}))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert (fields.get("text") or "Kept words.") in page

    def test_with_htmx_it_is_saved_and_shown_while_one_writes(self, ines, as_member):
        client, form = as_member(ines), typed(text="It *cracks*.")
        said = client.post(reverse("preview_draft"), form, headers=HTMX).content.decode()
        mine = Draft.objects.get()
        assert "Saved at" in said
        assert "<em>cracks</em>" in said
        assert f'name="page" value="{form["page"]}"' in said
        fresh = client.get(mine.get_absolute_url()).content.decode()
        assert '<div class="prose"><p dir="auto">It <em>cracks</em>.</p></div>' in said
        assert '<div class="prose"><p dir="auto">It <em>cracks</em>.</p></div>' in fresh

    def test_nothing_typed_is_no_draft(self, ines, as_member):
        for headers in ({}, HTMX):
            as_member(ines).post(reverse("preview_draft"), typed(title=" ", text="\n"), headers=headers)
        assert not Draft.objects.exists()

    def test_pictures_are_added_named_and_removed_and_a_refused_file_keeps_the_words(self, ines, mine, as_member):
        client, address = as_member(ines), mine.get_absolute_url()
        client.post(address, typed(mine, text="Words.") | {"picture": picture(), "description": "Ice"})
        page = client.get(address).content.decode()
        assert "![Ice](picture:2)" in page
        mine.refresh_from_db()
        client.post(address, typed(mine, text="More words.", remove=0))
        mine.refresh_from_db()
        assert list(mine.pictures.values_list("position", "description")) == [(1, "Ice")]
        broken = picture()
        broken.file.seek(0), broken.file.write(b"nothing")
        refused = client.post(address, typed(mine, text="Even more.") | {"picture": broken})
        assert refused.status_code == 422
        assert "Even more." in refused.content.decode()
        assert "read as a picture" in refused.content.decode()

    def test_deleting_asks_first_and_takes_the_pictures_along(self, ines, mine, as_member):
        client, address = as_member(ines), reverse("delete_draft", args=[mine.pk])
        assert "Delete this draft?" in client.get(address).content.decode()
        client.post(address)
        assert not Draft.objects.exists()
        assert not Picture.objects.exists()


def test_the_list_costs_the_same_for_one_as_for_a_page(ines, as_member, django_assert_num_queries):
    client = as_member(ines)
    draft(ines, "One")
    client.get(reverse("drafts"))
    with django_assert_num_queries(5):
        client.get(reverse("drafts"))
    for number in range(24):
        draft(ines, f"[{number}]")
    with django_assert_num_queries(5):
        first = client.get(reverse("drafts"))
    rest = client.get(first.context["more_url"], headers=HTMX)
    shown = [line.title for page in (first, rest) for line in page.context["drafts"]]
    assert shown == [*(f"[{number}]" for number in range(23, -1, -1)), "One"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(2))
def test_publishing_at_the_same_moment_publishes_once_and_a_save_beside_it_loses_nothing(round_):
    member = MemberFactory()
    mine = draft(member, "Ice", "Words.")
    said = {"by": member, "key": mine.key, "page": uuid4(), "saves": 1, "title": "Ice"}
    first, second, saved = at_once(
        lambda: publish_draft(mine, by=member),
        lambda: publish_draft(mine, by=member),
        lambda: save_draft(**said, text="Other words."),
    )
    assert first == second == Post.objects.get()
    assert isinstance(saved, Draft)
    published = first.article.text
    left = [each.text for each in Draft.objects.all()]
    assert sorted([published, *left]) in (["Other words."], ["Other words.", "Words."])


def test_an_article_of_somebody_who_may_not_be_seen_says_nothing_by_its_address(ines, lina, as_member):
    post = article(ines, audience="connections")
    assert as_member(lina).get(f"/articles/{post.pk}/anything/").status_code == 404
