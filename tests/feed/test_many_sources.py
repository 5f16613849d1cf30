"""Somebody who follows thousands reads the same feed as by the way of those who follow a few (docs/decisions/0074)."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import block_member
from communities.actions import follow_organization
from feed.highlights import ranking, readings
from feed.lists import heard, news
from feed.lists.heard import newest_numbers, newest_numbers_since
from feed.models import Post
from tests.communities.breakers import organization
from tests.factories import MemberFactory, connect, follow, post

pytestmark = pytest.mark.usefixtures("unmailed")

WRITTEN = (
    heard._newest, heard._newest_since, heard._walked, heard._one_by_one,
    ranking._newest_of_both, readings._older, news._seen,
)  # fmt: skip


def forget():
    for written in WRITTEN:
        written.cache_clear()


@pytest.fixture
def ways(monkeypatch):
    """Changes from how many sources on a reader is one of many, and how far is walked."""

    def change(*, many: int, window: int = heard.WINDOW):
        monkeypatch.setattr(heard, "MANY", many)
        monkeypatch.setattr(heard, "WINDOW", window)
        forget()

    yield change
    monkeypatch.undo()
    forget()


@pytest.fixture
def crowd(ines):
    """Sixty posts for all audiences by people whom Ines is connected with, follows, muted, blocked or doesn't know."""
    dice = random.Random(7)
    near, far, strangers = ([MemberFactory() for _ in range(4)] for _ in range(3))
    for other in near:
        connect(ines, other)
    for other in far:
        follow(ines, other)
    block_member(far[0], by=ines)
    house = organization(audience="public")
    follow_organization(house, by=ines, quiet=True)
    for number in range(60):
        author = dice.choice([*near, *far, *strangers, ines])
        post(author, f"{number}.", audience=dice.choice(["public", "members", "connections"]))
        if number % 9 == 0:
            Post.objects.create(author=ines, organization=house, audience="public", text=f"Of the house, {number}.")
    return near + far


@pytest.mark.parametrize("window", [10_000, 25, 3])
@pytest.mark.parametrize("limit", [5, 30])
def test_they_find_the_same_posts_whichever_way_is_gone(window, limit, crowd, ines, ways):
    ways(many=1_000)
    places = [2**63 - 1, *Post.objects.order_by("-pk").values_list("pk", flat=True)[::10]]
    one_by_one = [newest_numbers(ines, limit=limit, before=place) for place in places]
    since = [newest_numbers_since(ines, after=place, limit=limit) for place in places]
    assert len(one_by_one[0]) == limit or len(one_by_one[0]) > 20
    ways(many=2, window=window)
    assert [newest_numbers(ines, limit=limit, before=place) for place in places] == one_by_one
    assert [newest_numbers_since(ines, after=place, limit=limit) for place in places] == since


@pytest.mark.parametrize("is_near", [True, False])
def test_highlights_find_the_same_of_connections_and_of_everybody_else(is_near, crowd, ines, ways):
    found = {}
    for many in (1_000, 2):
        ways(many=many, window=30)
        rows = [pk for (pk,) in readings._older(20, is_near=is_near).rows(ines, number=2**63 - 1)]
        found[many] = heard.with_the_many(rows, ines, limit=20, of_connections=is_near)
    assert found[2] == found[1_000]
    assert found[2]


def test_who_follows_few_asks_once_and_who_follows_many_once_more(crowd, ines, ways):
    counts = {}
    for many in (1_000, 2):
        ways(many=many)
        newest_numbers(ines, limit=5)  # which also writes the statements
        with CaptureQueriesContext(connection) as queries:
            newest_numbers(ines, limit=5)
        counts[many] = len(queries)
    assert counts == {1_000: 1, 2: 2}
