"""What an operator's roster and CVs from an earlier system say of people and of where they were.

Until somebody claims their account, a corrected sheet corrects them, and what it proves; from then on their profile
is theirs. Employers and schools become pages of organizations, which nobody started.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.handles import free_handle
from accounts.imports import Outcome
from accounts.models import User
from accounts.models.identity import FOLDED
from accounts.names import fold
from communities.actions import gather_organizations, set_roster_belongings
from communities.models import Organization
from communities.names import organization_key
from profiles.models import Education, Interest, Position


@dataclass(frozen=True, kw_only=True)
class Person:
    """One row of a roster."""

    email: str
    first_name: str
    last_name: str
    place: str
    employer: str
    employed_since: int | None
    school: str
    class_year: int | None
    interests: tuple[str, ...]
    member_since: date | None


@transaction.atomic
def add_person(person: Person) -> User:
    """Make an account that waits to be claimed, with what the roster says."""
    user = User(
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        place=person.place,
        handle=free_handle(f"{person.first_name} {person.last_name}"),
        password=make_password(None),
    )
    if person.member_since:
        user.joined_at = _midnight(person.member_since)
    user.save()
    _correct_parts(user, person)
    return user


@transaction.atomic
def correct_person(user: User, person: Person) -> bool:
    """Bring somebody unclaimed up to what the roster says now; say whether that changed them."""
    said: dict[str, object] = {"first_name": person.first_name, "last_name": person.last_name, "place": person.place}
    if person.member_since:
        said["joined_at"] = _midnight(person.member_since)
    changed = [name for name, value in said.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, said[name])
    if changed:
        user.save(update_fields=[*changed, *FOLDED])
    return any([bool(changed), *_correct_parts(user, person)])


@transaction.atomic
def set_position(user: User, organization: str, started_year: int | None) -> Outcome:
    """Put a position into the CV of somebody who has not claimed their account; one for each organization."""
    folded = fold(organization)
    position = next((one for one in user.positions.all() if one.organization_folded == folded), None)
    if not _put(position, Position(member=user), organization=organization, started_year=started_year):
        return Outcome.SAME
    return Outcome.CHANGED if position else Outcome.ADDED


def start_companies(names: Iterable[str]) -> set[str]:
    """Give each company a page, unless it has one; return the keys of those that are new. It proves nothing."""
    _pages, new = gather_organizations(dict.fromkeys(names, Organization.Kind.COMPANY))
    return new


def prove_people(said: Iterable[tuple[User, Person]]) -> tuple[set[str], set[int]]:
    """Make what a roster says of employers and schools proved, for people who have not claimed their accounts.

    Returns the keys of the organizations that are new, and the people for whom anything changed.
    """
    said = list(said)
    kinds = {person.employer: Organization.Kind.COMPANY for _user, person in said if person.employer}
    kinds |= {person.school: Organization.Kind.SCHOOL for _user, person in said if person.school}
    pages, new = gather_organizations(kinds)
    keys = ((user.pk, map(organization_key, (person.employer, person.school))) for user, person in said)
    return new, set_roster_belongings({pk: {pages[key] for key in names if key in pages} for pk, names in keys})


def _correct_parts(user: User, person: Person) -> list[bool]:
    return [_correct_position(user, person), _correct_education(user, person), _correct_interests(user, person)]


def _correct_position(user: User, person: Person) -> bool:
    """The roster knows one employer. A different one replaces the only position; CVs may have brought others."""
    if not person.employer:
        return False
    positions = list(user.positions.all())
    folded = fold(person.employer)
    position = next((one for one in positions if one.organization_folded == folded), None)
    if position is None and len(positions) == 1:
        position = positions[0]
    since = person.employed_since or (position.started_year if position else None)
    return _put(position, Position(member=user), organization=person.employer, started_year=since)


def _correct_education(user: User, person: Person) -> bool:
    """The roster knows one school, and the year of leaving it."""
    education = next(iter(user.educations.all()), None)
    if not person.school:
        return False
    return _put(education, Education(member=user), school=person.school, ended_year=person.class_year)


def _correct_interests(user: User, person: Person) -> bool:
    said: dict[str, str] = {}
    for name in person.interests:
        said.setdefault(fold(name), name)
    listed = {interest.folded: interest for interest in user.interests.all()}
    gone = [interest.pk for folded, interest in listed.items() if folded not in said]
    new = [Interest(member=user, name=name) for folded, name in said.items() if folded not in listed]
    if gone:
        Interest.objects.filter(pk__in=gone).delete()
    if new:
        Interest.objects.bulk_create(new)
    return bool(gone or new)


def _put(part, empty, **said) -> bool:
    """Make a part of a profile say this; say whether it didn't before."""
    if part is not None and all(getattr(part, name) == value for name, value in said.items()):
        return False
    part = part or empty
    for name, value in said.items():
        setattr(part, name, value)
    part.save()
    return True


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
