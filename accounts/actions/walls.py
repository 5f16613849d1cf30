"""Walls between two members, and the lock that lets one change at a time stand between them."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import registers
from accounts.models import Block, User
from accounts.refusals import Refusal


@transaction.atomic
def block_member(member: User, *, by: User) -> Block:
    """Put up a wall between `by` and `member`, and end what stands between them (product.md §14)."""
    if member == by:
        raise Refusal(_("You can't block yourself."))
    lock_pair(member, by)
    block, _made = Block.objects.get_or_create(blocker=by, blocked=member)
    for end in registers.on_block:
        end(blocker=by, blocked=member)
    return block


@transaction.atomic
def unblock_member(member: User, *, by: User) -> None:
    """Take down the wall that `by` put up; what it ended stays ended."""
    lock_pair(member, by)
    Block.objects.filter(blocker=by, blocked=member).delete()


def lock_pair(one: User, other: User) -> None:
    """Let only one transaction at a time change what stands between two members.

    An advisory lock of the pair, held to the end of the transaction: it takes no row, so that the
    two members' other doings don't wait.
    """
    lock_pairs([(one.pk, other.pk)])


def lock_pairs(pairs: Iterable[tuple[int, int]]) -> None:
    """Lock many pairs, given by their keys, with one query; always in the same order, so that no two wait in a ring."""
    names = [f"pair {low} {high}" for low, high in sorted(tuple(sorted(pair)) for pair in pairs)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name", [names]
        )
