"""Who has a seat at an event and who waits for one (product.md §12).

Everything here is done while the event's row is locked, so that seats are counted and given one after the other.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Attendance, Event, Group
from communities.tasks import tell_about_event
from notifications.models import Notice

REMINDED_BEFORE = timedelta(hours=24)
"""How long before its begin those who come are reminded of an event."""


def count_seats(event: Event) -> int:
    """How many seats are taken, whoever has them: somebody suspended for a week has theirs still."""
    return Attendance.objects.seated().filter(event=event).count()


def has_free_seat(event: Event) -> bool:
    return event.capacity is None or count_seats(event) < event.capacity


def fill_seats(event: Event) -> None:
    """Give the free seats to those who wait and are there, the first one first, and tell them."""
    if not event.takes_answers:
        return
    next_ones = Attendance.objects.waiting().filter(event=event, member__in=User.objects.present())
    if event.capacity is not None:
        next_ones = next_ones[: max(0, event.capacity - count_seats(event))]
    seated = list(next_ones)
    if not seated:
        return
    Attendance.objects.filter(pk__in=[row.pk for row in seated]).update(seated_at=timezone.now())
    tell_about_event.enqueue("event_seat", event.pk, [row.member_id for row in seated])


def may_be_reminded(event: Event) -> None:
    """Let those who come be reminded anew of an event that was moved; not where the news of it is as good."""
    is_far = event.starts_at - REMINDED_BEFORE > timezone.now()
    Attendance.objects.filter(event=event).update(reminded_at=None if is_far else timezone.now())
    if is_far:
        Notice.objects.filter(kind="event_reminder", subject_id=event.pk).delete()


def end_attendances_between(*, blocker: User, blocked: User) -> None:
    """A wall between two members: neither comes to what the other hosts by themselves and isn't over yet (§14)."""
    for host, guest in ((blocker, blocked), (blocked, blocker)):
        _give_back(guest, Event.objects.filter(host=host, organization__isnull=True, group__isnull=True))


def give_back_seats_in_group(member: User, group: Group) -> None:
    """Whoever leaves a group, or is removed, doesn't come to its events any more."""
    _give_back(member, Event.objects.filter(group=group))


def leave_events(*, member: User) -> None:
    """What becomes of events when an account is deleted for good.

    One's own that are still to come are cancelled and those who come are told; of the past ones what one wrote goes.
    Both stay with those who had a seat. Events of a group or an organization stay with it. One's seats become free.
    """
    from communities.actions.events import cancel_event

    own = Event.objects.filter(host=member, organization__isnull=True, group__isnull=True)
    for event in own.upcoming():
        cancel_event(event, by=None)
    own.exclude(Exists(Attendance.objects.seated().filter(event=OuterRef("pk")))).delete()
    for event in own:
        event.about, event.link, event.place = "", "", event.place or _("Online")
        event.save(update_fields=["about", "link", "place", "words"])
    _give_back(member, Event.objects.all())


def _give_back(member: User, events) -> None:
    """Take a member's answers to events that aren't over away; their seats go to those who wait."""
    mine = events.coming().answered_by(member)
    for event in mine.select_for_update(of=("self",), no_key=True).order_by("pk"):
        Attendance.objects.filter(event=event, member=member).delete()
        fill_seats(event)
