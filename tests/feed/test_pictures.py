"""Up to four pictures in a post: in order, with descriptions asked for, and seen by whoever sees the post."""

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.refusals import Refusal
from feed.actions import edit_post, publish_post
from feed.models import Picture, Post
from feed.pictures import NewPicture, read_picture
from tests.factories import pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

HTMX = {"HX-Request": "true"}
COLOURS = ("red", "green", "blue", "gold", "black")


def upload(colour: str = "teal", *, size=(90, 60), content: bytes | None = None) -> SimpleUploadedFile:
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0132] = "Taken at my home", "2026:01:01"
    Image.new("RGB", size, colour).save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{colour}.jpg", content or file.getvalue(), content_type="image/jpeg")


def chosen(*colours: str, described: bool = True, **fields) -> dict:
    form = {"text": "Out now.", "audience": "members", "comments_from": "anyone", "key": str(uuid4())}
    for number, colour in enumerate(colours, start=1):
        form |= {f"picture_{number}": upload(colour)} | ({f"description_{number}": colour} if described else {})
    return form | fields


def test_four_stand_in_the_order_in_which_they_were_chosen_with_their_measures(ines, tomasz, as_member):
    as_member(ines).post(reverse("new_post"), chosen(*COLOURS[:4]))
    mine = Post.objects.get()
    assert list(mine.pictures.values_list("position", "description")) == list(enumerate(COLOURS[:4]))
    card = as_member(tomasz).get("/").content.decode().split('<div class="picture four">')[1].split("</div>")[0]
    places = [card.index(f'width="90" height="60" alt="{colour}" loading="lazy"') for colour in COLOURS[:4]]
    assert places == sorted(places)


def test_one_that_is_left_out_leaves_no_hole(ines, as_member):
    form = chosen("red") | {"picture_4": upload("blue"), "description_4": "blue"}
    as_member(ines).post(reverse("new_post"), form)
    assert list(Picture.objects.values_list("position", "description")) == [(0, "red"), (1, "blue")]


def test_a_fifth_is_refused(ines):
    five = [NewPicture(read_picture(upload(colour)), colour) for colour in COLOURS]
    with pytest.raises(Refusal):
        publish_post(by=ines, text="", pictures=five)
    assert not Post.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_refused_file_says_which_and_keeps_the_words(ines, as_member, headers):
    form = chosen("red", text="Kept words.") | {
        "picture_3": upload(content=b"GIF89a nothing"),
        "description_3": "Gone?",
    }
    answer = as_member(ines).post(reverse("new_post"), form, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kept words." in page
    assert 'value="red"' in page
    assert 'value="Gone?"' in page
    third = page[page.index('data-picture="3"') :].split('data-picture="4"')[0]
    assert "read as a picture" in third
    assert page.count("read as a picture") == 1
    assert re.search('<input type="file"[^>]* hx-preserve="true"', third), "the other files stay chosen"
    assert not Post.objects.exists()


def test_what_a_file_carried_is_gone(ines, as_member):
    client = as_member(ines)
    client.post(reverse("new_post"), chosen("red"))
    for size in (640, 1280):
        content = client.get(reverse("picture", args=[Picture.objects.get().key, size])).content
        assert b"Taken at my home" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


class TestDescriptions:
    def test_with_htmx_one_is_reminded_once_before_it_is_published(self, ines, as_member):
        client, form = as_member(ines), chosen("red", "blue", description_2="", key=str(uuid4()))
        reminded = client.post(reverse("new_post"), form, headers=HTMX)
        page = reminded.content.decode()
        assert reminded.status_code == 200
        assert "Picture 2 has no description yet." in page
        assert 'name="reminded" value="1"' in page
        assert not Post.objects.exists()
        again = chosen("red", "blue", description_2="", reminded="1", key=form["key"])
        assert client.post(reverse("new_post"), again, headers=HTMX).headers["HX-Retarget"] == "#latest"
        assert Picture.objects.count() == 2

    def test_without_htmx_it_is_published_and_asked_for_afterwards(self, ines, as_member):
        page = as_member(ines).post(reverse("new_post"), chosen("red", described=False), follow=True).content.decode()
        assert "A picture has no description yet." in page
        assert f'href="{reverse("edit_post", args=[Post.objects.get().pk])}"' in page

    def test_all_described_nobody_is_reminded(self, ines, as_member):
        as_member(ines).post(reverse("new_post"), chosen("red", "blue"), headers=HTMX)
        assert Picture.objects.count() == 2

    def test_they_are_changed_later_which_marks_the_post(self, ines, as_member):
        client = as_member(ines)
        client.post(reverse("new_post"), chosen("red", "blue"))
        mine = Post.objects.get()
        address = reverse("edit_post", args=[mine.pk])
        assert 'value="blue"' in client.get(address).content.decode()
        form = {"text": "", "audience": "members", "comments_from": "anyone", "description_1": "red"}
        assert client.post(address, form | {"description_2": "x" * 301}).status_code == 422
        assert client.post(address, form | {"description_2": "A blue door"}).status_code == 302
        assert list(mine.pictures.values_list("description", flat=True)) == ["red", "A blue door"]
        mine.refresh_from_db()
        assert mine.edited_at is not None

    def test_nobody_elses(self, ines, tomasz):
        mine = post(ines, picture=upload(), description="Mine")
        with pytest.raises(Refusal):
            edit_post(mine, by=tomasz, text="Mine now.", descriptions={0: "Theirs"})
        assert mine.pictures.get().description == "Mine"


def test_they_cost_the_feed_no_query_however_many_there_are(ines, tomasz, as_member):
    client = as_member(tomasz)
    counts = []
    for number in range(3):
        for _post in range(1 + 5 * number):
            mine = publish_post(
                by=ines,
                text="Look.",
                pictures=[NewPicture(read_picture(upload(colour)), colour) for colour in COLOURS[: 1 + number]],
            )
        pass_on(tomasz, mine, text="Look at this.")
        client.get("/")
        with CaptureQueriesContext(connection) as caught:
            page = client.get("/").content.decode()
        counts.append(len(caught))
        assert page.count('class="picture') > number
    assert len(set(counts)) == 1, counts
