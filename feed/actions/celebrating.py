"""Announcing new positions and anniversaries as their members ticked it, and congratulating them (product.md §8)."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audiences import Audience
from accounts.models import User
from feed.actions.marking import mark_post, narrow_tags
from feed.actions.posting import locked
from feed.congratulations import congratulated
from feed.models import Post, Reaction
from live.telling import announce
from notifications.actions import notify_again
from profiles.announcing import is_due
from profiles.models import Position
from profiles.naming import going_on

AT_ONCE = 200
"""How many anniversaries are announced in one transaction."""


def say_what_is_ticked(*, position: Position, words: str) -> None:
    """Make the celebrations of a position those that its member ticked; called when it was added or changed.

    One that is announced already is kept, and may come to be for fewer people, never for more.
    """
    said = Post.objects.filter(celebrates=position)
    untrue = Q(anniversary_in__isnull=False, anniversary_in__lte=position.started_year or 9999)
    if not position.anniversaries_at:
        untrue |= Q(anniversary_in__isnull=False)
    if not position.announced_at:
        untrue |= Q(anniversary_in__isnull=True)
    # Locked first, so that nobody congratulates between looking for what goes with it and deleting it.
    Post.objects.filter(pk__in=list(said.filter(untrue).select_for_update().values_list("pk", flat=True))).delete()
    if position.announced_at:
        _announce(position, text=words.strip())
    wider = [each for each in Audience if each.width > Audience(position.announced_to).width]
    for post in said.filter(audience__in=wider).select_for_update():
        post.audience = position.announced_to
        post.save(update_fields=["audience"])
        narrow_tags(post)


def _announce(position: Position, *, text: str = "", anniversary_in: int | None = None) -> Post:
    """Put a celebration into the feed, once."""
    who = {"author_id": position.member_id, "audience": position.announced_to, "text": text}
    post, is_new = Post.objects.get_or_create(celebrates=position, anniversary_in=anniversary_in, defaults=who)
    if is_new:
        mark_post(post, by=position.member)
        announce("posts", post.pk)
    return post


def announce_anniversaries() -> int:
    """Announce the anniversaries of this month (in UTC) that were ticked; return how many.

    Once, however many workers there are: a position is locked, marked and announced in one transaction. A worker that
    comes late in the month still announces them, one that comes in the next doesn't.
    """
    said = 0
    while some := _announce_some(timezone.now().astimezone(UTC)):
        said += some
    return said


@transaction.atomic
def _announce_some(now: datetime) -> int:
    due = Position.objects.filter(is_due(now.date(), User.objects.present()), going_on()).order_by("pk")
    positions = list(due.select_for_update(of=("self",), skip_locked=True, no_key=True)[:AT_ONCE])
    Position.objects.filter(pk__in=[position.pk for position in positions]).update(anniversary_year=now.year)
    for position in positions:
        _announce(position, anniversary_in=now.year)
    return len(positions)


def take_back_announcement(post: Post, *, by: User) -> None:
    """Untick one's position whose announcement one deletes; of an anniversary the tick stays, for the next.

    The position is locked before the post, as wherever both are.
    """
    if post.celebrates_id is None:
        return
    announced = Position.objects.filter(celebrations=post.pk, member=by)
    position = announced.select_for_update(of=("self",), no_key=True).first()
    if position is not None and not post.anniversary_in:
        position.announced_at = None
        position.save(update_fields=["announced_at"])


@transaction.atomic
def congratulate(post: Post, *, by: User) -> Reaction:
    """Congratulate a member on what their post celebrates; a second time is the first.

    They are told, in one notice for all who do. Raises `Refusal` for a post that is no celebration that `by` sees.
    """
    post = locked(Post.objects.open_to_congratulations_by(by), post)
    reaction, is_new = Reaction.objects.update_or_create(
        post=post, member=by, defaults={"kind": Reaction.Kind.CELEBRATE}
    )
    if is_new and post.author and congratulated(post.author).filter(pk=post.pk).exists():
        notify_again(recipient=post.author, kind="congratulation", subject=post)
    return reaction


@transaction.atomic
def take_back_congratulation(post: Post, *, by: User) -> None:
    """Congratulate no more; without a congratulation, nothing happens."""
    Reaction.objects.filter(post=post, member=by, kind=Reaction.Kind.CELEBRATE).delete()
