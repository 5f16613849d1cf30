"""Sessions: where members are signed in."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone


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
