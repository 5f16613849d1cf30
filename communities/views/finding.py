"""An event for its viewer: found through its scope, and all that its page says."""

from django.db.models import Case, OuterRef, QuerySet, Value, When
from django.http import Http404, HttpRequest

from accounts.circles import connected
from communities.actions.seats import count_seats
from communities.listing import coming_in_words, host_of, where_in_words
from communities.models import Attendance, Event
from communities.times import when
from network.degrees import decorate
from network.standing import standings

NEAREST_FIRST = ("rank", "member__name_folded", "id")
FACES, MET = 6, 5
"""How many of those who come, and of those whom one met, the page itself shows."""


def find_event(request: HttpRequest, slug: str, scope: QuerySet[Event] | None = None) -> Event:
    """Return the event with this address, if the viewer may see it, else answer 404."""
    scope = Event.objects.visible_to(request.user) if scope is None else scope
    found = scope.select_related("host", "organization", "group").with_counts().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def who_comes(event: Event, viewer) -> QuerySet[Attendance]:
    """Those with a seat whom the viewer may see, ranked: connections first."""
    return _ranked(Attendance.objects.visible_to(viewer).filter(event=event), viewer)


def whom_i_met(event: Event, viewer) -> QuerySet[Attendance]:
    """Those who confirmed too that they were there, for as long as the event offers them (§12)."""
    there = Attendance.objects.met_by(viewer).filter(event=event)
    return _ranked(there if event.offers_whom_one_met else there.none(), viewer)


def _ranked(attendances: QuerySet[Attendance], viewer) -> QuerySet[Attendance]:
    rank = Case(When(connected(viewer, OuterRef("member")), then=Value(0)), default=Value(1))
    return attendances.annotate(rank=rank).select_related("member")


def page_about(event: Event, request: HttpRequest) -> dict:
    """All that the page of an event shows to its viewer; the link only to those with a seat and to hosts."""
    viewer, mine, may_edit = request.user, None, False
    people, met = [], []
    if viewer.is_authenticated:
        mine = Attendance.objects.filter(event=event, member=viewer).first()
        may_edit = Event.objects.editable_by(viewer).filter(pk=event.pk).exists()
        people = _first(who_comes(event, viewer), FACES)
        if mine and mine.confirmed_at and event.offers_whom_one_met:
            met = _first(whom_i_met(event, viewer), MET + 1)
    decorate([*people, *met], viewer=viewer)
    standings(met, viewer=viewer, here=request.path)
    has_seat = mine is not None and mine.seated_at is not None
    return {
        "event": event,
        "host": host_of(event),
        "when": when(event, to_visitor=not viewer.is_authenticated),
        "where": where_in_words(event),
        "coming": coming_in_words(event),
        "link": event.link if has_seat or may_edit else "",
        "mine": mine,
        "has_seat": has_seat,
        "ahead": _ahead_of(mine) if mine and mine.is_waiting else 0,
        "seats_left": _seats_left(event),
        "may_edit": may_edit and event.takes_answers,
        "may_report": viewer.is_authenticated and not may_edit and event.host_id != viewer.pk,
        "may_confirm": has_seat and event.takes_confirmations,
        "people": people,
        "met": met[:MET],
        "more_met": len(met) > MET,
    }


def _first(attendances: QuerySet[Attendance], most: int) -> list:
    return [row.member for row in attendances.order_by(*NEAREST_FIRST)[:most]]


def _ahead_of(mine: Attendance) -> int:
    """How many wait before one."""
    waiting = Attendance.objects.waiting().filter(event=mine.event_id)
    return waiting.filter(answered_at__lt=mine.answered_at).count()


def _seats_left(event: Event) -> int | None:
    """How many seats are free; None where there is no limit, or nobody can take one any more."""
    if event.capacity is None or not event.takes_answers:
        return None
    return max(0, event.capacity - count_seats(event))
