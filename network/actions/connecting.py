"""Being connected, and no longer (product.md §2, §3.3, §6, §14)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import Block, Community, User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from live.telling import tell
from network import registers
from network.models import (
    AgreedConnection,
    Connection,
    ConnectionRequest,
    Endorsement,
    Follow,
    Introduction,
    Mute,
    NotNow,
    Recommendation,
)


@transaction.atomic
def connect_members(
    one: User,
    other: User,
    *,
    at: datetime | None = None,
    request: ConnectionRequest | None = None,
    quiet_feed_of: User | None = None,
    beyond_quota: bool = False,
) -> None:
    """Connect two members who both agreed, and make each follow the other, openly (§3.3, §6).

    `quiet_feed_of` is the one who keeps the other out of their feed. Tells nobody. Raises `Refusal`
    if there is a wall between them or one of them is full; `beyond_quota` is for imports.
    """
    lock_pair(one, other)
    at = at or timezone.now()
    people = User.objects.select_for_update(no_key=True).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    list(people)  # the lock that keeps the number of connections within its limit
    if Block.objects.between(one, other).exists():
        raise Refusal(_("This request is no longer there."))
    if not beyond_quota:
        _refuse_if_full(one, other)
    Connection.objects.bulk_create(
        [
            Connection(member=one, other=other, connected_at=at),
            Connection(member=other, other=one, connected_at=at),
        ],
        ignore_conflicts=True,
    )
    begin_openly(Follow.objects.filter(_either_way("follower", "followed", one, other)), at=at)
    for follower, followed in ((one, other), (other, one)):
        muted = {"muted_until": FOR_GOOD} if follower == quiet_feed_of else {}
        if muted:
            Mute.objects.update_or_create(member=follower, other=followed, defaults=muted)
        Follow.objects.update_or_create(
            follower=follower,
            followed=followed,
            defaults={"quiet": False} | muted,
            create_defaults={"quiet": False, "followed_at": at} | muted,
        )
    between = ConnectionRequest.objects.between(one, other)
    if between.open().update(accepted_at=at) or request is not None:
        tell([one.pk, other.pk], "requests")
    between.filter(unknown_at__isnull=False).update(unknown_at=None)  # whoever connects knows the other
    Introduction.objects.between(one, other).going_on().update(ended_at=timezone.now())
    for open_up in registers.on_connect:
        open_up(one=one, other=other, request=request, at=at)


def begin_openly(follows: QuerySet[Follow], *, at: datetime) -> None:
    """Let quiet ones of some follows be open from now on: nothing tells that they were there before (§6)."""
    follows.filter(quiet=True).update(quiet=False, followed_at=at)


def _refuse_if_full(*members: User) -> None:
    limit = Community.current().connections
    for member in members:
        if Connection.objects.of(member).count() >= limit:
            raise Refusal(
                _("%(name)s has %(limit)s connections, which is as many as one can have. The request stays open.")
                % {"name": member.name, "limit": limit}
            )


@transaction.atomic
def disconnect(member: User, *, by: User) -> None:
    """End a connection and the follows that came with it, silently; what was written stays readable.

    Without a connection nothing happens: who followed since, perhaps quietly, goes on following.
    """
    lock_pair(member, by)
    if _end_connection(member, by):
        Follow.objects.filter(_either_way("follower", "followed", member, by)).delete()


@transaction.atomic
def end_everything_between(*, blocker: User, blocked: User) -> None:
    """What a block ends: connection, follows, requests, introductions, endorsements, recommendations (§14)."""
    _end_connection(blocker, blocked)
    Follow.objects.filter(_either_way("follower", "followed", blocker, blocked)).delete()
    Endorsement.objects.filter(_either_way("endorser", "skill__member", blocker, blocked)).delete()
    Recommendation.objects.filter(_either_way("author", "subject", blocker, blocked)).delete()
    AgreedConnection.objects.filter(_either_way("one", "other", blocker, blocked)).delete()
    NotNow.objects.filter(_either_way("member", "other", blocker, blocked)).delete()
    ConnectionRequest.objects.between(blocker, blocked).open().update(expired_at=timezone.now())
    _end_introductions(blocker, blocked)


def _end_introductions(one: User, other: User) -> None:
    """End the introductions in which both have a part, whichever (§5).

    Whoever asked for one and has the wall before them knows. Of a wall between the other two they aren't told: what
    they read stays as it was.
    """
    now, introductions = timezone.now(), Introduction.objects.going_on()
    known = _either_way("asker", "to", one, other) | _either_way("asker", "through", one, other)
    introductions.filter(known).update(ended_at=now)
    introductions.filter(_either_way("through", "to", one, other), cut_at__isnull=True).update(cut_at=now)
    ConnectionRequest.objects.open().filter(_either_way("sender", "named", one, other)).update(named=None)


def _end_connection(one: User, other: User) -> bool:
    ended, _of_each = Connection.objects.filter(_either_way("member", "other", one, other)).delete()
    return bool(ended)


def _either_way(first: str, second: str, one: User, other: User) -> Q:
    return Q(**{first: one, second: other}) | Q(**{first: other, second: one})
