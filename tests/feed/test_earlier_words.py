"""What a post or comment said before it was edited: kept, shown to who sees it now, removed by operators."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from feed.actions import delete_post, edit_comment, edit_post
from feed.models import Comment, Post, Revision
from tests.factories import MemberFactory, comment, post

pytestmark = pytest.mark.usefixtures("unmailed")


def history(of: Post | Comment) -> str:
    return reverse("comment_history" if isinstance(of, Comment) else "post_history", args=[of.pk])


def words(page: str) -> list[str]:
    return re.findall(r'<div class="say slim"><p>(.*?)</p></div>', page)


def test_every_change_of_words_keeps_those_before_with_the_time_they_were_written(ines, tomasz, as_member):
    mine = post(ines, "One.")
    said = comment(tomasz, mine, "Eins.")
    for text in ("Two.", "Two.", "Three."):
        edit_post(mine, by=ines, text=text)
    edit_comment(said, by=tomasz, text="Zwei.")
    edit_post(mine, by=ines, text="Three.", audience="connections", comments_from="nobody")
    mine.refresh_from_db()
    first, second = Revision.objects.filter(post=mine).order_by("pk")
    assert [(row.text, row.written_at) for row in (first, second)] == [
        ("One.", mine.posted_at),
        ("Two.", second.written_at),
    ]
    assert mine.posted_at < second.written_at < mine.edited_at
    assert words(as_member(tomasz).get(history(mine)).content.decode()) == ["Three.", "Two.", "One."]
    assert words(as_member(tomasz).get(history(said)).content.decode()) == ["Zwei.", "Eins."]
    page = as_member(tomasz).get(mine.get_absolute_url()).content.decode()
    for thing in (mine, said):
        assert f'href="{history(thing)}">edited</a>' in page


@pytest.mark.parametrize("how", ["narrowed", "hidden", "walled", "suspended", "deleted"])
def test_whoever_sees_the_post_no_more_sees_no_history(how, ines, lina, as_member):
    mine = post(ines, "Before.", audience="public")
    said = comment(ines, mine, "Before too.")
    edit_comment(said, by=ines, text="After too.")
    edit_post(mine, by=ines, text="After.")
    client = as_member(lina)
    assert [client.get(history(thing)).status_code for thing in (mine, said)] == [200, 200]
    match how:
        case "narrowed":
            edit_post(mine, by=ines, text="After.", audience="connections")
        case "hidden":
            Post.objects.filter(pk=mine.pk).update(hidden_at=timezone.now())
        case "walled":
            from accounts.actions import block_member

            block_member(lina, by=ines)
        case "suspended":
            User.objects.filter(pk=ines.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=1))
        case "deleted":
            delete_post(mine, by=ines)
            assert not Revision.objects.exists()
    assert [client.get(history(thing)).status_code for thing in (mine, said)] == [404, 404]
    assert not Revision.objects.visible_to(lina).exists()


def test_a_hidden_comment_hides_what_it_said_before(ines, tomasz, lina, as_member):
    said = comment(tomasz, post(ines, audience="public"), "Before.")
    edit_comment(said, by=tomasz, text="After.")
    Comment.objects.filter(pk=said.pk).update(hidden_at=timezone.now())
    assert as_member(lina).get(history(said)).status_code == 404
    assert "Before." in as_member(tomasz).get(history(said)).content.decode()


def test_an_operator_removes_earlier_words_for_good_and_says_why(ines, tomasz, as_member, settings):
    settings.DEBUG = True  # where no second factor is asked for
    mine = post(ines, "My number is 12345.")
    edit_post(mine, by=ines, text="Ask me for my number.")
    row = Revision.objects.get()
    operator = as_member(MemberFactory(is_staff=True, is_superuser=True))
    page = operator.get(reverse("admin:feed_post_change", args=[mine.pk])).content.decode()
    address = reverse("admin:feed_revision_change", args=[row.pk])
    assert address in page
    assert "12345" in operator.get(address).content.decode()
    redact = reverse("admin:feed_revision_decide", args=[row.pk, "redact"])
    assert operator.post(redact, {"why": ""}).status_code == 422
    assert operator.post(redact, {"why": "A private number."}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.redacted_at is None) == ("", False)
    page = as_member(tomasz).get(history(mine)).content.decode()
    assert "An operator removed these words." in page
    assert "12345" not in page
    assert "A private number." in operator.get(reverse("admin:feed_post_change", args=[mine.pk])).content.decode()


@pytest.mark.parametrize("many", [1, 25])
def test_a_history_costs_10_queries_however_long_it_is_and_comes_in_pages(many, ines, tomasz, as_member):
    mine, client, read = post(ines, "0"), as_member(tomasz), []
    for number in range(1, many + 1):
        edit_post(mine, by=ines, text=str(number))
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get(history(mine))
    assert len(queries) <= 10
    address = history(mine)
    while address:
        page = client.get(address, headers={"HX-Request": "true"} if "?" in address else {}).content.decode()
        read += words(page)
        more = re.search(r'<a class="btn" href="([^"]*before[^"]*)"', page)
        address = more and more[1]
    assert read == [str(number) for number in range(many, -1, -1)]
