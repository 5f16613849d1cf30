"""What the weekly digest tells of a member's network."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from network.models import ConnectionRequest, Follow
from notifications.digest import Line, Section, declare

MOST = 3


def declare_section() -> None:
    """Add requests that wait and new followers to the digest."""
    declare(
        Section(
            gettext_lazy("Your network"),
            lambda week: [*_waiting(week.member), *_followers(week.member, week.since)],
            tells=frozenset({"request_received", "follow"}),
        )
    )


def _waiting(member: User) -> list[Line]:
    """Requests that wait for an answer, those of earlier weeks too."""
    waiting = ConnectionRequest.objects.waiting_for(member).select_related("sender").order_by("-sent_at")
    address = reverse("requests_received")
    return [Line(_("%(name)s asks to connect.") % {"name": request.sender.name}, address) for request in waiting[:MOST]]


def _followers(member: User, since: datetime) -> list[Line]:
    follows = Follow.objects.of(member).filter(followed_at__gte=since).select_related("follower")
    newest = list(follows.order_by("-followed_at")[: MOST + 1])
    lines = [
        Line(_("%(name)s follows you.") % {"name": follow.follower.name}, follow.follower.get_absolute_url())
        for follow in newest[:MOST]
    ]
    if len(newest) > MOST:
        lines.append(Line(str(_("And more people follow you.")), reverse("followers")))
    return lines
