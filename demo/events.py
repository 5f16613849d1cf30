"""The demo community's events: past ones that people confirm, and some that come up, always at the same distance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from accounts.models import User
from communities.actions import attend_event, be_interested, confirm_attendance, start_event
from communities.models import Attendance, Event, Group, Organization

if TYPE_CHECKING:
    from demo.filling import Filling


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An event as it is told here: so many days from now, at an hour of its place, and who says what to it."""

    host: str
    title: str
    days: int
    hour: int
    hours: int
    zone: str
    about: str
    place: str = ""
    link: str = ""
    audience: str = "members"
    by: str = ""
    capacity: int | None = None
    coming: str = ""
    interested: str = ""
    confirmed: str = ""


EVENTS = [
    Planned(
        host="Amara", title="RiverConf", days=-24, hour=9, hours=32, zone="Europe/Lisbon", place="Alfândega, Porto",
        audience="public", about="Two days on open river data. Talks in the morning, a walk along the Douro after.",
        coming="Ines Amara Tomasz Ana Isabel Wei Jorge Lina Noah Priya Anders",
        confirmed="Ines Amara Tomasz Ana Isabel Wei Anders",
    ),
    Planned(
        host="Tomasz", title="Gauges and their liars", days=-3, hour=18, hours=3, zone="Europe/Warsaw",
        place="Vistula Institute, Warsaw", about="Every gauge lies a little. Bring one that lied to you.\n\nSoup after.",
        coming="Ines Tomasz Katarzyna Bill Oliver Jonas Zsófia Kenji Grace Daniel Marie-Claire",
        confirmed="Ines Tomasz Katarzyna Bill Jonas Kenji Grace Marie-Claire",
    ),
    Planned(
        host="Lina", title="Snow school", days=1, hour=8, hours=9, zone="Europe/Stockholm", place="Abisko station",
        about="We dig, we weigh, we argue about density. Warm boots, please.", capacity=4,
        coming="Lina Ines Ingrid Noah Emma Aiko Nadia", interested="Gabriela Marco",
    ),
    Planned(
        host="Jorge", title="Early warning in three sentences", days=6, hour=17, hours=2, zone="America/Bogota",
        link="https://meet.example.org/three-sentences", audience="public",
        about="What do you say when there is time for three sentences? Bring yours, in any language.",
        coming="Jorge Ines Amara Ingrid Hannah Sofia Aiko Grace", interested="Tomasz Chloé",
    ),
    Planned(
        host="Ines", title="A walk along the Rhône", days=12, hour=10, hours=4, zone="Europe/Paris",
        place="Parc de Gerland, Lyon", capacity=12,
        about="Slowly, along both banks, with stops where the water tells something. Children and dogs are welcome.",
        coming="Ines Chloé Marco Emma Samuel", interested="Lina Tomasz Hannah",
    ),
    Planned(
        host="Anders", title="Open water data day", days=33, hour=9, hours=8, zone="Europe/Copenhagen",
        place="Nordic Water Exchange, Copenhagen", by="organization", audience="public",
        about="What we publish, what we can’t, and what we would if somebody asked.",
        coming="Anders Rahul David Luca Tomasz Wei", interested="Ines Oliver",
    ),
    Planned(
        host="Katarzyna", title="Reading old flood marks together", days=19, hour=19, hours=2, zone="Europe/Warsaw",
        link="https://meet.example.org/flood-marks", by="group",
        about="Each of us brings the picture of one mark, and what the archive says about it.",
    ),
]  # fmt: skip


def put_up_events(community: Filling) -> None:
    """Put up all events, let people answer them, and date what happened."""
    for planned in EVENTS:
        _put_up(community, planned)


def _put_up(community: Filling, planned: Planned) -> None:
    soon = community.now + timedelta(days=1)
    host = community[planned.host]
    event = start_event(
        by=host,
        title=planned.title,
        starts_at=soon,
        ends_at=soon + timedelta(hours=1),
        time_zone=planned.zone,
        place=planned.place,
        link=planned.link,
        about=planned.about,
        capacity=planned.capacity,
        audience=planned.audience,
        **_for_whom(planned, host),
    )
    for name in planned.coming.split():
        attend_event(event, by=community[name])
    for name in planned.interested.split():
        be_interested(event, by=community[name])
    _date(event, planned, community.now)
    for name in planned.confirmed.split():
        confirmed = confirm_attendance(event, by=community[name])
        Attendance.objects.filter(pk=confirmed.pk).update(confirmed_at=event.ends_at + timedelta(hours=9))


def _date(event: Event, planned: Planned, now: datetime) -> None:
    """Let it be on its day, and all that was said to it on the days before."""
    day = (now + timedelta(days=planned.days)).date()
    event.starts_at = datetime.combine(day, time(planned.hour), ZoneInfo(planned.zone))
    event.ends_at = event.starts_at + timedelta(hours=planned.hours)
    announced = min(event.starts_at, now) - timedelta(days=20)
    event.created_at = event.changed_at = announced
    event.save()
    answers = Attendance.objects.filter(event=event)
    for hours, answer in enumerate(answers.order_by("pk")):
        answer.answered_at = announced + timedelta(hours=hours)
        answer.seated_at = answer.answered_at if answer.seated_at else None
        answer.reminded_at = event.starts_at if planned.days < 0 else None
        answer.asked_at = event.ends_at if planned.days < 0 else None
        answer.save()


def _for_whom(planned: Planned, host: User) -> dict[str, Organization | Group]:
    """The organization or group for which the host invites, where they have one."""
    if planned.by == "organization" and (edited := Organization.objects.edited_by(host).order_by("pk").first()):
        return {"organization": edited}
    if planned.by == "group" and (moderated := Group.objects.moderated_by(host).order_by("pk").first()):
        return {"group": moderated}
    return {}
