"""Who answered whom: by commenting on each other's posts, or by replying to each other's comments (product.md §4)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate

from accounts.models import User
from accounts.written_once import WrittenOnce
from feed.models import Comment

LATEST = 500
"""So many of a member's latest comments are read to see whom they answered."""


def days_of_exchange(*, member: User, others: QuerySet | Collection[int], since: datetime) -> dict[int, int]:
    """Say with whom of `others` a member exchanged answers, each at least one, and on how many days.

    Only by what the member may see. `others` are numbers of members; if they are a QuerySet of them, those whom the
    member answered at all are found first, which is cheap, and mostly nobody.
    """
    if isinstance(others, QuerySet):
        others = _answered_by(member, others, since)
    if not others:
        return {}
    days: dict[int, set] = defaultdict(set)
    spoke: dict[int, set] = defaultdict(set)
    for author, day, *concerned in _answers(member, others, since):
        for other in _of(others, concerned if author == member.pk else [author]):
            days[other].add(day)
            spoke[other].add(author)
    return {other: len(those) for other, those in days.items() if len(spoke[other]) > 1}


def _of(others: Collection[int], numbers: Iterable[int | None]) -> set[int]:
    return {number for number in numbers if number is not None and number in others}


def _answered_by(member: User, others: QuerySet, since: datetime) -> set[int]:
    newest = Comment.objects.filter(author=member).order_by("-pk").values("pk")[:LATEST]
    mine = Comment.objects.filter(pk__in=newest, commented_at__gt=since)
    on_posts = mine.filter(post__organization=None, post__author__in=others).values_list("post__author")
    to_comments = mine.filter(parent__author__in=others).values_list("parent__author")
    return {number for (number,) in on_posts.union(to_comments)}


def _answers(member: User, others: Collection[int], since: datetime) -> QuerySet:
    """Return author, day, whose post it is on and whose comment it replies to; an organization's post is nobody's."""
    visible = RawSQL(*_visible_to_anybody().for_member(member))  # noqa: S611
    seen = Comment.objects.filter(
        pk__in=visible, author__in=[member.pk, *others], commented_at__gt=since, hidden_at=None
    )
    to_them = Q(author=member) & (_under_posts_of(others) | Q(parent__author__in=others))
    to_me = Q(author__in=others) & (_under_posts_of([member.pk]) | Q(parent__author=member))
    day = TruncDate("commented_at")
    whose_post = Case(When(post__organization=None, then=F("post__author")))
    return seen.filter(to_them | to_me).values_list("author", day, whose_post, "parent__author").distinct()


@cache
def _visible_to_anybody() -> WrittenOnce:
    return WrittenOnce(lambda viewer: Comment.objects.visible_to(viewer).values("pk"))


def _under_posts_of(members: Iterable[int]) -> Q:
    return Q(post__author__in=members, post__organization=None)
