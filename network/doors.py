"""Whether one member may ask another to connect, and if not, what they are told (product.md §3.6, §3.10).

Everything here is decided by what the asker already knows and by the other's door: never by whether an
earlier request was declined. No query of this module reads `declined_at`. That the other doesn't know the asker
(`unknown_at`) is read always, and counts as a closed door once the date is there from which they could ask again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import fold
from accounts.written_once import WrittenOnce
from network.ground.proof import share_a_connection, share_proved_ground
from network.models import ConnectionRequest, Introduction
from network.models.request import ASK_AGAIN_AFTER, ASK_AGAIN_AFTER_WITHDRAWING, ATTEMPTS


class Earlier(NamedTuple):
    """An earlier request, as far as it decides about the next one; the fields are those of the request."""

    sent_at: datetime
    withdrawn_at: datetime | None
    note: str
    later_on: date | None
    unknown_at: datetime | None

    @property
    def again_at(self) -> datetime:
        """The moment from which another may follow (§3.6): known to its sender from the start.

        A date that the recipient named replaces it, earlier or later (§3.9); it begins where the reader is.
        """
        if self.later_on:
            return timezone.make_aware(datetime.combine(self.later_on, time()))
        again = self.sent_at + ASK_AGAIN_AFTER
        return max(again, self.withdrawn_at + ASK_AGAIN_AFTER_WITHDRAWING) if self.withdrawn_at else again


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What the asker is told about asking one member: whether they may, when again, and what it takes.

    `passable`: whether an introduction may pass, which depends on dates and attempts and, of all doors, only on the one
    for nobody (§5). Where it may not, `sentence` says why.
    """

    allowed: bool
    passable: bool = False
    sentence: str = ""
    again_at: datetime | None = None
    later_on: date | None = None
    left: int = ATTEMPTS
    needs_note: bool = False
    needs_email: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_too_early(self) -> bool:
        return self.again_at is not None and self.again_at > timezone.now()

    def note_is_new(self, note: str) -> bool:
        """Whether `note` differs from every note sent to this member before (§3.6)."""
        return fold(note) not in {fold(earlier) for earlier in self.notes}


def asking(recipient: User, *, by: User) -> Asking:
    """Return whether `by` may ask `recipient` now. In two queries; three where the door isn't open to all."""
    return judge(
        recipient,
        [Earlier(*row) for row in _earlier().rows(by, number=recipient.pk)],
        door_open=lambda: door_is_open(recipient, to=by),
        other_attempts=len(_introductions().rows(by, number=recipient.pk)),
    )


@cache
def _earlier() -> WrittenOnce:
    def query(by, other) -> QuerySet:
        earlier = ConnectionRequest.objects.filter(sender=by, recipient=other)
        return earlier.order_by("sent_at").values_list(*Earlier._fields)

    return WrittenOnce(query)


@cache
def _introductions() -> WrittenOnce:
    """The introductions to a member that somebody asked for."""
    return WrittenOnce(lambda by, other: Introduction.objects.filter(asker=by, to=other).order_by().values_list("pk"))


def judge(
    recipient: User, earlier: Sequence[Earlier], *, door_open: Callable[[], bool], other_attempts: int = 0
) -> Asking:
    """Say whether one may ask `recipient` after `earlier` requests, the oldest first.

    A request that was asked for later costs no attempt (§3.9). `other_attempts` are introductions that one asked for:
    each has spent an attempt, and starts no waiting time (§5).
    """
    left = max(0, ATTEMPTS - other_attempts - sum(request.later_on is None for request in earlier))
    last = earlier[-1] if earlier else None
    known = {
        "left": left,
        "again_at": last and last.again_at,
        "later_on": last and last.later_on,
        "needs_note": recipient.note_required or bool(earlier),
        "needs_email": recipient.door == User.Door.EMAIL,
        "notes": tuple(request.note for request in earlier if request.note),
    }
    may_ask = Asking(allowed=True, **known)
    if not left:
        return replace(may_ask, allowed=False, sentence=_spent(recipient, other_attempts))
    if may_ask.is_too_early:
        return replace(may_ask, allowed=False, sentence=_too_early(recipient, last))
    is_unknown = any(request.unknown_at for request in earlier)
    may_ask = replace(may_ask, passable=recipient.door != User.Door.NOBODY and not is_unknown)
    if not door_open() or is_unknown:
        return replace(may_ask, allowed=False, sentence=closed_door(recipient))
    return may_ask


def _spent(recipient: User, introductions: int) -> str:
    sentence = _("You have asked %(name)s three times, which is as often as one may.")
    if introductions:
        sentence = _("You have asked %(name)s three times, introductions included, which is as often as one may.")
    return sentence % {"name": recipient.name}


def _too_early(recipient: User, last: Earlier) -> str:
    sentence = _("You can ask %(name)s again from %(date)s.")
    if last.later_on:
        sentence = _("%(name)s asks you to ask again from %(date)s.")
    return sentence % {"name": recipient.name, "date": _day(timezone.localtime(last.again_at))}


def closed_door(recipient: User) -> str:
    """The neutral sentence for whoever may not ask; the same whatever the reason (§3.10)."""
    return _("%(name)s can't be asked to connect at the moment.") % {"name": recipient.name}


def door_is_open(recipient: User, *, to: User) -> bool:
    """Whether the recipient's own policy lets this member ask; an address is asked for when they do (§3.10)."""
    if recipient.door in DOORS_OF_ALL:
        return True
    return User.objects.filter(open_door([recipient], to=to), pk=recipient.pk).exists()


DOORS_OF_ALL = (User.Door.ANYONE, User.Door.EMAIL)
WHAT_OPENS = {User.Door.MUTUAL: share_a_connection, User.Door.GROUND: share_proved_ground}
"""What two have to share, as their profiles show it to the one who asks."""


def open_door(members: Iterable[User], *, to: User) -> Case:
    """The condition on the row of a member, one of these, that their policy lets `to` ask (§3.10)."""
    members = list(members)
    cases = [When(door__in=DOORS_OF_ALL, then=Value(True))]
    for door, share in WHAT_OPENS.items():
        if behind := [member.pk for member in members if member.door == door]:
            cases.append(When(door=door, then=share(behind, to)))
    return Case(*cases, default=Value(False), output_field=BooleanField())


def _day(moment: datetime) -> str:
    return date_format(moment, "j F Y")
