"""Nothing that was typed or chosen is lost when a form comes back without JavaScript, nor any file (product.md §16)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.pictures import path_of
from feed.actions import publish_draft
from feed.actions.holding import forget_held, hold_pictures
from feed.actions.picturing import hang, not_hung
from feed.models import Draft, Held, Picture, Post
from feed.pictures import FOLDER, NewPicture, read_picture
from tests.factories import article, draft
from tests.factories.groups import group_of
from tests.feed.test_pictures import HTMX, chosen, upload

pytestmark = pytest.mark.usefixtures("unmailed")
TOO_LONG = "x" * 3001


def fields_of(page, **changed) -> dict:
    """What a browser would send of the form that came back: everything but the files."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if not name.startswith(("picture_", "without_"))}
    return {name: value for name, value in sent.items() if value is not None} | changed


def files(picture: Picture) -> list[bool]:
    return [path_of(FOLDER, picture.key, size).exists() for size in (640, 1280)]


@pytest.mark.parametrize("where", ["feed", "group"])
def test_they_are_shown_in_the_form_with_their_descriptions_and_go_with_it(where, ines, as_member):
    group = group_of(ines, name="Low water") if where == "group" else None
    address = reverse("new_group_post", args=[group.slug]) if group else reverse("new_post")
    client = as_member(ines)
    page = client.post(address, chosen("red", "blue", text=TOO_LONG))
    assert page.status_code == 422
    held = list(Picture.objects.order_by("position"))
    for picture in held:
        assert f'src="{reverse("picture", args=[picture.key, 640])}"' in page.text
        assert client.get(reverse("picture", args=[picture.key, 640])).status_code == 200
    assert page.text.count('type="file" name="picture_') == 2, "the places that are free"
    again = client.post(address, fields_of(page, text="Out now.") | {"picture_4": upload("gold")})
    assert again.status_code == 302
    mine = Post.objects.get()
    assert [each.key for each in mine.pictures.all()][:2] == [each.key for each in held]
    assert list(mine.pictures.values_list("position", "description")) == [(0, "red"), (1, "blue"), (2, "")]
    assert not Held.objects.exists()
    assert client.post(address, fields_of(page, text="Out now.")).status_code == 302
    assert Post.objects.count() == 1


def test_one_can_be_left_out_and_one_be_enough_without_words(ines, as_member):
    client, address = as_member(ines), reverse("new_post")
    form = fields_of(client.post(address, chosen("red", "blue", text=TOO_LONG)), text="")
    left, stays = Picture.objects.order_by("position")
    assert client.post(address, form | {"without_1": "on", "without_2": "on"}).status_code == 422
    assert client.post(address, form | {"without_1": "on", "description_2": "A blue door"}).status_code == 302
    assert list(Post.objects.get().pictures.values_list("key", "description")) == [(stays.key, "A blue door")]
    assert not Picture.objects.filter(pk=left.pk).exists()


def test_a_file_that_is_none_is_refused_and_the_others_are_held_once(ines, as_member):
    client, address = as_member(ines), reverse("new_post")
    form = chosen("red", key=str(uuid4())) | {"picture_3": upload(content=b"nothing")}
    page = client.post(address, form)
    assert "read as a picture" in page.text
    again = client.post(address, fields_of(page) | {"picture_3": upload(content=b"nothing")})
    assert again.status_code == 422
    assert list(Picture.objects.values_list("position", flat=True)) == [0]


def test_nothing_is_held_with_htmx_which_keeps_the_files_in_the_page(ines, as_member):
    assert as_member(ines).post(reverse("new_post"), chosen("red", text=TOO_LONG), headers=HTMX).status_code == 422
    assert not Held.objects.exists()


def test_nobody_else_sees_takes_or_sends_them(ines, tomasz, visitor, as_member):
    page = as_member(ines).post(reverse("new_post"), chosen("red", text=TOO_LONG))
    address = reverse("picture", args=[Picture.objects.get().key, 640])
    for viewer in (tomasz, visitor):
        assert as_member(viewer).get(address).status_code == 404
    as_member(tomasz).post(reverse("new_post"), fields_of(page, text="Mine now?"))
    assert not Post.objects.get().pictures.exists()


def test_what_nobody_comes_back_to_is_deleted_after_a_day_and_of_five_forms_the_latest_stay(ines, as_member):
    client = as_member(ines)
    for _form in range(Held.MOST + 1):
        client.post(reverse("new_post"), chosen("red", text=TOO_LONG))
    assert Held.objects.count() == Held.MOST
    assert forget_held() == 0
    old = Held.objects.order_by("pk").first()
    Held.objects.filter(pk=old.pk).update(held_at=timezone.now() - timedelta(days=1, minutes=1))
    assert forget_held() == 1
    assert Held.objects.count() == Picture.objects.count() == Held.MOST - 1


@pytest.mark.django_db(transaction=True)
def test_the_files_go_with_them(ines, as_member):
    as_member(ines).post(reverse("new_post"), chosen("red", text=TOO_LONG))
    picture = Picture.objects.get()
    assert files(picture) == [True, True]
    Held.objects.update(held_at=timezone.now() - timedelta(days=2))
    forget_held()
    assert files(picture) == [False, False]


LONG = "x" * 151
REFUSED_ARTICLES = {
    "new, saved": ("new_article", {"title": LONG}),
    "new, published with a long title": ("new_article", {"title": LONG, "publish": "1"}),
    "new, published without a title": ("new_article", {"title": "", "publish": "1"}),
    "published": ("edit_article", {"title": ""}),
}


@pytest.mark.parametrize("case", REFUSED_ARTICLES)
def test_that_of_an_article_waits_and_goes_with_it(case, ines, as_member):
    name, wrong = REFUSED_ARTICLES[case]
    said = [article(ines, "Rain").pk] if name == "edit_article" else []
    client, address = as_member(ines), reverse(name, args=said)
    form = fields_of(client.get(address), text="It rained.") | wrong
    page = client.post(address, form | {"picture": upload(), "description": "A gauge"})
    assert page.status_code == 422
    picture = Picture.objects.get()
    assert f'src="{reverse("picture", args=[picture.key, 640])}"' in page.text
    assert page.context["form"]["description"].value() == "A gauge"
    assert client.post(address, fields_of(page, title="Rain") | {"publish": "1"}).status_code == 302
    assert [(each.pk, each.description) for each in Post.objects.get().pictures.all()] == [(picture.pk, "A gauge")]
    assert not Held.objects.exists()


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "draft"])
def test_a_fifth_of_an_article_waits_until_another_is_removed(is_published, ines, as_member):
    four = [NewPicture(read_picture(upload(colour)), colour) for colour in ("red", "blue", "gold", "gray")]
    mine = draft(ines, "Rain", "It rained.")
    hang(four, mine)
    post = publish_draft(mine, by=ines) if is_published else None
    client = as_member(ines)
    address = reverse("edit_article", args=[post.pk]) if post else mine.get_absolute_url()
    form = fields_of(client.get(address))
    page = client.post(address, form | {"picture": upload("teal"), "description": "teal"})
    assert page.status_code == 422
    assert "There can be at most 4 pictures." in page.text
    assert "The picture that you chose is still here." in page.text
    assert client.post(address, fields_of(page, remove="1")).status_code == 302
    pictures = Picture.objects.order_by("position").values_list("description", flat=True)
    assert list(pictures) == ["red", "teal", "gold", "gray"]
    assert not Held.objects.exists()


class TestPreviewOfAnArticle:
    """Its button sends the form as those that save do."""

    def test_a_draft_keeps_the_file(self, ines, as_member):
        client = as_member(ines)
        form = fields_of(client.get(reverse("new_article")), text="It rained.")
        client.post(reverse("preview_draft"), form | {"picture": upload(), "description": "A gauge"})
        assert list(Draft.objects.get().pictures.values_list("description", flat=True)) == ["A gauge"]

    @pytest.mark.parametrize("name", ["preview_draft", "preview_article"])
    def test_what_is_refused_waits_and_with_htmx_goes_on_waiting(self, name, ines, as_member):
        client, post = as_member(ines), article(ines, "Rain") if name == "preview_article" else None
        preview, write = reverse(name, args=[post.pk] if post else []), "edit_article" if post else "new_article"
        form = fields_of(client.get(reverse(write, args=[post.pk] if post else [])), text="It rained.", title=LONG)
        page = client.post(preview, form | {"picture": upload(), "description": "A gauge"})
        assert "The picture that you chose is still here." in page.text
        client.post(preview, fields_of(page, title="Rain"), headers=HTMX)
        assert Held.objects.get().pictures.count() == 1
        assert client.post(page.context["action_url"], fields_of(page, title="Rain")).status_code == 302
        assert Picture.objects.get().description == "A gauge"
        assert not Held.objects.exists()

    def test_what_is_refused_shows_the_pictures_that_the_draft_has(self, ines, as_member):
        mine, client = draft(ines, "Rain", "It rained.", picture=upload()), as_member(ines)
        form = fields_of(client.get(mine.get_absolute_url()), title=LONG)
        page = client.post(reverse("preview_draft"), form)
        assert list(page.context["pictures"]) == [mine.pictures.get()]
        assert page.context["action_url"] == mine.get_absolute_url()


def test_what_waits_for_one_page_of_a_draft_is_not_shown_on_another(ines, as_member):
    mine, client = draft(ines, "Rain", "It rained."), as_member(ines)
    address = mine.get_absolute_url()
    for colour in ("red", "blue"):
        form = fields_of(client.get(address), title=LONG) | {"picture": upload(colour), "description": colour}
        page = client.post(address, form)
    assert client.post(address, fields_of(page, title="Rain")).status_code == 302
    blue = mine.pictures.get()
    assert Held.objects.get().pictures.get().pk < blue.pk, "the red one was left alone"


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "draft"])
def test_what_waits_is_added_although_another_page_changed_the_pictures(is_published, ines, as_member):
    mine = draft(ines, "Rain", "It rained.", picture=upload())
    post = publish_draft(mine, by=ines) if is_published else None
    client = as_member(ines)
    address = reverse("edit_article", args=[post.pk]) if post else mine.get_absolute_url()
    page = client.post(address, fields_of(client.get(address), title=LONG) | {"picture": upload("teal")})
    client.post(address, fields_of(client.get(address), remove="0"))
    assert not Picture.objects.filter(held=None).exists()
    for _turn in range(2):
        assert client.post(address, fields_of(page, title="Rain")).status_code == 302
    assert Picture.objects.get().held is None
    assert Draft.objects.count() == (0 if post else 1)


def test_a_new_one_goes_along_with_words_that_are_kept_apart(ines, as_member):
    mine, client = draft(ines, "Rain", "It rained.", picture=upload()), as_member(ines)
    one, other = (fields_of(client.get(mine.get_absolute_url())) for _page in range(2))
    client.post(mine.get_absolute_url(), one | {"text": "From the one."})
    for _turn in range(2):
        client.post(mine.get_absolute_url(), other | {"text": "From the other.", "picture": upload("teal")})
    apart = Draft.objects.exclude(pk=mine.pk).get()
    assert (mine.pictures.count(), apart.pictures.count()) == (1, 2)


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "draft"])
def test_a_new_one_is_added_although_another_page_added_one_and_once_if_it_is_sent_twice(is_published, ines, as_member):
    mine = draft(ines, "Rain", "It rained.")
    post = publish_draft(mine, by=ines) if is_published else None
    client, of = as_member(ines), post or mine
    address = reverse("edit_article", args=[post.pk]) if post else mine.get_absolute_url()
    one, other = (fields_of(client.get(address)) for _page in range(2))
    client.post(address, one | {"picture": upload("red"), "description": "red"})
    for _turn in range(2):
        assert client.post(address, other | {"picture": upload("teal"), "description": "teal"}).status_code == 302
        assert list(of.pictures.values_list("description", flat=True)) == ["red", "teal"]
    assert not Held.objects.exists()
    assert Draft.objects.count() == (0 if post else 1)


def test_a_new_one_goes_along_when_words_are_kept_apart_a_second_time(ines, as_member):
    mine, client = draft(ines, "Rain", "It rained."), as_member(ines)
    one, other = (fields_of(client.get(mine.get_absolute_url())) for _page in range(2))
    client.post(mine.get_absolute_url(), one | {"text": "From the one."})
    client.post(mine.get_absolute_url(), other | {"text": "From the other."})
    for _turn in range(2):
        client.post(mine.get_absolute_url(), other | {"text": "From the other.", "picture": upload("teal")})
    assert Draft.objects.exclude(pk=mine.pk).get().pictures.count() == 1


def test_a_new_one_makes_a_draft_beside_what_another_page_published_and_sending_twice_none(ines, as_member):
    client, address = as_member(ines), reverse("new_article")
    form = fields_of(client.get(address), title="Rain", text="It rained.") | {"description": "A gauge"}
    for _turn in range(2):
        assert client.post(address, form | {"publish": "1", "picture": upload("red")}).status_code == 302
    assert Post.objects.get().pictures.count() == 1
    assert not Draft.objects.exists()
    answer = client.post(address, form | {"publish": "1", "picture": upload("teal")}, follow=True)
    assert "these words are a draft of their own" in answer.text
    assert Draft.objects.get().pictures.get().description == "A gauge"
    assert Post.objects.get().pictures.count() == 1


def test_what_waited_and_hangs_by_now_is_not_hung_again(ines):
    (picture,), mine = hold_pictures({0: read_picture(upload())}, by=ines, key=uuid4()), draft(ines)
    new = [NewPicture(picture)]
    assert not_hung(new, mine) == new
    hang(new, mine)
    assert not_hung(new, mine) == []
