"""Rows that break the constraints of mentions and tags."""

from feed.models import Mention, Post, PostTag, Tag, TagFollow, TagMute
from tests.architecture.breakers import breaks, twice


def written(author) -> Post:
    return Post.objects.create(author=author, text="Hello")


@breaks("feed_mention_once")
def _(one, other):
    twice(Mention, post=written(one), member=other, handles=["other"])


@breaks("feed_mention_by_a_handle")
def _(one, other):
    Mention.objects.create(post=written(one), member=other, handles=[])


@breaks("feed_tag_once")
def _(one, other):
    twice(Tag, folded="rivers")


@breaks("feed_tag_says_something")
def _(one, other):
    Tag.objects.create(folded="")


@breaks("feed_posttag_once")
def _(one, other):
    twice(PostTag, post=written(one), tag=Tag.objects.create(folded="rivers"), audience="members")


@breaks("feed_tagfollow_once")
def _(one, other):
    twice(TagFollow, follower=one, tag=Tag.objects.create(folded="rivers"), name="rivers")


@breaks("feed_tagmute_once")
def _(one, other):
    twice(TagMute, member=one, tag=Tag.objects.create(folded="rivers"), name="rivers")
