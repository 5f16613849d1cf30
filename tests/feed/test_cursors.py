"""A list goes on by rows that its reader sees: no cursor tells anything of those that they don’t (product.md §2)."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int

from feed.highlights import readings
from feed.lists import activity, timeline
from feed.models import Comment, Post
from feed.showing import threads
from feed.tags import pages as tag_pages
from tests.factories import comment, connect, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

LONGEST_NUMBER = 13
WORD = re.compile(r"[?&](before|since)=([\w.]*)")
PAGED = [timeline.feed_of, timeline.posts_of, tag_pages.posts_tagged, threads.threads_of, readings.page_of]


@pytest.fixture
def of_two(monkeypatch):
    """Pages of two rows, and few rows looked at for each."""
    for listing in PAGED:
        monkeypatch.setitem(listing.__kwdefaults__, "limit", 2)
    monkeypatch.setitem(activity.activity_of.__kwdefaults__, "limit", 2)
    monkeypatch.setattr("feed.highlights.ranking.RANKED", 4)
    for spare in ("feed.lists.timeline.SPARE", "feed.highlights.readings.SPARE", "feed.tags.pages.WALK"):
        monkeypatch.setattr(spare, 1)


def numbers_in(word: str) -> set[int]:
    """The numbers of rows in the word of a cursor; of a reading's, those that follow its own and what was counted."""
    if "." in word:
        return {base36_to_int(part) for part in word.split(".")[3:]} - {0}
    if len(word) > LONGEST_NUMBER and (place := activity.read(word)):  # a number may look like a place: 1r4
        return {place.pk}
    return {base36_to_int(word)} if word else set()


def walk(browser, address: str) -> tuple[int, set[int]]:
    """Go through a list to its end; return how many pages it had, and the numbers that its cursors named."""
    named, todo, done = set(), [address], set()
    while todo:
        done.add(here := todo.pop())
        page = browser.get(here).text.replace("&amp;", "&")
        found = WORD.findall(page)
        named |= {number for _name, word in found for number in numbers_in(word)}
        todo += {f"{address}?before={word}" for name, word in found if name == "before"} - done - {*todo}
    return len(done), named


@pytest.mark.parametrize("pattern", ["oxoxoxox", "xxxoooxx", "ooooxxxx", "xoxxxxoo"])
def test_name_only_what_the_reader_sees(pattern, of_two, ines, tomasz, lina, bill, as_member):
    """Bill blocked Ines: what he says, and what Tomasz passes on of it, isn't for her (`x`)."""
    connect(bill, tomasz), connect(lina, bill)
    said = {"o": post(lina, "#water", audience="public"), "x": post(bill, "#water", audience="public")}
    about = post(lina, "What do you say?")
    posts, comments, top = [], [], comment(tomasz, about)
    for number, letter in enumerate(pattern):
        posts.append(pass_on(tomasz, said[letter], text=f"#water {number}"))
        comments.append(comment(lina if letter == "o" else bill, about))
        comment(lina if letter == "o" else bill, about, reply_to=top)
    seen = {one.pk for one in posts if one.repost_of_id == said["o"].pk} | {said["o"].pk, about.pk}
    seen_comments = set(Comment.objects.exclude(author=bill).values_list("pk", flat=True))
    browser = as_member(ines)
    for address in ("/latest/", "/highlights/", reverse("profile_posts", args=["tomasz"]), "/tags/water/"):
        pages, named = walk(browser, address)
        assert pages > 1
        assert named <= seen, address
    for address in (about.get_absolute_url(), reverse("comment", args=[top.pk])):
        assert walk(browser, address)[1] <= seen_comments, address
    assert walk(browser, reverse("activity", args=["tomasz"]))[1] <= seen | seen_comments
    newest = max(seen)
    Post.objects.filter(pk=newest).update(hidden_at=timezone.now())
    assert walk(browser, "/highlights/")[1] <= seen - {newest}, "what the reading began with is gone meanwhile"
