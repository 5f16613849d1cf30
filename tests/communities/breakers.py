"""Rows that break the constraints of organizations, groups and events."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from communities.models import (
    Application,
    Attendance,
    Belonging,
    Event,
    Group,
    GroupBan,
    GroupInvitation,
    GroupRequest,
    Membership,
    Opening,
    Organization,
    OrganizationDomain,
    OrganizationFollow,
    OrganizationName,
    OrganizationRole,
    ProofLetter,
)
from tests.architecture.breakers import breaks, twice

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_numbers = count(1)


def organization(**fields) -> Organization:
    return Organization.objects.create(**{"name": "River Authority", "slug": f"river-{next(_numbers)}"} | fields)


def group(**fields) -> Group:
    return Group.objects.create(**{"name": "Low water", "slug": f"low-water-{next(_numbers)}"} | fields)


def event(**fields) -> Event:
    told = {"title": "River day", "slug": f"river-day-{next(_numbers)}", "place": "Lyon", "time_zone": "Europe/Paris"}
    return Event.objects.create(**told | {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)} | fields)


def opening(**fields) -> Opening:
    told = {"title": "Hydrologist", "place": "Lyon", "text": "Measure.", "apply_email": "jobs@example.com"}
    return Opening.objects.create(**{"organization": organization(), "closes_on": date(2026, 4, 1)} | told | fields)


@breaks("communities_organization_has_a_name")
def _(one, other):
    organization(name="")


@breaks("communities_organization_merged_into_another")
def _(one, other):
    itself = organization()
    itself.merged_into = itself
    itself.save()


@breaks("communities_organization_slug_is_a_slug")
def _(one, other):
    organization(slug="no/slug")


@breaks("communities_organizationname_of_one")
def _(one, other):
    OrganizationName.objects.create(organization=organization(), name="The Univ. of Michigan")
    OrganizationName.objects.create(organization=organization(), name="University of Michigan")


@breaks("communities_organizationname_says_something")
def _(one, other):
    OrganizationName.objects.create(organization=organization(), name="…")


@breaks("communities_organizationname_one_present")
def _(one, other):
    known = organization()
    OrganizationName.objects.create(organization=known, name="River Authority", use="present")
    OrganizationName.objects.create(organization=known, name="Bureau of Rivers", use="present")


@breaks("communities_organizationrole_once")
def _(one, other):
    twice(OrganizationRole, organization=organization(), member=one)


@breaks("communities_organizationdomain_is_a_domain")
def _(one, other):
    OrganizationDomain.objects.create(organization=organization(), domain="@example.com")


@breaks("communities_organizationfollow_once")
def _(one, other):
    twice(OrganizationFollow, organization=organization(), follower=one)


@breaks("communities_belonging_once")
def _(one, other):
    twice(Belonging, organization=organization(), member=one, source="roster")


@breaks("communities_opening_once_for_a_key")
def _(one, other):
    key = uuid4()
    opening(posted_by=one, key=key)
    opening(posted_by=one, key=key)


@breaks("communities_opening_says_how_to_apply")
def _(one, other):
    opening(apply_email="")


@breaks("communities_opening_says_where")
def _(one, other):
    opening(place="")


@breaks("communities_application_once")
def _(one, other):
    twice(Application, opening=opening(), member=one)


@breaks("communities_group_once_for_a_key")
def _(one, other):
    key = uuid4()
    group(started_by=one, key=key)
    group(started_by=one, key=key)


@breaks("communities_group_has_a_name")
def _(one, other):
    group(name="")


@breaks("communities_group_slug_is_a_slug")
def _(one, other):
    group(slug="-")


@breaks("communities_group_asks_only_those_who_ask")
def _(one, other):
    group(entry="open", question="Who are you?")


@breaks("communities_membership_once")
def _(one, other):
    twice(Membership, group=group(), member=one)


@breaks("communities_grouprequest_once")
def _(one, other):
    twice(GroupRequest, group=group(), member=one)


@breaks("communities_groupinvitation_once")
def _(one, other):
    twice(GroupInvitation, group=group(), member=one, by=other)


@breaks("communities_groupinvitation_to_another")
def _(one, other):
    GroupInvitation.objects.create(group=group(), member=one, by=one)


@breaks("communities_groupban_once")
def _(one, other):
    twice(GroupBan, group=group(), member=one)


@breaks("communities_event_once_for_a_key")
def _(one, other):
    key = uuid4()
    event(host=one, key=key)
    event(host=one, key=key)


@breaks("communities_event_ends_after_start")
def _(one, other):
    event(ends_at=NOW)


@breaks("communities_event_says_where")
def _(one, other):
    event(place="")


@breaks("communities_event_one_host")
def _(one, other):
    event(organization=organization(), group=group(), audience="group")


@breaks("communities_event_of_a_group_is_for_it")
def _(one, other):
    event(group=group(), audience="members")


@breaks("communities_event_has_seats")
def _(one, other):
    event(capacity=0)


@breaks("communities_event_slug_is_a_slug")
def _(one, other):
    event(slug="River day")


@breaks("communities_attendance_once")
def _(one, other):
    twice(Attendance, event=event(), member=one, answer="interested")


@breaks("communities_attendance_seats_those_who_come")
def _(one, other):
    Attendance.objects.create(event=event(), member=one, answer="interested", seated_at=NOW)


@breaks("communities_attendance_confirmed_had_a_seat")
def _(one, other):
    Attendance.objects.create(event=event(), member=one, answer="attending", confirmed_at=NOW)


@breaks("communities_belonging_names_its_domain")
def _(one, other):
    Belonging.objects.create(organization=organization(), member=one, source="domain")


@breaks("communities_proofletter_once_for_a_key")
def _(one, other):
    key = uuid4()
    twice(ProofLetter, organization=organization(), member=one, proves="member", key=key)


@breaks("communities_event_lasts_a_month_at_most")
def _(one, other):
    event(ends_at=NOW + timedelta(days=32))
