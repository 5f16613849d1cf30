"""Who sees a post, wherever it can be asked for: product.md §2, cell by cell."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.audiences import Audience
from feed.lists.timeline import posts_of, public_posts, with_what_they_show
from feed.models import Post
from feed.showing.items import present
from tests.factories import MemberFactory, comment, connect, follow, like, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

SEES = {
    "public": {"ines", "tomasz", "amara", "lina"},
    "members": {"ines", "tomasz", "amara", "lina"},
    "connections": {"ines", "tomasz"},
}
EVERYBODY = ["ines", "tomasz", "amara", "lina", "bill", "jorge", "visitor"]
CELLS = [(name, audience, is_open) for name in EVERYBODY for audience in SEES for is_open in (False, True)]


def may_see(name: str, audience: str, is_open: bool) -> bool:
    return name in SEES[audience] or (name == "visitor" and audience == "public" and is_open)


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (90, 60), "teal").save(file, "PNG")
    return SimpleUploadedFile("gauge.png", file.getvalue(), content_type="image/png")


@pytest.fixture
def written(cast):
    """Make a post by Ines for an audience, with a picture; her profile is public or for members."""

    def write(audience: str, is_open: bool) -> Post:
        cast["ines"].profile_audience = Audience.PUBLIC if is_open else Audience.MEMBERS
        cast["ines"].save(update_fields=["profile_audience"])
        return post(cast["ines"], "Only some may read it.", audience=audience, picture=picture(), description="A gauge")

    return write


@pytest.mark.parametrize(("name", "audience", "is_open"), CELLS)
def test_the_table_of_who_sees_a_post(name, audience, is_open, cast, written, as_member):
    mine = written(audience, is_open)
    viewer, client = cast[name], as_member(cast[name])
    seen = may_see(name, audience, is_open)

    assert Post.objects.visible_to(viewer).filter(pk=mine.pk).exists() is seen
    assert (mine in posts_of(cast["ines"], viewer=viewer).posts) is seen
    assert client.get(mine.get_absolute_url()).status_code == (200 if seen else 404)
    assert client.get(reverse("picture", args=[mine.pictures.get().key, 640])).status_code == (200 if seen else 404)
    assert (b"Only some may read it." in client.get(reverse("profile_posts", args=["ines"])).content) is seen


@pytest.mark.parametrize(("name", "audience", "is_open"), [cell for cell in CELLS if cell[0] != "visitor"])
def test_the_table_of_who_answers_a_post(name, audience, is_open, cast, written, as_member):
    mine, client = written(audience, is_open), as_member(cast[name])
    seen = may_see(name, audience, is_open)
    said = {"text": "I see it.", "key": "8f14e45f-ceea-467f-a8f0-1c1f2f4a1c11"}
    passed_on = {"text": "Read this.", "audience": "connections", "comments_from": "anyone", "key": said["key"]}

    for kind in ("like", "curious", "none"):
        assert client.post(f"{mine.get_absolute_url()}react/", {"kind": kind}).status_code == (302 if seen else 404)
    for page in ("react", "reactions", "history"):
        assert client.get(f"{mine.get_absolute_url()}{page}/").status_code == (200 if seen else 404)
    assert client.post(f"{mine.get_absolute_url()}comments/", said).status_code == (302 if seen else 404)
    assert client.get(f"{mine.get_absolute_url()}repost/").status_code == (200 if seen else 404)
    assert client.post(f"{mine.get_absolute_url()}repost/", passed_on).status_code == (302 if seen else 404)
    for page in ("edit", "delete"):
        assert client.get(f"{mine.get_absolute_url()}{page}/").status_code == (200 if name == "ines" else 404)
    assert mine.comments.count() == int(seen)
    assert mine.reposts.count() == int(seen)


@pytest.mark.parametrize("page", ["react/", "comments/", "repost/", "edit/", "delete/"])
def test_a_visitor_is_asked_to_sign_in_before_answering_whether_or_not_the_post_is_theirs_to_see(page, ines, client):
    mine = post(ines)
    answer = client.post(f"{mine.get_absolute_url()}{page}")
    elsewhere = client.post(f"/posts/99999/{page}")
    assert answer.status_code == elsewhere.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("audience", ["public", "members", "connections"])
@pytest.mark.parametrize("name", ["tomasz", "amara", "lina"])
def test_the_feed_holds_what_those_one_follows_posted_for_one(name, audience, cast, as_member):
    post(cast["ines"], "Heard or not.", audience=audience)
    expected = name in SEES[audience] and name != "lina"
    assert (b"Heard or not." in as_member(cast[name]).get("/").content) is expected


def test_what_a_suspended_member_wrote_vanishes_and_returns(ines, tomasz, as_member):
    mine = post(ines)
    ines.suspended_until = timezone.now() + timezone.timedelta(days=3)
    ines.save(update_fields=["suspended_until"])
    assert as_member(tomasz).get(mine.get_absolute_url()).status_code == 404
    assert b"The gauges agree" not in as_member(tomasz).get("/").content
    ines.suspended_until = None
    ines.save(update_fields=["suspended_until"])
    assert as_member(tomasz).get(mine.get_absolute_url()).status_code == 200


def test_what_an_operator_hid_is_there_for_its_author_alone_and_says_so(ines, tomasz, as_member):
    mine = post(ines, audience="public", hidden_at=timezone.now())
    assert as_member(tomasz).get(mine.get_absolute_url()).status_code == 404
    page = as_member(ines).get(mine.get_absolute_url())
    assert "An operator hid this post." in page.content.decode()
    assert as_member(tomasz).post(f"{mine.get_absolute_url()}react/", {"kind": "like"}).status_code == 404


def test_a_pending_request_opens_nothing(ines, lina):
    from tests.factories import request

    request(lina, ines)
    request(ines, MemberFactory())
    mine = post(ines, audience="connections")
    assert not Post.objects.visible_to(lina).filter(pk=mine.pk).exists()


class TestAReposts:
    """A repost needs sight of itself and of the original, and never widens an audience."""

    def test_connections_of_the_reposter_who_are_strangers_to_the_author_see_nothing(
        self, ines, tomasz, lina, as_member
    ):
        connect(lina, tomasz)
        passed_on = pass_on(tomasz, post(ines, "For my own people.", audience="connections"), text="Look at this.")
        assert not Post.objects.visible_to(lina).filter(pk=passed_on.pk).exists()
        assert as_member(lina).get(passed_on.get_absolute_url()).status_code == 404
        content = as_member(lina).get("/").content + as_member(lina).get("/in/tomasz/posts/").content
        assert b"Look at this." not in content
        assert b"For my own people." not in content

    def test_narrowing_the_original_takes_it_from_those_who_saw_it_by_the_repost(self, ines, tomasz, lina):
        from feed.actions import edit_post

        original = post(ines, audience="public")
        passed_on = pass_on(tomasz, original, text="Look.", audience="public")
        assert Post.objects.visible_to(lina).filter(pk=passed_on.pk).exists()
        edit_post(original, by=ines, text=original.text, audience="connections")
        assert not Post.objects.visible_to(lina).filter(pk=passed_on.pk).exists()
        assert (
            present(with_what_they_show(Post.objects.filter(pk=passed_on.pk)), viewer=tomasz)[0].audience
            == "Connections only"
        )

    @pytest.mark.parametrize("name", ["bill", "jorge"])
    def test_a_wall_to_the_author_of_the_original_hides_the_repost(self, name, cast):
        passed_on = pass_on(cast["tomasz"], post(cast["ines"]))
        assert not Post.objects.visible_to(cast[name]).filter(pk=passed_on.pk).exists()

    def test_a_visitor_needs_both_profiles_public(self, ines, tomasz, visitor):
        passed_on = pass_on(tomasz, post(ines, audience="public"), text="Look.")
        seen = []
        for first, second in [("members", "public"), ("public", "members"), ("public", "public")]:
            for member, setting in [(ines, first), (tomasz, second)]:
                member.profile_audience = setting
                member.save(update_fields=["profile_audience"])
            seen.append(Post.objects.visible_to(visitor).filter(pk=passed_on.pk).exists())
        assert seen == [False, False, True]

    def test_of_a_hidden_post_every_repost_is_gone_even_the_authors_own(self, ines, tomasz):
        original = post(ines, audience="public")
        pass_on(tomasz, original)
        pass_on(ines, original, text="Again.")
        Post.objects.filter(pk=original.pk).update(hidden_at=timezone.now())
        for viewer in (ines, tomasz):
            assert not Post.objects.visible_to(viewer).filter(repost_of=original).exists()


class TestTheFrontPage:
    def test_shows_visitors_public_posts_and_people_with_public_profiles_only(self, client, db):
        shown, kept = MemberFactory(public=True, first_name="Shown"), MemberFactory(first_name="Kept")
        post(shown, "Said to everybody.", audience="public")
        post(shown, "Said to members.", audience="members")
        post(kept, "Said by somebody for members.", audience="public")
        page = client.get("/").content.decode()
        assert "Said to everybody." in page
        assert "Shown" in page
        for secret in ("Said to members.", "Said by somebody for members.", "Kept"):
            assert secret not in page

    def test_says_what_the_community_is_and_how_to_join(self, client, db):
        from accounts.models import Community

        Community.objects.create(purpose="Everybody who measures rivers.")
        page = client.get("/").content.decode()
        assert "Everybody who measures rivers." in page
        assert reverse("account_signup") in page

    def test_counts_for_visitors_only_the_comments_they_may_read(self, client, db):
        author, other = MemberFactory(public=True), MemberFactory(first_name="Hidden")
        said = post(author, audience="public")
        comment(other, said, "By somebody whom visitors can't see.")
        comment(author, said, "By the author.")
        like(other, said)
        (item,) = present(public_posts(AnonymousUser()), viewer=AnonymousUser())
        assert (item.comments, item.likes) == (1, 1)
        page = client.get(said.get_absolute_url()).content.decode()
        assert "By the author." in page
        assert "By somebody" not in page
        assert "Hidden" not in page


def test_comments_and_their_count_leave_out_people_on_the_other_side_of_a_wall(cast, as_member):
    said = post(cast["tomasz"], audience="public")
    first = comment(cast["bill"], said, "Bill was here.")
    comment(cast["lina"], said, "Lina answers Bill.", reply_to=first)
    comment(cast["lina"], said, "Lina alone.")
    pages = {name: as_member(cast[name]).get(said.get_absolute_url()).content.decode() for name in ("ines", "amara")}
    assert "Bill" not in pages["ines"]
    assert "Lina answers" not in pages["ines"], "what is left of the thread would give Bill away"
    assert "1 comment<" in pages["ines"].replace("\n", "")
    assert "3 comments<" in pages["amara"].replace("\n", "")
    assert as_member(cast["ines"]).get(reverse("comment", args=[first.pk])).status_code == 404


def test_an_author_may_limit_comments_to_connections_or_nobody(cast, as_member):
    said = post(cast["ines"], audience="public", comments_from="connections")
    page = as_member(cast["amara"]).get(said.get_absolute_url()).content.decode()
    assert "Only Ines’s connections can comment." in page
    refused = as_member(cast["amara"]).post(
        f"{said.get_absolute_url()}comments/", {"text": "Let me in.", "key": "8f14e45f-ceea-467f-a8f0-1c1f2f4a1c11"}
    )
    assert refused.status_code == 422
    assert "Only Ines’s connections can comment." in refused.content.decode()
    assert comment(cast["tomasz"], said).pk
    follow(cast["lina"], cast["ines"])
    assert said.comments.count() == 1
