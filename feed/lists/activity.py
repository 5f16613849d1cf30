"""What a member commented on and reposted, newest first, as their connections see it (product.md §8).

One query: it goes through what the member did, the newest first, asks of each alone whether the viewer may see it, and
stops when there is enough. What they may not see leaves no trace: no page that ends early, no place to go on from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.circles import connected
from accounts.each_alone import EachAlone
from accounts.models import User
from accounts.moments import exactly, how_long_ago
from accounts.words import beginning
from accounts.written_once import WrittenOnce
from feed.models import Comment, Post
from feed.showing.saying import Names, names_in, say

PAGE = 20


class Place(NamedTuple):
    """Where something stands in the order of an activity; of the same moment, reposts come before comments."""

    at: datetime
    kind: str
    pk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A comment or a repost as a line of an activity: what was done, where it is, and the words."""

    icon: str
    did: str
    url: str
    said: str
    about: str
    moment: str
    exactly: str
    ago: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some deeds, newest first, and the word for where to go on, if there is more."""

    deeds: list[Deed]
    more: str = ""


def showing_activity_to(viewer) -> QuerySet[User]:
    """The members whose activity the viewer may read: their connections, and themselves."""
    if not viewer.is_authenticated:
        return User.objects.none()
    return User.objects.visible_to(viewer).filter(Q(pk=viewer.pk) | Q(connected(viewer, OuterRef("pk"))))


def activity_of(member: User, *, viewer, before: Place | None = None, limit: int = PAGE) -> Page:
    """Return a page of what a member commented on and reposted, each only if the viewer may see it."""
    if not viewer.is_authenticated:
        return Page(deeds=[])
    found = _newest(member, viewer, before, limit + 1) if before else _newest_few(limit).rows(viewer, number=member.pk)
    newest = sorted(found, key=lambda row: row[:3], reverse=True)
    of_posts, of_comments = _named(newest[:limit], viewer)
    deeds = [
        _deed(
            row, (of_posts if row[1] == "r" else of_comments).get(row[2]), member=member, is_me=viewer.pk == member.pk
        )
        for row in newest[:limit]
    ]
    return Page(deeds=deeds, more=written(Place(*newest[limit - 1][:3])) if len(newest) > limit else "")


@cache
def _newest_few(limit: int) -> WrittenOnce:
    return WrittenOnce(lambda viewer, other: _newest(other, viewer, None, limit + 1))


def _newest(member: User, viewer, before: Place | None, most: int) -> QuerySet:
    """Return the newest few comments and reposts that the viewer may see, with what is shown of each."""
    shown = Exists(showing_activity_to(viewer).filter(pk=member.pk))
    comments = Comment.objects.filter(shown, _each(Comment.objects.visible_to(viewer)), author=member).annotate(
        kind=Value("c", CharField()),
        at=F("commented_at"),
        leads_to=F("pk"),
        about=F("post__text"),
    )
    passed_on = Post.objects.filter(shown, _each(Post.objects.visible_to(viewer)), author=member)
    reposts = passed_on.filter(repost_of__deleted_at__isnull=True, repost_of__isnull=False).annotate(
        kind=Value("r", CharField()),
        at=F("posted_at"),
        leads_to=F("repost_of"),
        about=F("repost_of__text"),
    )
    return _few(comments, "post", before, most).union(_few(reposts, "repost_of", before, most), all=True)


def _each(visible: QuerySet) -> EachAlone:
    """The condition that a row is one of these and that nobody hid it, asked of one row after the other."""
    return EachAlone(visible.filter(pk=OuterRef("pk"), hidden_at__isnull=True))


def _few(rows: QuerySet, of: str, before: Place | None, most: int) -> QuerySet:
    if before:
        rows = rows.filter(_below(before, "c" if rows.model is Comment else "r"))
    whose = (f"{of}__author", f"{of}__author__first_name", f"{of}__author__last_name")
    shown = ("text", "leads_to", *whose, f"{of}__organization__name", f"{of}__group__name", "about")
    return rows.order_by("-at", "-pk").values_list("at", "kind", "pk", *shown)[:most]


def _below(before: Place, kind: str) -> Q:
    """The condition that a row of a kind stands below a place."""
    if kind == before.kind:
        return Q(at__lt=before.at) | Q(at=before.at, pk__lt=before.pk)
    return Q(at__lte=before.at) if kind < before.kind else Q(at__lt=before.at)


def _named(rows: list[tuple], viewer) -> tuple[Mapping[int, Names], Mapping[int, Names]]:
    """By repost, and by comment, whom they name; asked only where somebody is named."""
    naming = {kind: {pk for _at, its, pk, text, *_rest in rows if its == kind and "@" in text} for kind in "rc"}
    return names_in(naming["r"], naming["c"], viewer=viewer)


def _deed(row: tuple, named: Names | None, *, member: User, is_me: bool) -> Deed:
    at, kind, _pk, text, leads_to, author, first_name, last_name, organization, group, about = row
    names = {"name": organization or f"{first_name} {last_name}".strip(), "group": group}
    is_own = organization is None and author == member.pk
    if kind == "r":
        did, url = _reposted(names, is_own=is_own, is_me=is_me), reverse("post", args=[leads_to])
    else:
        did, url = _commented(names, is_own=is_own, is_me=is_me), reverse("comment", args=[leads_to])
    return Deed(
        icon="repeat-2" if kind == "r" else "message-circle",
        did=did,
        url=url,
        said=say(beginning(text, letters=300, lines=4), named),
        about=about[:200],
        moment=at.isoformat(timespec="seconds"),
        exactly=exactly(at),
        ago=how_long_ago(at),
    )


def _commented(names: dict, *, is_own: bool, is_me: bool) -> str:
    if is_own:
        return _("Commented on your own post") if is_me else _("Commented on their own post")
    if names["group"]:
        return _("Commented on a post by %(name)s in %(group)s") % names
    return _("Commented on a post by %(name)s") % names


def _reposted(names: dict, *, is_own: bool, is_me: bool) -> str:
    if is_own:
        return _("Reposted your own post") if is_me else _("Reposted their own post")
    return _("Reposted a post by %(name)s") % names


_WORD = re.compile(r"(\d{1,17})([cr])(\d{1,18})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def written(place: Place) -> str:
    """Return a place as a word for an address."""
    return f"{(place.at - _EPOCH) // timedelta(microseconds=1)}{place.kind}{place.pk}"


def read(word: str | None) -> Place | None:
    """Return the place that a word names; None, which is the beginning, for one that we never wrote."""
    found = _WORD.fullmatch(word or "")
    if found is None:
        return None
    return Place(_EPOCH + timedelta(microseconds=int(found[1])), found[2], int(found[3]))
