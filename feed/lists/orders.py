"""The two orders of the feed: Latest and Highlights, and a page of either as it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from feed.highlights import readings
from feed.highlights.reasons import because
from feed.highlights.signals import Signal
from feed.lists import cursors
from feed.lists.timeline import feed_of
from feed.models import Post
from feed.showing.items import Item, present

LATEST, HIGHLIGHTS = "latest", "highlights"


@dataclass(frozen=True, kw_only=True)
class Tab:
    """An order to choose, and whether it is the one that is read."""

    text: str
    url: str
    is_current: bool


def order_of(member: User) -> str:
    """Return the order that a member chose last."""
    return HIGHLIGHTS if member.highlights_first else LATEST


def tabs(order: str) -> list[Tab]:
    names = {LATEST: _("Latest"), HIGHLIGHTS: _("Highlights")}
    return [Tab(text=text, url=reverse(name), is_current=name == order) for name, text in names.items()]


def page(member: User, *, order: str, word: str = "", anew: bool = False) -> dict:
    """Return a page of the feed: its items, where it goes on, what it was begun with, and whether it is a later one.

    `word` says where the page before ended; `anew` ranks Highlights anew, with what came in since.
    """
    return _highlights(member, word, anew=anew) if order == HIGHLIGHTS else _latest(member, word)


def _latest(member: User, word: str) -> dict:
    before = cursors.read(word)
    found = feed_of(member, before=before)
    return {
        "items": in_feed(found.posts, {}, viewer=member),
        "more_url": f"{reverse(LATEST)}?before={cursors.written(found.more)}" if found.more else "",
        "since": cursors.written(found.posts[0].pk if found.posts else None),
        "here_url": reverse(LATEST),
        "is_later": before is not None,
    }


def _highlights(member: User, word: str, *, anew: bool) -> dict:
    place = readings.read(word)
    reading = readings.reading_of(member, place=place, anew=anew)
    start = readings.start_of(reading)
    place = place if place and place.reading == reading.pk else start
    found = readings.page_of(reading, place, viewer=member)
    url = reverse(HIGHLIGHTS)
    return {
        "items": in_feed(found.posts, found.signals, viewer=member),
        "more_url": f"{url}?before={readings.written(found.more)}" if found.more else "",
        "since": cursors.written(found.newest),
        "here_url": f"{url}?before={readings.written(start)}",
        "is_later": place != start,
    }


def in_feed(posts: Sequence[Post], signals: Mapping[int, Signal], *, viewer: User) -> list[Item]:
    """Return posts as they stand in the feed; `signals` says, by number, what counted most for those that were ranked.

    `posts` come from `timeline.with_what_they_show` and `tagged.naming_tags`.
    """
    items = present(posts, viewer=viewer, reasons=True)
    for post, item in zip(posts, items, strict=True):
        if signal := signals.get(post.pk):
            item.stands_by = signal.value
            item.reason, item.reason_icon = because(signal, post, item, viewer=viewer)
    return items
