"""Rows that break the constraints of articles, drafts and pictures."""

from uuid import uuid4

from feed.models import Article, Draft, Held, Picture, Post
from tests.architecture.breakers import breaks, twice
from tests.communities.breakers import group, organization

MEASURES = {"width": 1, "height": 1}


def post(author) -> Post:
    return Post.objects.create(author=author, text="Hello")


@breaks("feed_article_says_something")
def _(one, other):
    Article.objects.create(post=post(one), title="", text="Words", slug="a")


@breaks("feed_article_has_an_address")
def _(one, other):
    Article.objects.create(post=post(one), title="Title", text="Words", slug="")


@breaks("feed_draft_once_for_a_key")
def _(one, other):
    twice(Draft, author=one, key=uuid4())


@breaks("feed_draft_for_one_place")
def _(one, other):
    Draft.objects.create(author=one, organization=organization(), group=group())


@breaks("feed_draft_for_an_organization")
def _(one, other):
    Draft.objects.create(author=one, organization=organization(), audience="connections")


@breaks("feed_picture_one_at_a_place")
def _(one, other):
    said = post(one)
    Picture.objects.create(post=said, key="a", **MEASURES)
    Picture.objects.create(post=said, key="b", **MEASURES)


@breaks("feed_picture_one_at_a_place_of_a_draft")
def _(one, other):
    draft = Draft.objects.create(author=one)
    Picture.objects.create(draft=draft, key="a", **MEASURES)
    Picture.objects.create(draft=draft, key="b", **MEASURES)


@breaks("feed_picture_of_four")
def _(one, other):
    Picture.objects.create(post=post(one), position=4, key="a", **MEASURES)


@breaks("feed_picture_one_at_a_place_of_held")
def _(one, other):
    held = Held.objects.create(author=one, key=uuid4())
    Picture.objects.create(held=held, key="a", **MEASURES)
    Picture.objects.create(held=held, key="b", **MEASURES)


@breaks("feed_picture_of_one_thing")
def _(one, other):
    Picture.objects.create(post=post(one), draft=Draft.objects.create(author=one), key="a", **MEASURES)


@breaks("feed_held_once_for_a_key")
def _(one, other):
    twice(Held, author=one, key=uuid4())
