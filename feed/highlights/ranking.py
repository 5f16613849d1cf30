"""Ranking what a member would read in Highlights: the newest posts of each kind of source, by what is known of them.

By which signals, and how much each counts, stands in `signals.py`.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Case, Exists, F, Func, IntegerField, OuterRef, Subquery, TextField, When
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from accounts.models import User
from accounts.written_once import NUMBERS, Among, WrittenOnce
from feed.highlights.signals import Facts, points, strongest
from feed.lists.heard import newest_heard, with_the_many
from feed.models import Closeness, Comment, Post, Reaction, Reading, SeeLess
from feed.models.wanted import WORDLESS
from network.models import Connection, Follow

RANKED = 100
"""So many of the newest posts by connections are ranked, and so many by everybody else."""
WITHIN = timedelta(days=30)
"""What is older isn't ranked, but follows newest first."""
UNRANKED = "o"
"""The letter of a post that isn't ranked."""
COUNTED = 40
"""More likes, or comments, or reposts of one post aren't counted: they would give no more points."""


def begin_reading(viewer: User) -> Reading:
    """Rank what the viewer would read now, and keep the order."""
    at = timezone.now()
    ((near, far, known),) = _newest_of_both(RANKED).rows(viewer)
    near = with_the_many(near, viewer, limit=RANKED, of_connections=True)
    far = with_the_many(far, viewer, limit=RANKED, of_connections=False)
    closeness = Closeness(**json.loads(known or "{}"))
    found = _candidates().rows(viewer, numbers=[*near, *far]) if near or far else []
    rows = _newest_appearances(dict(zip(FACTS, row, strict=True)) for row in found)
    recent = [row for row in rows if row["posted_at"] > at - WITHIN]
    given = {row["pk"]: points(_facts(row, viewer, closeness), at=at) for row in recent}
    rows.sort(key=lambda row: (-sum(given[row["pk"]].values()) if row["pk"] in given else 1, -row["pk"]))
    near_ones = set(near)
    letters = [
        (strongest(given[row["pk"]]) if row["pk"] in given else UNRANKED, row["pk"] in near_ones) for row in rows
    ]
    return Reading.objects.create(
        member=viewer,
        read_at=at,
        posts=[row["pk"] for row in rows],
        subjects=[row["subject"] for row in rows],
        signals="".join(letter.upper() if is_near else letter for letter, is_near in letters),
        top=max(near[:1] + far[:1], default=0),
        near_end=_end_of(near),
        far_end=_end_of(far),
    )


@cache
def _newest_of_both(most: int) -> WrittenOnce:
    """The numbers of the newest posts of connections, and of everybody else whom the viewer hears; and how close the
    viewer is to them, as far as that was worked out.
    """
    known = Closeness.objects.filter(member=OuterRef("pk")).values(row=JSONObject(days="days", ground="ground"))

    def query(viewer):
        near, far = (
            newest_heard(viewer, before=None, limit=most, of_connections=kind, of_few=True) for kind in (True, False)
        )
        return User.objects.filter(pk=viewer.pk).values_list(
            ArraySubquery(near), ArraySubquery(far), Cast(Subquery(known), TextField())
        )

    return WrittenOnce(query)


def _newest_appearances(rows: Iterable[dict]) -> list[dict]:
    """Return of each post only where it stands, or was passed on, last."""
    kept: dict[int, dict] = {}
    for row in sorted(rows, key=lambda row: -row["pk"]):
        kept.setdefault(row["subject"], row)
    return list(kept.values())


def _end_of(numbers: list[int]) -> int:
    """Return below which number posts of one kind go on; 0 if there are no more."""
    return numbers[-1] if len(numbers) == RANKED else 0


@cache
def _candidates() -> WrittenOnce:
    """Of some posts, those that the viewer sees and wants, with what they are ranked by."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))
    return WrittenOnce(lambda viewer: facts_of(among.visible_to(viewer).wanted_by(viewer), viewer))


FACTS = (
    "pk", "subject", "author", "organization", "group", "posted_at", "likes", "answers", "passed_on",
    "is_connected", "is_followed", "is_less",
)  # fmt: skip


def facts_of(posts, viewer: User):
    """Return what posts are ranked by, in the order of `FACTS`, with nothing that is dated ahead."""
    at = timezone.now()
    subject = Case(When(WORDLESS, then=F("repost_of")), default=F("pk"), output_field=BigIntegerField())
    there, of = User.objects.present(), OuterRef("subject")
    reactions = Reaction.objects.filter(post=of, member__in=there, reacted_at__lte=at)
    comments = Comment.objects.heard_by(viewer).filter(post=of, commented_at__lte=at)
    reposts = Post.objects.filter(repost_of=of, author__in=there, posted_at__lte=at)
    counted = posts.annotate(subject=subject).annotate(
        likes=_how_many(reactions),
        answers=_how_many(comments),
        passed_on=_how_many(reposts),
        is_connected=Exists(Connection.objects.filter(member=viewer, other=OuterRef("author"))),
        is_followed=Exists(Follow.objects.filter(follower=viewer, followed=OuterRef("author"))),
        is_less=Exists(SeeLess.objects.filter(member=viewer, other=OuterRef("author"))),
    )
    return counted.values(*FACTS)


def _how_many(rows) -> Func:
    some = rows.order_by().values("pk")[:COUNTED]
    return Func(ArraySubquery(some), function="cardinality", output_field=IntegerField())


def _facts(row: dict, viewer: User, closeness: Closeness) -> Facts:
    author = "" if row["organization"] else str(row["author"])
    return Facts(
        posted_at=row["posted_at"],
        tie=tie_of(row, viewer),
        days=closeness.days.get(author, 0),
        ground=closeness.ground.get(author, 0),
        responses=row["likes"] + row["answers"] + row["passed_on"],
        is_less=row["is_less"] and not row["organization"],
    )


def tie_of(row: dict, viewer: User) -> str:
    """Return what brings a post into the viewer's feed: a key of `highlights.TIES`."""
    if row["organization"]:
        return "organization"
    if row["author"] == viewer.pk:
        return "own"
    if row["is_connected"] and (row["is_followed"] or row["group"]):
        return "connection"
    if row["group"]:
        return "group"
    return "follow" if row["is_followed"] else "tag"
