"""The numbers of the newest posts of everybody whom a member hears: what a feed is made of.

Two ways lead to them (`docs/decisions/` says why), and no reader pays for the other's:

- the newest few of each source, straight out of the indexes `feed_post_of_…`: some 5 µs a source, and nothing for
  the number of posts; whoever follows nobody reads only their own
- from `MANY` sources on, the newest posts of all members one by one, each asked whether its author is followed. It goes
  no further than the newest `WINDOW`; where too few are found among them, the first way is gone after all
"""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, F, Func, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Least

from accounts.models import User
from accounts.written_once import WrittenOnce
from communities.models import Membership, OrganizationFollow
from feed.lists import cursors
from feed.models import Post
from feed.tags.tagged import newest_of_tags
from network.models import Connection, Follow

MANY = 3_000
WINDOW = 8_000
TOO_MANY = cursors.MOST
"""Stands first among the numbers that were found without looking at the members whom the viewer follows: too many."""


def newest_numbers(viewer: User, *, limit: int, before: int = cursors.MOST) -> list[int]:
    """Return the numbers of the newest posts addressed to the viewer below one, of all whom they hear and their own."""
    found = [pk for (pk,) in _newest(limit).rows(viewer, number=before)]
    return with_the_many(found, viewer, limit=limit, before=before)


def newest_numbers_since(viewer: User, *, after: int, limit: int) -> list[int]:
    """Return the same above one."""
    found = [pk for (pk,) in _newest_since(limit).rows(viewer, number=after)]
    return [pk for pk in with_the_many(found, viewer, limit=limit, before=cursors.MOST) if pk > after]


def with_the_many(
    found: list[int], viewer: User, *, limit: int, before: int = cursors.MOST, of_connections: bool | None = None
) -> list[int]:
    """Return what was found of the few sources, with what is newest of members if the viewer follows too many."""
    if found[:1] != [TOO_MANY]:
        return found[:limit]
    people = _walked(limit, of_connections).rows(viewer, number=before)
    if len(people) < limit:
        people = _one_by_one(limit, of_connections).rows(viewer, number=before)
    return sorted({*found[1:], *(pk for (pk,) in people)}, reverse=True)[:limit]


@cache
def _newest(limit: int) -> WrittenOnce:
    return WrittenOnce(lambda viewer, number: newest_heard(viewer, before=number, limit=limit, of_few=True))


@cache
def _newest_since(limit: int) -> WrittenOnce:
    return WrittenOnce(lambda viewer, number: newest_heard(viewer, before=None, after=number, limit=limit, of_few=True))


@cache
def _walked(limit: int, of_connections: bool | None) -> WrittenOnce:
    """The newest posts of members whom the viewer hears, among the newest of all members."""

    def query(viewer, number):
        follows = _follows(viewer, of_connections).filter(followed=OuterRef("author"))
        newest = Post.objects.order_by().values(one=Value(1)).annotate(pk_max=Max("pk")).values("pk_max")
        walked = Post.objects.by_members().addressed_to(viewer)
        walked = walked.filter(pk__lt=number, pk__gt=Least(Subquery(newest), number) - WINDOW)
        # A value, not `Exists`, which PostgreSQL would turn around: it would look at all that each of them said.
        heard = walked.annotate(heard=Subquery(follows.values("followed")[:1])).filter(heard__isnull=False)
        return heard.order_by("-pk").values_list("pk")[:limit]

    return WrittenOnce(query)


@cache
def _one_by_one(limit: int, of_connections: bool | None) -> WrittenOnce:
    """The newest posts of members whom the viewer hears, the newest of each."""

    def query(viewer, number):
        posts = Post.objects.by_members().addressed_to(viewer).filter(pk__lt=number, author=OuterRef("followed"))
        return _each(_follows(viewer, of_connections), posts, limit).order_by("-post")[:limit]

    return WrittenOnce(query)


def newest_heard(
    viewer: User,
    *,
    before: int | None,
    limit: int,
    after: int = 0,
    of_connections: bool | None = None,
    of_few: bool = False,
):
    """Return the numbers of the newest posts addressed to the viewer: of everybody whom they hear, and their own.

    `of_connections` asks for what connections say for themselves and no more, or for everything else. `of_few` leaves
    out the members whom the viewer follows if they are many, and says so by `TOO_MANY`; then there is one number more.
    """
    posts = Post.objects.filter(pk__gt=after) if after else Post.objects.all()
    posts = posts.filter(pk__lt=before) if before else posts
    mine, said = posts.by_members(), posts.filter(hidden_at__isnull=True)
    of_people = mine.addressed_to(viewer).filter(author=OuterRef("followed"))
    follows, most = _follows(viewer, of_connections), limit + 1 if of_few else limit
    sources = []
    if of_few:
        many = Exists(Follow.objects.filter(follower=viewer).order_by()[MANY : MANY + 1])
        follows = follows.filter(~many)
        told = User.objects.filter(many, pk=viewer.pk).order_by()
        sources.append(told.annotate(post=Value(TOO_MANY, BigIntegerField())).values_list("post"))
    sources.append(_each(follows, of_people, limit))
    if not of_connections:
        sources += [
            _each(
                OrganizationFollow.objects.by(viewer).heard(), said.filter(organization=OuterRef("organization")), limit
            ),
            _each(Membership.objects.heard_by(viewer), said.filter(group=OuterRef("group")), limit),
            newest_of_tags(viewer, said, limit, before=before, after=after)
            .annotate(post=_Each("numbers"))
            .values_list("post"),
            mine.filter(author=viewer).order_by("-pk").annotate(post=F("pk")).values_list("post")[:limit],
        ]
    first, *others = sources
    found = first.union(*others, all=True) if others else first
    return found.order_by("-post").values_list("post", flat=True)[:most]


def _follows(viewer: User, of_connections: bool | None):
    follows = Follow.objects.by(viewer).heard()
    if of_connections is None:
        return follows
    near = Q(Exists(Connection.objects.filter(member=viewer, other=OuterRef("followed"))))
    return follows.filter(near if of_connections else ~near)


def _each(sources, posts, limit: int):
    """Return the numbers of the newest few posts of each of the sources."""
    newest = posts.order_by("-pk").values("pk")[:limit]
    return sources.annotate(post=_Each(ArraySubquery(newest))).values_list("post")


class _Each(Func):
    """A row for each element of an array."""

    function = "unnest"
    set_returning = True
    output_field = BigIntegerField()
