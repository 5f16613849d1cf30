"""From following to connecting: whom a member follows and by now knows (product.md §4)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from network import registers
from network.advice.table import DAYS_ANSWERED
from network.models import Connection, ConnectionRequest, Follow, Introduction, NotNow
from network.standing import standings

WITHIN = timedelta(days=60)
MOST = 5
"""Of so many with whom a member talked most, the first who may be asked is suggested."""


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """Somebody with whom a member might connect now, and on how many days they answered each other."""

    member: User
    days: int


def days_answered(member: User, others: QuerySet | Collection[int]) -> dict[int, int]:
    """Say with whom of the others a member exchanged answers in the last 60 days, and on how many of them."""
    days: Counter[int] = Counter()
    for find in registers.exchanges:
        days.update(find(member=member, others=others, since=timezone.now() - WITHIN))
    return dict(days)


def whom_to_connect_with(member: User) -> Suggested | None:
    """Return the one to connect with of those whom a member follows; of several, with whom they talked most.

    One query, mostly; two more, and one for each register, if there are people with whom they talked. The other
    learns nothing of it.
    """
    days = days_answered(member, _followed_only(member).values("followed"))
    often = sorted((pk for pk in days if days[pk] >= DAYS_ANSWERED), key=lambda pk: (-days[pk], pk))[:MOST]
    if not often:
        return None
    people = standings(User.objects.visible_to(member).filter(pk__in=often), viewer=member)
    open_ones = [person for person in people if person.standing.may_ask_now]
    open_ones.sort(key=lambda person: often.index(person.pk))
    return Suggested(member=open_ones[0], days=days[open_ones[0].pk]) if open_ones else None


def _followed_only(member: User) -> QuerySet:
    """The follows of a member where nothing more is on its way, and which they didn't put off."""
    followed = OuterRef("followed")
    asked, introductions = ConnectionRequest.objects.open(), Introduction.objects
    return Follow.objects.by(member).exclude(
        Exists(Connection.objects.filter(member=member, other=followed))
        | Exists(asked.filter(sender=member, recipient=followed))
        | Exists(asked.filter(sender=followed, recipient=member))
        | Exists(introductions.open().filter(asker=member, to=followed))
        | Exists(introductions.introducing_to(member).filter(asker=followed))
        | Exists(NotNow.objects.standing().filter(member=member, other=followed))
    )
