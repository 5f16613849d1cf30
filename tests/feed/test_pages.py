"""Posting, liking and commenting through the pages: with htmx and without, and with bad input."""

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import User
from accounts.models.standing import FOR_GOOD
from feed.models import Comment, Post
from tests.factories import comment, like, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

HTMX = {"HX-Request": "true"}


def filled(**fields) -> dict:
    return {"text": "Out now.", "audience": "members", "comments_from": "anyone", "key": str(uuid4())} | fields


def picture(name: str = "a.png", *, size=(2000, 1000), content: bytes | None = None) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "PNG")
    return SimpleUploadedFile(name, content or file.getvalue(), content_type="image/png")


def without_tokens(html: str) -> str:
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
    return re.sub(r"\s+", " ", re.sub(r'name="key" value="[^"]*"', "", html))


def piece(html: str, start: str, end: str) -> str:
    return html[html.index(start) : html.index(end, html.index(start))]


class TestPosting:
    def test_leads_back_to_the_feed_where_the_post_stands_on_top(self, ines, tomasz, as_member):
        client = as_member(ines)
        post(tomasz, "Older.")
        answer = client.post(reverse("new_post"), filled(), follow=True)
        assert answer.redirect_chain == [("/", 302)]
        page = answer.content.decode()
        assert page.index("Out now.") < page.index("Older.")

    def test_with_htmx_shows_the_feed_as_a_fresh_load_would(self, ines, tomasz, as_member):
        client = as_member(ines)
        post(tomasz, "Older.")
        swapped = client.post(reverse("new_post"), filled(), headers=HTMX)
        assert swapped.headers["HX-Retarget"] == "#latest"
        fresh = client.get("/").content.decode()
        assert without_tokens(swapped.content.decode()).strip() in without_tokens(fresh)

    def test_twice_the_same_form_posts_once(self, ines, as_member):
        form = filled()
        for _turn in range(2):
            assert as_member(ines).post(reverse("new_post"), form).status_code == 302
        assert Post.objects.count() == 1

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"text": ""}, "Write something, or add a picture."),
            ({"text": "x" * 3001}, "at most 3000"),
            ({"audience": "everyone", "text": "Kept words."}, "Select a valid choice"),
            ({"key": "no key", "text": "Kept words."}, "Enter a valid UUID"),
        ],
    )
    def test_bad_input_comes_back_with_what_was_typed(self, ines, as_member, headers, fields, said):
        answer = as_member(ines).post(reverse("new_post"), filled(**fields), headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert fields.get("text", "") in page
        assert ("<html" in page) == (not headers)

    def test_3000_letters_with_line_breaks_are_3000_letters(self, ines, as_member):
        text = "\r\n".join(["x" * 99] * 30)
        assert as_member(ines).post(reverse("new_post"), filled(text=text)).status_code == 302
        assert Post.objects.get().text.count("\n") == 29

    def test_a_picture_is_enough_and_comes_in_two_sizes_with_its_measures(self, ines, as_member):
        client = as_member(ines)
        client.post(reverse("new_post"), filled(text="", picture_1=picture(), description_1="A teal wall"))
        mine = Post.objects.get()
        page = client.get(mine.get_absolute_url()).content.decode()
        assert 'width="1280" height="640" alt="A teal wall"' in page
        widths = []
        for size in (640, 1280):
            answer = client.get(reverse("picture", args=[mine.pictures.get().key, size]))
            assert answer.headers["Content-Type"] == "image/webp"
            widths.append(Image.open(io.BytesIO(answer.content)).width)
        assert widths == [640, 1280]
        assert client.get(reverse("picture", args=[mine.pictures.get().key, 999])).status_code == 404

    def test_a_file_that_is_no_picture_is_refused_beside_its_field(self, ines, as_member):
        answer = as_member(ines).post(reverse("new_post"), filled(picture_2=picture(content=b"<svg onload=alert(1)>")))
        assert answer.status_code == 422
        assert "read as a picture" in answer.content.decode()
        assert not Post.objects.exists()


class TestChanging:
    def test_only_narrower_audiences_are_offered_and_taken(self, ines, as_member):
        mine = post(ines, audience="members")
        address = reverse("edit_post", args=[mine.pk])
        page = as_member(ines).get(address).content.decode()
        assert 'value="public"' not in page
        assert as_member(ines).post(address, filled(audience="public")).status_code == 422
        assert as_member(ines).post(address, filled(text="Shorter.", audience="connections")).status_code == 302
        mine.refresh_from_db()
        assert (mine.text, mine.audience) == ("Shorter.", "connections")
        assert "edited" in as_member(ines).get(mine.get_absolute_url()).content.decode()

    def test_deleting_asks_first(self, ines, as_member):
        mine = post(ines)
        address = reverse("delete_post", args=[mine.pk])
        assert "Delete this post?" in as_member(ines).get(address).content.decode()
        assert Post.objects.exists()
        assert as_member(ines).post(address, follow=True).status_code == 200
        assert not Post.objects.exists()

    def test_the_address_of_a_wordless_repost_leads_to_the_original_and_deleting_it_leaves_that(
        self, ines, tomasz, as_member
    ):
        original = post(ines)
        passed_on = pass_on(tomasz, original)
        client = as_member(tomasz)
        assert client.get(passed_on.get_absolute_url()).url == original.get_absolute_url()
        assert client.get(reverse("edit_post", args=[passed_on.pk])).status_code == 404
        client.post(reverse("delete_post", args=[passed_on.pk]))
        assert list(Post.objects.all()) == [original]

    def test_liking_and_answering_a_wordless_repost_is_liking_and_answering_the_original(self, ines, tomasz, as_member):
        original = post(ines)
        passed_on = pass_on(tomasz, original)
        client = as_member(tomasz)
        client.post(reverse("react", args=[passed_on.pk]), {"kind": "like"})
        client.post(reverse("new_comment", args=[passed_on.pk]), {"text": "Yes.", "key": uuid4()})
        assert (original.reactions.count(), original.comments.count()) == (1, 1)


class TestReposting:
    def test_offers_no_wider_audience_and_says_so_when_done(self, ines, tomasz, as_member):
        original = post(ines, audience="connections")
        address = reverse("repost", args=[original.pk])
        assert 'value="members"' not in as_member(tomasz).get(address).content.decode()
        assert as_member(tomasz).post(address, filled(audience="members")).status_code == 422
        page = as_member(tomasz).post(address, filled(text="", audience="connections"), follow=True).content.decode()
        assert "You reposted what Ines wrote." in page


class TestCommenting:
    def test_leads_to_the_comment_without_htmx(self, ines, tomasz, as_member):
        mine = post(ines)
        answer = as_member(tomasz).post(reverse("new_comment", args=[mine.pk]), {"text": "Yes.", "key": uuid4()})
        said = Comment.objects.get()
        assert answer.url == f"{mine.get_absolute_url()}#comment-{said.pk}"

    def test_swaps_the_comments_and_the_count_as_a_fresh_load_would_show_them(self, ines, tomasz, as_member):
        mine, client = post(ines), as_member(tomasz)
        comment(ines, mine, "First.")
        form = {"text": "Second.", "key": uuid4()}
        swapped = client.post(reverse("new_comment", args=[mine.pk]), form, headers=HTMX).content.decode()
        fresh = without_tokens(client.get(mine.get_absolute_url()).content.decode())
        section, count = swapped.split('<span id="comments-of-')
        assert without_tokens(section).strip() in fresh
        assert "Comment · 2" in count
        assert "Comment · 2" in fresh
        assert "hx-swap-oob" not in fresh

    def test_a_reply_swaps_its_thread(self, ines, tomasz, as_member):
        mine, client = post(ines), as_member(tomasz)
        first = comment(ines, mine, "First.")
        address = reverse("reply", args=[first.pk])
        assert "<html" not in client.get(address, headers=HTMX).content.decode()
        assert "<html" in client.get(address).content.decode()
        answer = client.post(address, {"text": "Second.", "key": uuid4()}, headers=HTMX)
        assert answer.headers["HX-Retarget"] == f"#comment-{first.pk}"
        thread = answer.content.decode().split('<span id="comments-of-')[0]
        assert without_tokens(thread).strip() in without_tokens(client.get(mine.get_absolute_url()).content.decode())

    def test_editing_swaps_its_thread_and_marks_it(self, ines, tomasz, as_member):
        mine, client = post(ines), as_member(tomasz)
        said = comment(tomasz, mine, "Before.")
        address = reverse("edit_comment", args=[said.pk])
        assert "Before." in client.get(address, headers=HTMX).content.decode()
        assert "edited" in client.post(address, {"text": "After."}, headers=HTMX).content.decode()
        assert client.post(address, {"text": "Again."}).status_code == 302
        assert as_member(ines).get(address).status_code == 404

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
    @pytest.mark.parametrize("text", ["", "x" * 1501])
    def test_bad_input_comes_back_with_its_form(self, ines, as_member, headers, text):
        mine = post(ines)
        first = comment(ines, mine)
        for address in (
            reverse("new_comment", args=[mine.pk]),
            reverse("reply", args=[first.pk]),
            reverse("edit_comment", args=[first.pk]),
        ):
            answer = as_member(ines).post(address, {"text": text, "key": uuid4()}, headers=headers)
            assert answer.status_code == 422
            assert "errorlist" in answer.content.decode()
        assert Comment.objects.count() == 1

    def test_the_address_of_a_reply_leads_to_its_place_in_the_thread(self, ines, tomasz, as_member):
        mine = post(ines)
        first = comment(ines, mine)
        replies = [comment(tomasz, mine, f"Reply {number}.", reply_to=first) for number in range(25)]
        for reply in (replies[0], replies[12], replies[-1]):
            page = as_member(ines).get(reverse("comment", args=[reply.pk]), follow=True)
            assert f'id="comment-{reply.pk}"' in page.content.decode()

    def test_many_comments_and_replies_come_in_pages_that_neither_repeat_nor_skip(self, ines, tomasz, as_member):
        mine = post(ines)
        written = [comment(tomasz, mine, f"[{number}]") for number in range(45)]
        replies = [comment(tomasz, mine, f"[r{number}]", reply_to=written[-1]) for number in range(25)]
        client, address, read = as_member(ines), mine.get_absolute_url(), []
        while address:
            page = client.get(address, headers=HTMX if "?" in address else {}).content.decode()
            read += re.findall(r"\[(\d+)\]", page)
            more = re.search(r'<a class="btn" href="([^"]*before[^"]*)"', page)
            address = more and more[1]
            comment(tomasz, mine, "Meanwhile.")
        assert read == [str(number) for number in range(44, -1, -1)]
        read, address = [], reverse("comment", args=[written[-1].pk])
        while address:
            page = client.get(address, headers=HTMX if "?" in address else {}).content.decode()
            read = re.findall(r"\[(r\d+)\]", page) + read
            more = re.search(r'<a class="btn bare slim" href="([^"]*before[^"]*)"', page)
            address = more and more[1]
        assert read == [f"r{number}" for number in range(len(replies))]

    def test_deleting_asks_first_and_is_for_its_author_and_the_posts(self, cast, as_member):
        said = comment(cast["tomasz"], post(cast["ines"]))
        address = reverse("delete_comment", args=[said.pk])
        assert as_member(cast["lina"]).get(address).status_code == 404
        assert "Delete this comment?" in as_member(cast["ines"]).get(address).content.decode()
        as_member(cast["ines"]).post(address)
        assert not Comment.objects.exists()


def counts_of(client) -> dict:
    return client.get("/network/beside/", headers={"HX-Request": "true"}).context["counts"]


def test_whoever_is_suspended_counts_nowhere_on_the_home_page(as_member, ines, tomasz, amara):
    liked = post(ines)
    like(tomasz, liked)
    pass_on(tomasz, liked)
    before = as_member(ines).get("/")
    assert (counts_of(as_member(ines))["connected"], before.context["items"][0].likes) == (1, 1)
    User.objects.filter(pk=tomasz.pk).update(suspended_until=FOR_GOOD)
    after = as_member(ines).get("/")
    assert counts_of(as_member(ines))["connected"] == 0
    (item,) = after.context["items"]
    assert (item.likes, item.reposts) == (0, 0)
