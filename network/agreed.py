"""Connections agreed on in an earlier system: they open, once, when both members have claimed their accounts."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import lock_pairs
from accounts.models import Block, User
from accounts.refusals import Refusal
from network import registers
from network.actions import connect_members
from network.models import AgreedConnection, Connection, ConnectionRequest, Follow, Introduction


@transaction.atomic
def open_agreed_connections(*, member: User) -> int:
    """Open the agreed connections of a member whose other ends have claimed their accounts too; return how many.

    Somebody from a roster may have hundreds. With whom nothing stands yet, they are connected in a few queries.
    """
    let_nobody_else_open()
    waiting = AgreedConnection.objects.filter(
        Q(one=member, other__claimed_at__isnull=False) | Q(other=member, one__claimed_at__isnull=False),
        opened_at__isnull=True,
    ).order_by("one", "other")
    pairs = list(waiting.values_list("one_id", "other_id"))
    if not pairs:
        return 0
    lock_pairs(pairs)
    agreed = list(waiting.select_related("one", "other"))
    known = _with_something_between(member, [one.other_id if one.one == member else one.one_id for one in agreed])
    plain = [one for one in agreed if known.isdisjoint({one.one_id, one.other_id})]
    _open_together(plain)
    return len(plain) + sum(open_agreed(one) for one in agreed if not known.isdisjoint({one.one_id, one.other_id}))


@transaction.atomic
def open_agreed(agreed: AgreedConnection) -> bool:
    """Connect two who agreed, from the day on which they did, without notices and quotas; say whether they are now.

    It is done once: whoever ends the connection later isn't connected again. Nothing opens through a block.
    """
    if not AgreedConnection.objects.filter(pk=agreed.pk, opened_at__isnull=True).update(opened_at=timezone.now()):
        return False
    try:
        with transaction.atomic():
            connect_members(agreed.one, agreed.other, at=_from(agreed), beyond_quota=True)
    except Refusal:
        return False
    return True


def _open_together(agreed: Sequence[AgreedConnection]) -> None:
    """Do for many at once what `open_agreed` does for one, where no block, request, follow or connection is met."""
    AgreedConnection.objects.filter(pk__in=[one.pk for one in agreed]).update(opened_at=timezone.now())
    ways = [way for one in agreed for way in ((one.one, one.other, _from(one)), (one.other, one.one, _from(one)))]
    Connection.objects.bulk_create([Connection(member=one, other=other, connected_at=at) for one, other, at in ways])
    Follow.objects.bulk_create([Follow(follower=one, followed=other, followed_at=at) for one, other, at in ways])
    for open_up in registers.on_connect:
        for one in agreed:
            open_up(one=one.one, other=one.other, request=None, at=_from(one))


def _with_something_between(member: User, others: Sequence[int]) -> set[int]:
    """Those of `others` between whom and `member` there is a block, request, follow or connection, in one query."""
    ties = (
        (Block, "blocker", "blocked"),
        (Connection, "member", "other"),
        (Follow, "follower", "followed"),
        (ConnectionRequest, "sender", "recipient"),
        (Introduction, "asker", "to"),
    )
    met = [
        model._default_manager.filter(**{here: member, f"{there}__in": others}).order_by().values_list(f"{there}_id")
        for model, one, other in ties
        for here, there in ((one, other), (other, one))
    ]
    return {pk for (pk,) in met[0].union(*met[1:])}


def _from(agreed: AgreedConnection) -> datetime:
    return datetime.combine(agreed.agreed_on, time(), UTC)


def let_nobody_else_open() -> None:
    """Wait, to the end of the transaction, so that of two who claim at the same time the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('agreed connections', 0))")
