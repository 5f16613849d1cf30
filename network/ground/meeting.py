"""Groups in which both are, and events at which both say that they were."""

from collections import defaultdict
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from accounts.written_once import Among, WrittenOnce
from communities.models import Attendance, Membership
from network.ground import shared
from network.ground.asked import OTHERS, Numbers, Sql, about
from network.ground.shared import Shared


def met(others: list[int], viewer) -> dict[int, list[Shared]]:
    """Return the groups and events that the viewer shares with each of the others, in one query."""
    found: dict[int, list[Shared]] = defaultdict(list)
    for member, name, slug, ended_at, zone in meetings(others, viewer).rows():
        found[member].append(shared.event(name, slug, _day(ended_at, zone)) if ended_at else shared.group(name, slug))
    return found


def meetings(others: Numbers, viewer) -> Sql:
    """Member, name and address of each group and event; of events also when they ended, and in which time zone."""
    return about(others, viewer, _steps(), "SELECT * FROM met")


@cache
def _steps() -> dict[str, WrittenOnce]:
    return {name: WrittenOnce(query) for name, query in STEPS.items()}


def _met_by(viewer) -> QuerySet:
    never, nowhere = Cast(Value(None), DateTimeField()), Value("", CharField())
    groups = Membership.objects.visible_to(viewer).filter(Among(F("member"), OTHERS)).order_by()
    events = Attendance.objects.met_by(viewer).filter(Among(F("member"), OTHERS)).order_by()
    return (
        groups.values_list("member", "group__name", "group__slug", never, nowhere)
        .union(
            events.values_list("member", "event__title", "event__slug", "event__ends_at", "event__time_zone"), all=True
        )
        .order_by()
    )


STEPS = {"met (member, name, slug, ended_at, zone)": _met_by}


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
