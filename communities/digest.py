"""What the weekly digest tells of events."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from communities.models import Event
from communities.times import when
from notifications.digest import Line, Section, Week, declare

MOST = 5


def declare_section() -> None:
    """Add the events to which a member goes within the week to the digest."""
    declare(Section(gettext_lazy("You go there this week"), _this_week, tells=frozenset({"event_reminder"})))


def _this_week(week: Week) -> list[Line]:
    soon = timezone.now() + timedelta(days=7)
    events = Event.objects.visible_to(week.member).upcoming().attended_by(week.member).filter(starts_at__lt=soon)
    return [
        Line(event.title, event.get_absolute_url(), remark=str(when(event)))
        for event in events.order_by("starts_at")[:MOST]
    ]
