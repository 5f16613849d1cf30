"""Sessions: where members are signed in."""

from collections.abc import Collection
from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from live.stream import Ticket


def others_of(request):
    """The sessions of the member who asks, but for the one they ask from."""
    return UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)


def forget_expired() -> None:
    """Delete sessions that have expired, and what their list kept of them: addresses and browsers."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    old = UserSession.objects.filter(created_at__lt=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    old.exclude(Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()


def signed_in_somewhere(member: str = "pk") -> Exists:
    """The condition that a member, whose number the field `member` of a row is, is signed in on some device."""
    return Exists(UserSession.objects.filter(user=OuterRef(member)))


def still_signed_in(tickets: Collection[Ticket]) -> dict[Ticket, User]:
    """Of streams of events, those that go on: the session lasts, the password is the same, the member is there.

    Two queries, for however many.
    """
    keys = {ticket.session for ticket in tickets}
    lasting = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    sessions = set(lasting.values_list("session_key", flat=True))
    members = User.objects.present().in_bulk({ticket.member for ticket in tickets})
    return {
        ticket: member
        for ticket in tickets
        if ticket.session in sessions and (member := members.get(ticket.member)) and member.password == ticket.seal
    }
