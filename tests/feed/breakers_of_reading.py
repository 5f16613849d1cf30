"""Rows that break the constraints of what a member reads, and of what they keep out of their feed."""

from feed.models import HiddenPost, Post, Reading, SeeLess
from tests.architecture.breakers import breaks, twice


@breaks("feed_hiddenpost_once")
def _(one, other):
    twice(HiddenPost, member=one, post=Post.objects.create(author=other, text="Hello"))


@breaks("feed_seeless_once")
def _(one, other):
    twice(SeeLess, member=one, other=other)


@breaks("feed_seeless_of_another")
def _(one, other):
    SeeLess.objects.create(member=one, other=one)


@breaks("feed_reading_a_signal_each")
def _(one, other):
    Reading.objects.create(member=one, posts=[1, 2], subjects=[1, 2], signals="n", top=2, near_end=0, far_end=0)
