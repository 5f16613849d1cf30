"""Events as lists show them: prepared once, so that a row of the template asks for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from communities.models import Attendance, Event, Group, Organization
from communities.times import When, when

FACE = 96
"""The size of the photo or logo of a host, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Who invites: a member, or the organization or group for which they act."""

    name: str
    url: str
    face_url: str
    initials: str
    tint: int
    is_member: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event in a list, for one viewer; `mine` says in a word what they have to do with it."""

    event: Event
    url: str
    title: str
    when: When
    where: str
    host: Host | None
    coming: str
    mine: str
    is_cancelled: bool


def host_of(event: Event) -> Host | None:
    """Return who invites to an event; nobody once the member who did has left."""
    who = event.organization or event.group or event.host
    if who is None:
        return None
    face_url = ""
    if isinstance(who, Organization) and who.logo_key:
        face_url = reverse("logo", args=[who.logo_key, FACE])
    elif isinstance(who, User) and who.face:
        face_url = reverse("photo", args=[who.face, FACE])
    return Host(
        name=who.name,
        url=who.get_absolute_url(),
        face_url=face_url,
        initials=who.initials,
        tint=who.tint,
        is_member=isinstance(who, User),
    )


def for_lists(events: QuerySet[Event], viewer) -> QuerySet[Event]:
    """Return the events with all that their lines say: hosts and counts in one query, one's answers in another."""
    mine = Attendance.objects.filter(member=viewer if viewer.is_authenticated else None)
    return (
        events.with_counts()
        .select_related("host", "organization", "group")
        .prefetch_related(Prefetch("attendances", queryset=mine, to_attr="answers"))
    )


def lines(events: Iterable[Event], viewer) -> list[Line]:
    """Return the lines of events that came through `for_lists`."""
    return [_line(event, viewer) for event in events]


def coming_up(
    *, viewer, organizations: Iterable[Organization] = (), groups: Iterable[Group] = (), most: int = 5
) -> list[Line]:
    """Return the next events of some organizations and groups, for their pages, in two queries."""
    hosted = Q(organization__in=list(organizations)) | Q(group__in=list(groups))
    events = Event.objects.visible_to(viewer).upcoming().filter(hosted)
    return lines(for_lists(events, viewer).order_by("starts_at", "pk")[:most], viewer)


def where_in_words(event: Event) -> str:
    return event.place or _("Online")


def coming_in_words(event: Event) -> str:
    """How many come, or came."""
    count = event.coming_count
    if not count:
        return ""
    if event.is_over:
        return ngettext("%(count)s came", "%(count)s came", count) % {"count": count}
    return ngettext("%(count)s coming", "%(count)s coming", count) % {"count": count}


def answer_in_words(event: Event, mine: Attendance | None, viewer) -> str:
    if mine is not None and mine.confirmed_at:
        return _("You were there")
    if mine is not None and mine.seated_at:
        return _("You had a seat") if event.is_over else _("You have a seat")
    if mine is not None and not event.is_over:
        return _("You wait for a seat") if mine.is_waiting else _("You are interested")
    return _("You host it") if viewer.is_authenticated and event.host_id == viewer.pk else ""


def _line(event: Event, viewer) -> Line:
    mine = event.answers[0] if event.answers else None
    return Line(
        event=event,
        url=event.get_absolute_url(),
        title=event.title,
        when=when(event, to_visitor=not viewer.is_authenticated),
        where=where_in_words(event),
        host=host_of(event),
        coming=coming_in_words(event),
        mine=answer_in_words(event, mine, viewer),
        is_cancelled=event.cancelled_at is not None,
    )
