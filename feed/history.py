"""What a post or a comment said before: kept whenever its words change, and shown to whoever sees it now.

Every change is kept, however soon it comes: somebody may have read, liked or answered the words before it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from accounts.moments import exactly, how_long_ago
from feed.models import Comment, Post, Revision
from feed.showing.saying import say

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Words, and when they were written; `is_redacted` if an operator removed them. Whom they name is plain text."""

    title: str
    said: str
    moment: str
    exactly: str
    ago: str
    is_redacted: bool = False


def keep_words(thing: Post | Comment) -> Revision:
    """Keep what a post or a comment says, before it says something else."""
    said = getattr(thing, "article", thing)
    title = getattr(said, "title", "")
    return Revision.objects.create(**_of(thing), title=title, text=said.text, written_at=_written_at(thing))


def version_now(thing: Post | Comment) -> Version:
    """Return what a post or a comment says now."""
    return _version(getattr(thing, "article", thing), _written_at(thing))


def earlier_versions(
    thing: Post | Comment, *, viewer, before: int | None = None, limit: int = PAGE
) -> tuple[list[Version], int | None]:
    """Return what a post or a comment said before, the newest first, for who sees it; and where to go on."""
    rows = Revision.objects.visible_to(viewer).filter(**_of(thing))
    rows = rows.filter(pk__lt=before) if before else rows
    newest = list(rows.order_by("-pk")[: limit + 1])
    versions = [_version(row, row.written_at, is_redacted=row.redacted_at is not None) for row in newest[:limit]]
    return versions, newest[limit - 1].pk if len(newest) > limit else None


def _of(thing: Model) -> dict:
    return {"comment": thing} if isinstance(thing, Comment) else {"post": thing}


def _written_at(thing: Post | Comment) -> datetime:
    return thing.edited_at or (thing.commented_at if isinstance(thing, Comment) else thing.posted_at)


def _version(words, at: datetime, *, is_redacted: bool = False) -> Version:
    return Version(
        title=getattr(words, "title", ""),
        said=say(words.text),
        moment=at.isoformat(timespec="seconds"),
        exactly=exactly(at),
        ago=how_long_ago(at),
        is_redacted=is_redacted,
    )
