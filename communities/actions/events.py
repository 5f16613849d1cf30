"""Putting up an event, changing it and calling it off (product.md §12)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audiences import Audience
from accounts.models import User
from accounts.refusals import Refusal
from accounts.slugs import free_slug
from communities.actions.seats import count_seats, fill_seats, may_be_reminded
from communities.models import Attendance, Event, Group, Organization
from communities.models.event import LONGEST
from communities.tasks import tell_about_event
from notifications.models import Notice

RESERVED = frozenset(["new", "past", "mine", "calendar", "search"])
TOLD_WHEN_CHANGED = frozenset(["starts_at", "ends_at", "time_zone", "place", "link"])


class WrongTime(Refusal):
    """A time at which no event can be."""


class TooFewSeats(Refusal):
    """There are fewer seats than people who have one."""


@transaction.atomic
def start_event(
    *,
    by: User,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    audience: str = Audience.MEMBERS,
    organization: Organization | None = None,
    group: Group | None = None,
    key: UUID | None = None,
    **fields: Any,
) -> Event:
    """Host an event: one's own, or that of an organization that `by` edits or of a group that they moderate.

    A replay with the same `key` is the first one. Raises `Refusal`.
    """
    key = key or uuid4()
    if known := Event.objects.filter(host=by, key=key).first():
        return known
    _refuse_a_host_not_theirs(by, organization, group)
    _refuse_wrong_times(starts_at, ends_at)
    told = fields | {
        "title": " ".join(title.split()),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "time_zone": time_zone,
        "organization": organization,
        "group": group,
        "audience": Audience.GROUP if group else audience,
        "slug": free_slug("" if group else title, taken=_is_taken, most=50, otherwise="event"),
    }
    return Event.objects.get_or_create(host=by, key=key, defaults=told)[0]


@transaction.atomic
def change_event(event: Event, *, by: User, **fields: Any) -> Event:
    """Set what an event says, when and where it is, who sees it and how many seats there are. Raises `Refusal`.

    Those who come are told when time or place change. New seats go to those who wait, the first one first.
    """
    event = edited_by(by, event)
    changed = [name for name, value in fields.items() if getattr(event, name) != value]
    if not changed:
        return event
    for name in changed:
        setattr(event, name, fields[name])
    if {"starts_at", "ends_at"} & set(changed):
        _refuse_wrong_times(event.starts_at, event.ends_at)
    if "capacity" in changed and event.capacity is not None and event.capacity < (taken := count_seats(event)):
        raise TooFewSeats(_("%(taken)s seats are taken already. Choose a higher number.") % {"taken": taken})
    _revise(event, changed)
    if "starts_at" in changed:
        may_be_reminded(event)
    if TOLD_WHEN_CHANGED & set(changed):
        _tell_those_who_come(event, by=by)
    fill_seats(event)
    return event


@transaction.atomic
def cancel_event(event: Event, *, by: User | None) -> Event:
    """Call an event off, for good; all who answered it are told. An operator may, too. A second time is the first."""
    scope = Event.objects.all() if by is None or by.is_staff else Event.objects.editable_by(by)
    event = locked(scope, event)
    if event.cancelled_at is not None:
        return event
    if event.is_over:
        raise Refusal(_("It is over already."))
    event.cancelled_at = timezone.now()
    _revise(event, ["cancelled_at"])
    told = Attendance.objects.filter(event=event)
    tell_about_event.enqueue("event_cancelled", event.pk, _members(told, but=by))
    return event


def edited_by(member: User, event: Event) -> Event:
    """Return an event that `member` hosts and that can still be changed, kept as it is until the transaction ends."""
    event = locked(Event.objects.editable_by(member), event)
    if event.cancelled_at is not None:
        raise Refusal(_("It is cancelled."))
    if event.is_over:
        raise Refusal(_("It is over already."))
    return event


def locked(scope, event: Event) -> Event:
    """Return an event from a scope, kept as it is until the transaction ends. Raises `Refusal`."""
    found = scope.select_for_update(of=("self",), no_key=True).filter(pk=event.pk).first()
    if found is None:
        raise Refusal(_("This is no longer there for you."))
    return found


def _revise(event: Event, changed: list[str]) -> None:
    """Save what changed, as a new revision, by which calendars know that they have an old one."""
    event.revision += 1
    event.changed_at = timezone.now()
    words = ["words"] if {"title", "place", "about"} & set(changed) else []
    event.save(update_fields=[*changed, *words, "revision", "changed_at"])


def _tell_those_who_come(event: Event, *, by: User) -> None:
    """Tell them of the newest change only: what an earlier notice led to is what it leads to now."""
    Notice.objects.filter(kind="event_changed", subject_id=event.pk).delete()
    coming = Attendance.objects.filter(event=event, answer=Attendance.Answer.ATTENDING)
    tell_about_event.enqueue("event_changed", event.pk, _members(coming, but=by))


def _members(attendances, *, but: User | None) -> list[int]:
    return list(attendances.exclude(member=but).order_by("pk").values_list("member_id", flat=True))


def _refuse_a_host_not_theirs(by: User, organization: Organization | None, group: Group | None) -> None:
    for mine, host in ((Organization.objects.edited_by(by), organization), (Group.objects.moderated_by(by), group)):
        if host is not None and mine.select_for_update(of=("self",), no_key=True).filter(pk=host.pk).first() is None:
            raise Refusal(_("You don’t look after this page."))


def _refuse_wrong_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= timezone.now():
        raise WrongTime(_("This is over already. Choose a time that is still to come."))
    if ends_at <= starts_at:
        raise WrongTime(_("It ends before it begins."))
    if ends_at - starts_at > LONGEST:
        raise WrongTime(_("An event lasts 31 days at the most."))


def _is_taken(slug: str) -> bool:
    return slug in RESERVED or Event.objects.filter(slug=slug).exists()
