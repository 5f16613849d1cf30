"""Keeping whom a text names and what it is about, in the transaction that publishes or edits it (product.md §8)."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from accounts.marks import folded_tag
from accounts.models import FormerHandle, User
from accounts.words import marks_of
from feed.actions.tagging import tags
from feed.models import Comment, Mention, Post, PostTag

TOLD = 20
"""How many of those whom one text names are told."""
TAGS = 30
"""How many tags of a post count; more than that are there to be found, not to say something."""


def mark_post(post: Post, *, by: User, before: str | None = None) -> None:
    """Keep whom a post names, of those whom `by` may see, and its tags; `before` is what an edited one said."""
    found = marks_of(post.everything_said)
    if found.tags or marks_of(before or "").tags:
        _keep_tags(post, found.tags)
    _keep_mentions(post, None, found.handles, by=by, before=before)


def mark_comment(comment: Comment, *, by: User, before: str | None = None) -> None:
    """Keep whom a comment names; its tags lead somewhere, but only posts have them."""
    _keep_mentions(comment.post, comment, marks_of(comment.text).handles, by=by, before=before)


def narrow_tags(post: Post) -> None:
    """Let the tags of a post know its audience, which became narrower."""
    PostTag.objects.filter(post=post).update(audience=post.audience)


def _keep_tags(post: Post, spelled: Iterable[str]) -> None:
    wanted = tags([*dict.fromkeys(map(folded_tag, spelled))][:TAGS])
    PostTag.objects.filter(post=post).exclude(tag__in=wanted.values()).delete()
    PostTag.objects.bulk_create(
        [PostTag(post=post, tag=tag, audience=post.audience) for tag in wanted.values()], ignore_conflicts=True
    )


def _keep_mentions(
    post: Post, comment: Comment | None, handles: Collection[str], *, by: User, before: str | None
) -> None:
    """A handle that stood there before stays what it was: nobody else becomes the one who was meant."""
    known = marks_of(before or "").handles
    if not handles and not known:
        return
    rows = {}
    if before is not None:
        rows = {row.member_id: row for row in Mention.objects.filter(post=post, comment=comment)}
    room = max(0, TOLD - len(rows))
    now, new = timezone.now(), []
    for row in rows.values():
        row.handles = [handle for handle in row.handles if handle in handles]
    for handle, member in _members([handle for handle in handles if handle not in known], by).items():
        if member not in rows:
            rows[member] = Mention(post=post, comment=comment, member_id=member, handles=[], mentioned_at=now)
            new.append(rows[member])
        rows[member].handles.append(handle)
    _save(rows.values(), now)
    if new[:room]:
        from feed.tasks import tell_mentioned

        tell_mentioned.enqueue([mention.pk for mention in new[:room]])


def _save(rows: Iterable[Mention], now) -> None:
    """Write the mentions; one whose handles are gone keeps them, and has ended."""
    for row in rows:
        row.ended_at = None if row.handles else row.ended_at or now
    kept = [row for row in rows if row.pk]
    Mention.objects.bulk_update([row for row in kept if row.handles], ["handles", "ended_at"])
    Mention.objects.filter(pk__in=[row.pk for row in kept if not row.handles]).update(ended_at=now)
    Mention.objects.bulk_create([row for row in rows if not row.pk])


def _members(handles: list[str], by: User) -> dict[str, int]:
    """Return, by handle, the members who have or had it and whom `by` may see, in the order of the handles."""
    if not handles:
        return {}
    seen = User.objects.visible_to(by)
    found = dict(FormerHandle.objects.filter(handle__in=handles, member__in=seen).values_list("handle", "member"))
    found |= dict(seen.filter(handle__in=handles).values_list("handle", "pk"))
    return {handle: found[handle] for handle in handles if handle in found}
