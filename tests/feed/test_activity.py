"""A profile's activity: for connections, each item only if they may see it, at one cost (product.md §8)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member, suspend_member
from accounts.models import User
from feed.lists.activity import Place, activity_of, read, written
from feed.models import Comment, Post
from moderation.actions import hide_comment, hide_post
from network.actions import disconnect, follow_member
from tests.factories import MemberFactory, comment, connect, pass_on, post
from tests.factories.groups import group_of

pytestmark = pytest.mark.usefixtures("unmailed")

PATH = "/in/ines/activity/"


def words(html: str) -> set[str]:
    return set(re.findall(r"\[(\w[\w ]*)\]", html))


def section(client) -> str:
    page = client.get("/in/ines/").content.decode()
    found = re.search(r'<section[^>]* id="activity".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.fixture
def scene(ines):
    """What Ines commented on and reposted, by what keeps some of it from some of her connections.

    `near` is connected with her and with the author; `far` with her alone; `inside` is in the group; `walled` blocked
    the author.
    """
    author, gone, operator = MemberFactory(first_name="Noor"), MemberFactory(), MemberFactory(is_staff=True)
    near, far, inside, walled = (MemberFactory() for _number in range(4))
    for other in (near, far, inside, walled, author, gone):
        connect(other, ines)
    connect(near, author)
    group = group_of(author, ines, inside)
    said = {
        "public": post(author, audience="public"),
        "members": post(author, audience="members"),
        "connections": post(author, audience="connections"),
        "suspended": post(gone, audience="public"),
        "hidden": post(author, audience="public"),
    }
    for name, thing in said.items():
        comment(ines, thing, f"[{name}]")
        pass_on(ines, thing, text=f"[repost {name}]")
    comment(ines, post(author, group=group), "[group]")
    hidden = comment(ines, said["public"], "[hidden comment]")
    comment(ines, said["public"], "[reply to hidden]", reply_to=hidden)
    suspend_member(gone, by=operator)
    hide_post(said["hidden"], by=operator, why="Rude")
    hide_comment(hidden, by=operator, why="Rude")
    block_member(author, by=walled)
    return {"ines": ines, "near": near, "far": far, "inside": inside, "walled": walled, "author": author}


OPEN = {"public", "members", "repost public", "repost members"}
NEAR = OPEN | {"connections", "repost connections"}
SEES = {
    "ines": NEAR | {"group", "reply to hidden"},
    "near": NEAR,
    "far": OPEN,
    "inside": OPEN | {"group"},
    "walled": set(),
    "author": NEAR | {"group", "hidden"},  # of their own post, which an operator hid
}


def test_each_item_is_for_those_who_may_see_comment_and_post(scene, as_member, monkeypatch):
    monkeypatch.setattr("profiles.views.page.LATEST", 20)
    for name, expected in SEES.items():
        client = as_member(scene[name])
        page = client.get(PATH)
        assert page.status_code == 200, name
        assert words(page.content.decode()) == expected, name
        assert words(section(client)) == expected, name
        assert "Show more" not in page.content.decode(), "nor does it say that there is something that isn't for them"


@pytest.mark.parametrize("viewer", ["amara", "lina", "bill", "jorge", "visitor"])
def test_whoever_is_no_connection_finds_neither_page_nor_section(cast, as_member, viewer):
    User.objects.filter(handle="ines").update(profile_audience="public")
    comment(cast["ines"], post(cast["tomasz"], audience="public"), "[said]")
    client = as_member(cast[viewer])
    assert client.get(PATH).status_code == 404
    assert section(client) == ""
    assert "/activity/" not in client.get("/in/ines/").content.decode()


def test_a_quiet_follower_is_no_connection_and_a_former_one_neither(ines, lina, tomasz, as_member):
    comment(ines, post(ines, audience="public"), "[said]")
    follow_member(ines, by=lina, quiet=True)
    assert as_member(lina).get(PATH).status_code == 404
    assert words(section(as_member(tomasz))) == {"said"}
    disconnect(ines, by=tomasz)
    assert as_member(tomasz).get(PATH).status_code == 404
    assert section(as_member(tomasz)) == ""


def test_it_says_what_was_done_and_leads_there(ines, tomasz, as_member):
    theirs, own = post(tomasz, "Read this.", audience="public"), post(ines, "And this.")
    said, passed_on = comment(ines, theirs), pass_on(ines, theirs)
    comment(ines, own)
    comment(ines, post(tomasz, group=group_of(tomasz, ines, name="Low water")))
    page = as_member(tomasz).get(PATH).content.decode()
    for sentence in (
        f'<a href="{reverse("comment", args=[said.pk])}">Commented on a post by Tomasz Wiśniewski</a>',
        f'<a href="{reverse("post", args=[theirs.pk])}">Reposted a post by Tomasz Wiśniewski</a>',
        "Commented on their own post",
        "Commented on a post by Tomasz Wiśniewski in Low water",
        "Read this.",
    ):
        assert sentence in page
    assert passed_on.repost_of == theirs
    assert "Commented on your own post" in as_member(ines).get(PATH).content.decode()


def test_a_profile_shows_the_newest_three_and_the_page_the_rest(ines, tomasz, as_member):
    theirs = post(tomasz, audience="public")
    for number in range(5):
        comment(ines, theirs, f"[{number}]")
    client = as_member(tomasz)
    assert words(section(client)) == {"4", "3", "2"}
    assert PATH in section(client)
    assert words(client.get(PATH).content.decode()) == {"0", "1", "2", "3", "4"}


def test_nothing_yet_is_no_section_and_a_page_that_says_what_it_is_for(ines, tomasz, as_member):
    assert section(as_member(tomasz)) == ""
    assert "When Ines comments on something" in as_member(tomasz).get(PATH).content.decode()
    assert "What you comment on and repost" in as_member(ines).get(PATH).content.decode()


def test_reading_on_neither_repeats_nor_skips_also_of_the_same_moment(ines, tomasz, as_member):
    now = timezone.now()
    things = [post(tomasz, audience="public") for _number in range(3)]
    for number in range(45):
        comment(ines, things[0], f"[{number}]")
    for number in range(3):
        pass_on(ines, things[number], text=f"[r{number}]")
    Comment.objects.update(commented_at=now), Post.objects.filter(repost_of__isnull=False).update(posted_at=now)
    client, address, read_so_far = as_member(tomasz), PATH, []
    while address:
        page = client.get(address, headers={"HX-Request": "true"} if "?" in address else {}).content.decode()
        read_so_far += re.findall(r"\[(\w+)\]", page)
        more = re.search(r'<a class="btn" href="([^"]*before[^"]*)"', page)
        address = more and more[1]
        comment(ines, things[0], "[meanwhile]")
    expected = ["r2", "r1", "r0", *map(str, range(44, -1, -1))]
    assert [word for word in read_so_far if word != "meanwhile"] == expected


def test_what_is_not_for_the_viewer_leaves_no_trace_however_much_it_is(ines, tomasz, as_member):
    """No page that is empty and goes on, and no address that says when something was said that they may not see."""
    client, theirs = as_member(tomasz), post(tomasz, audience="public")
    secret = post(ines, group=group_of(ines, name="Unheard", entry="unlisted"))
    Comment.objects.bulk_create([Comment(author=ines, post=secret, text="[secret]") for _number in range(70)])
    nothing = client.get(PATH).content.decode()
    assert "When Ines comments on something" in nothing
    assert "before=" not in nothing
    Comment.objects.update(commented_at=timezone.now() - timedelta(days=1))
    old = comment(ines, theirs, "[old]")
    Comment.objects.filter(pk=old.pk).update(commented_at=timezone.now() - timedelta(days=9))
    page = client.get(PATH).content.decode()
    assert words(page) == {"old"}
    assert "Show more" not in page
    assert words(section(client)) == {"old"}


@pytest.mark.parametrize("word", ["", "x", "1c", "c1", "-1c1", "99999999999999999c1", "1c" + "9" * 18, "１c1", None])
def test_a_place_that_was_made_up_is_the_beginning_or_the_end(ines, tomasz, as_member, word):
    comment(ines, post(tomasz), "[said]")
    assert as_member(tomasz).get(PATH, {"before": word or ""}).status_code == 200


def test_a_place_is_read_as_it_was_written():
    place = Place(timezone.now(), "c", 7)
    assert read(written(place)) == place
    assert read(written(place._replace(at=place.at - timedelta(days=20000)))).kind == "c"


def test_it_costs_one_query_and_the_pages_the_same_for_little_and_much(
    ines, tomasz, as_member, django_assert_num_queries
):
    client, counts = as_member(tomasz), []
    for more in (1, 30):
        for _number in range(more):
            theirs = post(MemberFactory(), audience="public")
            comment(ines, theirs)
            pass_on(ines, theirs)
        with django_assert_num_queries(1):
            activity_of(ines, viewer=tomasz)
        client.get(PATH)
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH)
        counts.append(len(queries))
    assert counts == [8, 8]
