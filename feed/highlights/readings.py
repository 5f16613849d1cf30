"""Reading Highlights: in which order somebody reads, kept as it was when they began, and a page of it.

The newest posts of each kind of source are ranked once and the order is kept (`Reading`), so that it doesn't shift
while one reads; what is older follows newest first. Whether a post may be seen, is heard and is wanted is asked of
every page when it is read (docs/decisions/0060-highlights.md).
"""

from dataclasses import astuple, dataclass, fields
from datetime import timedelta
from functools import cache

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User
from accounts.written_once import NUMBERS, Among, WrittenOnce
from feed.highlights.ranking import UNRANKED, begin_reading
from feed.highlights.signals import Signal, compose
from feed.lists.cursors import MOST
from feed.lists.heard import newest_heard, with_the_many
from feed.lists.timeline import PAGE, SPARE, with_what_they_show
from feed.models import Post, Reading
from feed.models.wanted import WORDLESS
from feed.tags.tagged import naming_tags

FRESH = timedelta(minutes=10)
"""For how long whoever comes back to the first page finds the order in which they began to read."""
KEPT = timedelta(days=2)
"""For how long a reading can be gone on with."""


@dataclass(frozen=True)
class Place:
    """Where a page of a reading ends: how many ranked posts were read, and below which to go on after them.

    An address carries it, so it names posts that the reader was shown and no others: 0 says that of what follows the
    ranked ones nothing was read yet.
    """

    reading: int
    near: int = 0
    far: int = 0
    near_below: int = 0
    far_below: int = 0


@dataclass(frozen=True)
class Page:
    """Some posts, what counted most for those that were ranked, and the place at which to go on, if there is more.

    `newest` is the newest of all that was ranked and that the reader still sees: what comes after it is new.
    """

    posts: list[Post]
    signals: dict[int, Signal]
    more: Place | None = None
    newest: int | None = None


def start_of(reading: Reading) -> Place:
    """Return the place at which a reading begins."""
    return Place(reading.pk)


def page_of(reading: Reading, place: Place, *, viewer: User, limit: int = PAGE) -> Page:
    """Return a page of a reading: as it was ranked, with what the viewer may see and wants to read now.

    One query, as long as nothing of what comes next is gone meanwhile, and everything ranked isn't read.
    """
    near, _is_all = _queue(reading, place, viewer, limit + SPARE, is_near=True)
    far, _is_all = _queue(reading, place, viewer, limit + SPARE, is_near=False)
    rows, more = _composed(near, far, limit)
    newest = max(reading.posts, default=None)
    posts = _load([*rows, *more, *([(0, newest)] if newest else [])], reading, viewer)
    newest = newest if newest in posts else _newest_of_what_is_left(reading, viewer)
    if not all(pk in posts for _rank, pk in (*rows, *more)):
        near, far = _without_gone(reading, place, viewer, limit)
        rows, more = _composed(near, far, limit)
        posts = _load(rows, reading, viewer)
    letters = zip(reading.posts, reading.signals.lower(), strict=True)
    ranked = {pk: Signal(letter) for pk, letter in letters if letter != UNRANKED}
    taken = [[row for row in kind if row in rows] for kind in (near, far)]
    return Page(
        posts=[posts[pk] for _rank, pk in rows if pk in posts],
        signals={pk: ranked[pk] for _rank, pk in rows if pk in ranked},
        more=_beyond(reading, place, *taken) if more else None,
        newest=newest,
    )


def _newest_of_what_is_left(reading: Reading, viewer: User) -> int | None:
    left = _left().rows(viewer, numbers=reading.posts) if reading.posts else []
    return left[0][0] if left else None


@cache
def _left() -> WrittenOnce:
    """The newest of some posts that the viewer still sees, hears and wants."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))
    return WrittenOnce(
        lambda viewer: among.visible_to(viewer).heard_by(viewer).wanted_by(viewer).order_by("-pk").values_list("pk")[:1]
    )


def _composed(near: list[tuple], far: list[tuple], limit: int) -> tuple[list[tuple], list[tuple]]:
    """Return the rows of a page, and one that is left for the next, if there is any."""
    rows = compose(near, far, limit=limit)
    return rows, [row for row in (*near, *far) if row not in rows][:1]


def _load(rows: list[tuple], reading: Reading, viewer: User) -> dict[int, Post]:
    """Return which of some posts the viewer sees, hears and wants; of those that weren't ranked, each post once."""
    numbers = {pk for _rank, pk in rows}
    posts = {post.pk: post for post in _shown().objects(viewer, numbers=list(numbers))} if numbers else {}
    older = [pk for pk in numbers.difference(reading.posts) if pk in posts]
    if older:
        last = {pk for (pk,) in _passed_on_last().rows(viewer, number=reading.top, numbers=older)}
        for pk in older:
            if pk not in last or posts[pk].shown_id in reading.subjects:
                del posts[pk]
    return posts


@cache
def _shown() -> WrittenOnce:
    """Those of some posts that the viewer sees, hears and wants, each with the tag that brought it."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))

    def query(viewer):
        return naming_tags(with_what_they_show(among.visible_to(viewer).heard_by(viewer).wanted_by(viewer)), viewer)

    return WrittenOnce(query)


@cache
def _passed_on_last() -> WrittenOnce:
    """Those of some posts that nobody passed on later without words, up to one with a number, whom the viewer hears."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))

    def query(viewer, number):
        newer = Post.objects.filter(WORDLESS, pk__gt=OuterRef("pk"), pk__lte=number)
        again = newer.heard_by(viewer).addressed_to(viewer)
        of_original = Q(WORDLESS, Exists(again.filter(repost_of=OuterRef("repost_of"))))
        return among.filter(~Exists(again.filter(repost_of=OuterRef("pk"))), ~of_original).values("pk")

    return WrittenOnce(query)


@cache
def _older(most: int, *, is_near: bool) -> WrittenOnce:
    """The numbers of the newest posts of one kind before a post."""
    return WrittenOnce(
        lambda viewer, number: newest_heard(viewer, before=number, limit=most, of_connections=is_near, of_few=True)
    )


def _without_gone(reading: Reading, place: Place, viewer: User, limit: int) -> list[list[tuple]]:
    """Return what comes next of both kinds without what is gone: more than a page of it, or all that there is."""
    looked_at = limit + SPARE
    while True:
        found = [_queue(reading, place, viewer, looked_at, is_near=is_near) for is_near in (True, False)]
        shown = _load([row for rows, _is_all in found for row in rows], reading, viewer)
        queues = [[row for row in rows if row[1] in shown] for rows, _is_all in found]
        if all(is_all or len(rows) > limit for rows, (_all, is_all) in zip(queues, found, strict=True)):
            return queues
        looked_at *= 4


def _queue(reading: Reading, place: Place, viewer: User, most: int, *, is_near: bool) -> tuple[list[tuple], bool]:
    """Return what comes next of one kind, each as rank and number, and whether that is all there is.

    What was ranked comes first; what follows it, newest first, has a rank that is larger and grows as numbers fall.
    """
    start, below = (place.near, place.near_below) if is_near else (place.far, place.far_below)
    below = below or (reading.near_end if is_near else reading.far_end)
    ranked = _ranked(reading, is_near=is_near)[start : start + most]
    if len(ranked) == most or not below:
        return ranked, len(ranked) < most
    before = min(below, reading.top + 1)
    older = [pk for (pk,) in _older(most, is_near=is_near).rows(viewer, number=before)]
    older = with_the_many(older, viewer, limit=most, before=before, of_connections=is_near)
    rows = ranked + [(len(reading.posts) + reading.top - pk, pk) for pk in older]
    return rows[:most], len(rows) < most


def _ranked(reading: Reading, *, is_near: bool) -> list[tuple]:
    rows = enumerate(zip(reading.posts, reading.signals, strict=True))
    return [(rank, pk) for rank, (pk, letter) in rows if letter.isupper() == is_near]


def _beyond(reading: Reading, place: Place, near: list[tuple], far: list[tuple]) -> Place:
    """Return the place after what was taken of both kinds."""
    read, below = _after(near, _ranked(reading, is_near=True), place.near, place.near_below)
    read_of_far, below_of_far = _after(far, _ranked(reading, is_near=False), place.far, place.far_below)
    return Place(reading.pk, read, read_of_far, below, below_of_far)


def _after(taken: list[tuple], ranked: list[tuple], read: int, below: int) -> tuple[int, int]:
    if not taken:
        return read, below
    if taken[-1] in ranked:
        return ranked.index(taken[-1]) + 1, below
    return len(ranked), taken[-1][1]


def written(place: Place) -> str:
    """Return a place as a word for an address."""
    return ".".join(int_to_base36(number) for number in astuple(place))


def read(word: str | None) -> Place | None:
    """Return the place that a word names; None for one that we never wrote."""
    try:
        numbers = [base36_to_int(part) for part in (word or "").split(".")]
    except ValueError:
        return None
    if len(numbers) != len(fields(Place)) or not all(0 <= number <= MOST for number in numbers):
        return None
    return Place(*numbers)


def reading_of(viewer: User, *, place: Place | None = None, anew: bool = False) -> Reading:
    """Return the reading that a place belongs to; else the viewer's newest one, or a new one.

    A new one is begun if the newest is old, if the viewer has posted since or chose to see less of somebody, or if
    they ask for what is new (`anew`).
    """
    readings = Reading.objects.filter(member=viewer)
    if place and (found := readings.filter(pk=place.reading).first()):
        return found
    if anew:
        return begin_reading(viewer)
    newest = next(iter(_newest().objects(viewer)), None)
    is_fresh = newest is not None and not newest.outdated_at and newest.read_at > timezone.now() - FRESH
    if newest is not None and is_fresh and (newest.own or 0) <= newest.top:
        return newest
    return begin_reading(viewer)


@cache
def _newest() -> WrittenOnce:
    """The viewer's newest reading, and the number of what they posted last: asked by each first page."""

    def query(viewer):
        own = Post.objects.by_members().filter(author=viewer).order_by("-pk").values("pk")[:1]
        return Reading.objects.filter(member=viewer).annotate(own=Subquery(own)).order_by("-pk")[:1]

    return WrittenOnce(query)


def forget_readings() -> int:
    """Forget the readings that nobody goes on with; return how many. A chore."""
    return Reading.objects.filter(read_at__lt=timezone.now() - KEPT).delete()[0]
