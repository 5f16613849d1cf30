"""Whether one member may ask another to connect, and if not, what they are told (product.md §3.6, §3.10, §3.11).

Everything here is decided by what the asker already knows and by the other's door: never by whether an
earlier request was declined. No query of this module reads `declined_at`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Community, User
from accounts.names import fold
from network.models import Connection, ConnectionRequest
from network.models.request import ASK_AGAIN_AFTER, ASK_AGAIN_AFTER_WITHDRAWING, ATTEMPTS

NEW_MEMBER_FOR = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What the asker is told about asking one member: whether they may, when again, and what it takes."""

    allowed: bool
    sentence: str = ""
    again_at: datetime | None = None
    left: int = ATTEMPTS
    needs_note: bool = False
    needs_email: bool = False
    notes: tuple[str, ...] = ()

    def note_is_new(self, note: str) -> bool:
        """Whether `note` differs from every note sent to this member before (§3.6)."""
        return fold(note) not in {fold(earlier) for earlier in self.notes}


def asking(recipient: User, *, by: User) -> Asking:
    """Return whether `by` may ask `recipient` now. In one query; two if the door wants a mutual connection."""
    earlier = (
        ConnectionRequest.objects.filter(sender=by, recipient=recipient)
        .order_by("sent_at")
        .values_list("sent_at", "withdrawn_at", "note")
    )
    return judge(recipient, list(earlier), door_open=lambda: door_is_open(recipient, to=by))


def judge(recipient: User, earlier: list[tuple], *, door_open: Callable[[], bool]) -> Asking:
    """Say whether one may ask `recipient` after `earlier` requests, oldest first: when sent and withdrawn, the note."""
    left = max(0, ATTEMPTS - len(earlier))
    again_at = may_ask_again_at(*earlier[-1][:2]) if earlier else None
    known = {
        "left": left,
        "again_at": again_at,
        "needs_note": recipient.note_required or bool(earlier),
        "needs_email": recipient.door == User.Door.EMAIL,
        "notes": tuple(note for _sent, _withdrawn, note in earlier if note),
    }
    if not left:
        sentence = _("You have asked %(name)s three times, which is as often as one may.")
        return Asking(allowed=False, sentence=sentence % {"name": recipient.name}, **known)
    if again_at and again_at > timezone.now():
        sentence = _("You can ask %(name)s again from %(date)s.")
        date = timezone.localtime(again_at)
        return Asking(allowed=False, sentence=sentence % {"name": recipient.name, "date": _day(date)}, **known)
    if not door_open():
        return Asking(allowed=False, sentence=closed_door(recipient), **known)
    return Asking(allowed=True, **known)


def may_ask_again_at(sent_at: datetime, withdrawn_at: datetime | None) -> datetime:
    """The moment from which a request may follow the last one (§3.6): known to its sender from the start."""
    again = sent_at + ASK_AGAIN_AFTER
    return max(again, withdrawn_at + ASK_AGAIN_AFTER_WITHDRAWING) if withdrawn_at else again


def closed_door(recipient: User) -> str:
    """The neutral sentence for whoever may not ask; the same whatever the reason (§3.10)."""
    return _("%(name)s can't be asked to connect at the moment.") % {"name": recipient.name}


def door_is_open(recipient: User, *, to: User) -> bool:
    """Whether the recipient's own policy lets this member ask; an address is asked for when they do (§3.10)."""
    match recipient.door:
        case User.Door.NOBODY:
            return False
        case User.Door.MUTUAL:
            return have_mutual_connection(recipient, to)
    return True


def have_mutual_connection(one: User, other: User) -> bool:
    """Whether somebody present is connected with both, and neither connection is hidden (§11)."""
    with_other = Connection.objects.counted().filter(member=other, other=OuterRef("other"))
    return (
        Connection.objects.counted().filter(Exists(with_other), member=one, other__in=User.objects.present()).exists()
    )


def quota_sentence(member: User, *, community: Community | None = None) -> str:
    """Return why a member may ask nobody at all right now, and when again; empty if they may (§3.11)."""
    community = community or Community.current()
    now = timezone.now()
    new = member.joined_at > now - NEW_MEMBER_FOR
    limit = community.requests_in_7_days_when_new if new else community.requests_in_7_days
    sent = ConnectionRequest.objects.filter(sender=member)
    week = list(
        sent.filter(sent_at__gt=now - timedelta(days=7)).order_by("-sent_at").values_list("sent_at", flat=True)[:limit]
    )
    if limit == 0 or len(week) >= limit:
        again = timezone.localtime(week[-1] + timedelta(days=7)) if week else None
        return _("You have sent %(limit)s requests in 7 days. You can ask again from %(date)s.") % {
            "limit": limit,
            "date": _moment(again) if again else "–",
        }
    if sent.open().count() >= community.open_requests:
        return _(
            "%(limit)s of your requests are open. You can ask again when one is answered, or when you withdraw one."
        ) % {"limit": community.open_requests}
    if Connection.objects.of(member).count() >= community.connections:
        return _("You have %(limit)s connections, which is as many as one can have.") % {"limit": community.connections}
    return ""


def _day(moment: datetime) -> str:
    from django.utils.formats import date_format

    return date_format(moment, "j F Y")


def _moment(moment: datetime) -> str:
    from django.utils.formats import date_format

    return date_format(moment, "j F Y, H:i")
