from datetime import timedelta
from secrets import token_urlsafe
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import address
from accounts.audiences import Audience, audiences
from accounts.models import User
from accounts.names import WordsField
from accounts.written_once import written_once
from communities.models.group import Group
from communities.models.organization import Organization
from communities.times import when

LONGEST = timedelta(days=31)
"""How long an event may last; so those of today and later begin within the last 31 days, or later."""
CONFIRMABLE_FOR = timedelta(days=30)
"""For how long after its end one can still say that one was there."""
MEETABLE_FOR = timedelta(days=7)
"""For how long after its end an event offers those whom one met (product.md §12)."""


class EventQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees an event: whoever sees its host, within its audience.

        An event of a group is for its members. One that an operator hid is for its host alone. When a host has left
        for good, their events remain with those who have a seat: that they were there is a fact of theirs.
        """
        by_member = Exists(User.objects.visible_to(viewer).filter(pk=OuterRef("host")))
        by_organization = Exists(Organization.objects.visible_to(viewer).filter(pk=OuterRef("organization")))
        by_group = Exists(Group.objects.joined_by(viewer).filter(pk=OuterRef("group")))
        hosted = (
            Q(by_member, organization__isnull=True, group__isnull=True)
            | Q(by_organization, organization__isnull=False)
            | Q(by_group, group__isnull=False)
        )
        if not viewer.is_authenticated:
            return self.filter(hosted, audience=Audience.PUBLIC, hidden_at__isnull=True)
        my_seat = Exists(Attendance.objects.seated().filter(event=OuterRef("pk"), member=viewer))
        left_to_me = Q(my_seat, host__isnull=True, organization__isnull=True, group__isnull=True)
        return self.filter(hosted | left_to_me, Q(hidden_at__isnull=True) | Q(host=viewer))

    def editable_by(self, member):
        """Those that a member hosts: their own, those of organizations they edit and of groups they moderate."""
        theirs = (
            Q(host=member, organization__isnull=True, group__isnull=True)
            | Q(organization__in=Organization.objects.edited_by(member))
            | Q(group__in=Group.objects.moderated_by(member))
        )
        return self.visible_to(member).filter(theirs)

    def upcoming(self):
        """Those that still take place, today or later."""
        return self.coming().filter(cancelled_at__isnull=True)

    def coming(self):
        """Those that aren't over, cancelled ones too."""
        now = timezone.now()
        return self.filter(ends_at__gt=now, starts_at__gt=now - LONGEST)

    def past(self):
        """Those that took place."""
        now = timezone.now()
        return self.filter(ends_at__lte=now, starts_at__lt=now, cancelled_at__isnull=True)

    @written_once
    def attended_by(self, member):
        """Those in which a member has a seat."""
        return self.filter(Exists(Attendance.objects.seated().filter(event=OuterRef("pk"), member=member)))

    def answered_by(self, member):
        """Those to which a member said that they come or are interested."""
        return self.filter(Exists(Attendance.objects.filter(event=OuterRef("pk"), member=member)))

    def concerning(self, member):
        """One's own: those that a member answered, and those that they put up themselves."""
        return self.filter(Q(host=member) | Exists(Attendance.objects.filter(event=OuterRef("pk"), member=member)))

    def both_were_at(self, one, other):
        """Those that took place and at which both confirm that they were: proved common ground (product.md §1)."""
        there = Attendance.objects.confirmed().filter(event=OuterRef("pk"))
        return self.filter(Exists(there.filter(member=one)), Exists(there.filter(member=other)))

    def with_counts(self):
        """With `coming_count`: how many come, one number for everybody, of members who are there (§8)."""
        seats = Attendance.objects.seated().filter(event=OuterRef("pk"), member__in=User.objects.present())
        count = seats.order_by().values("event").annotate(number=Count("*")).values("number")
        return self.annotate(coming_count=Coalesce(Subquery(count, output_field=IntegerField()), 0))


class Event(models.Model):
    """Something that people come to: hosted by a member, or by a group or organization for which they act (§12).

    Times are moments; `time_zone` is the one in which the host said them, and in which the page says them first.
    """

    title = models.CharField(_("title"), max_length=150)
    slug = models.CharField(_("address"), max_length=60, unique=True)
    about = models.TextField(_("about"), max_length=5000, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True, help_text=_("Only those who come see it."))
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="hosted_events"
    )
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="events")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="events")
    audience = models.CharField(
        _("who sees it"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS, Audience.GROUP),
        default=Audience.MEMBERS,
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by an operator"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    words = WordsField("title", "place", "about")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["host", "key"], name="communities_event_once_for_a_key"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="communities_event_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + LONGEST), name="communities_event_lasts_a_month_at_most"
            ),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="communities_event_says_where"),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(group__isnull=True), name="communities_event_one_host"
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True, audience__in=["public", "members"])
                | Q(group__isnull=False, audience="group"),
                name="communities_event_of_a_group_is_for_it",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="communities_event_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"), name="communities_event_slug_is_a_slug"
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="communities_event_words"),
            models.Index(fields=["starts_at", "id"], name="communities_event_by_time"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("event", self.slug)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def takes_answers(self) -> bool:
        """Whether one can still say that one comes, or doesn't."""
        return self.cancelled_at is None and not self.is_over

    @property
    def takes_confirmations(self) -> bool:
        """Whether one can say that one was there: from its begin until 30 days after its end."""
        return self.cancelled_at is None and self.has_begun and timezone.now() < self.ends_at + CONFIRMABLE_FOR

    @property
    def offers_whom_one_met(self) -> bool:
        return self.cancelled_at is None and self.has_begun and timezone.now() < self.ends_at + MEETABLE_FOR

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def when(self) -> str:
        """Its time in words, in its own zone, which is named: right for whoever reads it."""
        return str(when(self, to_visitor=True))


class AttendanceQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees who comes: members who see the event see those of them that they may see.

        Only of those with a seat: who waits or is interested is nobody's business but their own. Visitors see none;
        where somebody will be, and when, is not for everybody.
        """
        if not viewer.is_authenticated:
            return self.none()
        return self.seated().filter(
            event__in=Event.objects.visible_to(viewer), member__in=User.objects.visible_to(viewer)
        )

    def met_by(self, member):
        """Those whom a member met: who confirmed that they were there too, where the member did."""
        mine = Attendance.objects.confirmed().filter(event=OuterRef("event"), member=member)
        return self.visible_to(member).confirmed().filter(Exists(mine)).exclude(member=member)

    def confirmed(self):
        """Of those who say that they were there, at events that weren't cancelled."""
        return self.filter(confirmed_at__isnull=False, event__cancelled_at__isnull=True)

    def seated(self):
        """Of those who come and have a seat."""
        return self.filter(seated_at__isnull=False)

    def waiting(self):
        """Of those who would come if a seat became free, the first one first."""
        return self.filter(answer=Attendance.Answer.ATTENDING, seated_at__isnull=True).order_by("answered_at", "pk")


class Attendance(models.Model):
    """A member's answer to an event: that they come, with a seat or waiting for one, or that they are interested."""

    class Answer(models.TextChoices):
        ATTENDING = "attending", _("Attending")
        INTERESTED = "interested", _("Interested")

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    seated_at = models.DateTimeField(_("has a seat since"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("was there"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked whether they were there"), null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to an event")
        verbose_name_plural = _("answers to events")
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="communities_attendance_once"),
            models.CheckConstraint(
                condition=Q(seated_at__isnull=True) | Q(answer="attending"),
                name="communities_attendance_seats_those_who_come",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(seated_at__isnull=False),
                name="communities_attendance_confirmed_had_a_seat",
            ),
        ]
        indexes = [models.Index(fields=["event", "answered_at"], name="communities_attendance_order")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.event_id}"

    @property
    def is_waiting(self) -> bool:
        return self.answer == self.Answer.ATTENDING and self.seated_at is None


def new_key() -> str:
    return token_urlsafe(24)


class CalendarKey(models.Model):
    """The secret in the address at which a member's calendar program fetches their events; a new one ends the old."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_key"
    )
    key = models.CharField(max_length=40, unique=True, default=new_key)

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"
