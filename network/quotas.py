"""How much a member may ask altogether, and what they are told when that is used up (product.md §3.11)."""

from datetime import datetime, timedelta
from functools import cache

from django.db.models import Max, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.counting import how_many
from accounts.models import Community, User
from accounts.written_once import WrittenOnce
from network.models import AskingPause, Connection, ConnectionRequest

NEW_MEMBER_FOR = timedelta(days=14)
WEEK = timedelta(days=7)


def quota_sentence(member: User, *, community: Community | None = None) -> str:
    """Return why a member may ask nobody at all right now, and when again; empty if they may."""
    ((paused_until, in_a_week, are_open, connected),) = _used().rows(member)
    if paused_until:
        return _paused(paused_until)
    community = community or Community.current()
    new = member.joined_at > timezone.now() - NEW_MEMBER_FOR
    limit = community.requests_in_7_days_when_new if new else community.requests_in_7_days
    if in_a_week >= limit:
        return _("You have sent %(limit)s requests in 7 days. You can ask again from %(date)s.") % {
            "limit": limit,
            "date": _next_one(member, limit) or "–",
        }
    if are_open >= community.open_requests:
        return _(
            "%(limit)s of your requests are open. You can ask again when one is answered, or when you withdraw one."
        ) % {"limit": community.open_requests}
    if connected >= community.connections:
        return _("You have %(limit)s connections, which is as many as one can have.") % {"limit": community.connections}
    return ""


def pause_sentence(member: User) -> str:
    """Return that a member's asking is paused, and until when; empty if it isn't. It names nobody."""
    until = _pauses(member).aggregate(until=Max("ends_at"))["until"]
    return _paused(until) if until else ""


@cache
def _used() -> WrittenOnce:
    return WrittenOnce(_use)


def _use(member: User) -> QuerySet:
    """One row: until when asking rests, how many requests a week has seen and are open, and how many connections."""
    sent = ConnectionRequest.objects.filter(sender=member)
    paused = _pauses(member).order_by().values("member").annotate(until=Max("ends_at"))
    return User.objects.filter(pk=member.pk).values_list(
        Subquery(paused.values("until")),
        how_many(_in_a_week(member), "sender"),
        how_many(sent.open(), "sender"),
        how_many(Connection.objects.of(member), "member"),
    )


def _pauses(member: User) -> QuerySet[AskingPause]:
    return AskingPause.objects.filter(member=member).now()


def _in_a_week(member: User) -> QuerySet[ConnectionRequest]:
    return ConnectionRequest.objects.filter(sender=member, sent_at__gt=timezone.now() - WEEK)


def _next_one(member: User, limit: int) -> str:
    """When one of the last `limit` requests is a week old; empty if nobody may send any."""
    last = _in_a_week(member).order_by("-sent_at").values_list("sent_at", flat=True)[:limit]
    return _moment(timezone.localtime(list(last)[-1] + WEEK)) if limit else ""


def _paused(until: datetime) -> str:
    sentence = _("Several people whom you asked don’t know you, so asking rests for a week. You can ask from %(date)s.")
    return sentence % {"date": _moment(timezone.localtime(until))}


def _moment(moment: datetime) -> str:
    return date_format(moment, "j F Y, H:i")
