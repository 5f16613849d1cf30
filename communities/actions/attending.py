"""Coming to an event, being interested, not coming, and having been there (product.md §12)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from communities.actions.events import locked
from communities.actions.seats import fill_seats, has_free_seat
from communities.models import Attendance, Event, Group

Answer = Attendance.Answer


@transaction.atomic
def attend_event(event: Event, *, by: User) -> Attendance:
    """Say that one comes: on a free seat, or waiting for one, behind those who wait. A second time is the first.

    Raises `Refusal`.
    """
    event = _open(event, by)
    known = Attendance.objects.filter(event=event, member=by).first()
    if known is not None and known.answer == Answer.ATTENDING:
        return known
    now = timezone.now()
    answered = {"answer": Answer.ATTENDING, "answered_at": now, "seated_at": now if has_free_seat(event) else None}
    return Attendance.objects.update_or_create(event=event, member=by, defaults=answered)[0]


@transaction.atomic
def be_interested(event: Event, *, by: User) -> Attendance:
    """Say that one is interested. Whoever had a seat gives it back. Raises `Refusal`."""
    event = _open(event, by)
    answered = {"answer": Answer.INTERESTED, "answered_at": timezone.now(), "seated_at": None, "confirmed_at": None}
    attendance, _made = Attendance.objects.update_or_create(event=event, member=by, defaults=answered)
    fill_seats(event)
    return attendance


@transaction.atomic
def stay_away(event: Event, *, by: User) -> None:
    """Take one's answer back; one's seat goes to whoever waits first. Raises `Refusal`."""
    event = _open(event, by)
    Attendance.objects.filter(event=event, member=by).delete()
    fill_seats(event)


@transaction.atomic
def confirm_attendance(event: Event, *, by: User) -> Attendance:
    """Say that one was there, until 30 days after the end; only whoever had a seat can. Raises `Refusal`."""
    event = locked(Event.objects.visible_to(by), event)
    mine = Attendance.objects.seated().select_for_update(of=("self",)).filter(event=event, member=by).first()
    if mine is None:
        raise Refusal(_("Only those who had a seat can say that they were there."))
    _refuse_outside_of_the_time(event)
    if mine.confirmed_at is None:
        mine.confirmed_at = timezone.now()
        mine.save(update_fields=["confirmed_at"])
    return mine


@transaction.atomic
def take_confirmation_back(event: Event, *, by: User) -> None:
    """Say that one wasn't there after all. Raises `Refusal`."""
    _refuse_outside_of_the_time(locked(Event.objects.visible_to(by), event))
    Attendance.objects.filter(event=event, member=by).update(confirmed_at=None)


def _refuse_outside_of_the_time(event: Event) -> None:
    if not event.has_begun:
        raise Refusal(_("It hasn’t begun yet."))
    if not event.takes_confirmations:
        raise Refusal(_("It is too late to say so now."))


def _open(event: Event, by: User) -> Event:
    if event.group_id:  # kept, so that nobody comes who is let out of it at this moment
        list(Group.objects.select_for_update(no_key=True).filter(pk=event.group_id).values_list("pk"))
    event = locked(Event.objects.visible_to(by), event)
    if event.cancelled_at is not None:
        raise Refusal(_("It is cancelled."))
    if event.is_over:
        raise Refusal(_("It is over already."))
    return event
