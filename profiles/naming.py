"""Which organizations CVs name, and whose CVs name one: by the key of the name, however it is written."""

from collections.abc import Collection

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from accounts.models import User
from accounts.written_once import as_of_today
from profiles.models import Education, Position

NAMING = {Position: ("organization", "organization_key"), Education: ("school", "school_key")}
"""The kinds of entries that name an organization, with where the name stands and where its key."""


def entries_naming(keys: Collection[str]) -> list[QuerySet]:
    """Return the entries of CVs that name an organization by one of its keys: positions, and education."""
    return [model.objects.filter(**{f"{key}__in": keys}) for model, (_name, key) in NAMING.items()]


def going_on() -> Q:
    """The condition that an entry has no end, or one that is still to come."""
    year, month = as_of_today(lambda: timezone.localdate().year), as_of_today(lambda: timezone.localdate().month)
    return Q(ended_year__isnull=True) | Q(ended_year__gt=year) | Q(ended_year=year, ended_month__gte=month)


def is_named_by(member: User, keys: Collection[str]) -> bool:
    """Whether a member's CV names the organization of these keys."""
    return any(entries.filter(member=member).exists() for entries in entries_naming(keys))


def names_in_cv(member: User) -> dict[str, str]:
    """Return what a member's CV names, by key, as it was written there last; in one query."""
    rows = [
        model.objects.filter(member=member).order_by().values_list(key, name, "pk", Value(place))
        for place, (model, (name, key)) in enumerate(NAMING.items())
    ]
    named = rows[0].union(*rows[1:], all=True).order_by()
    return {key: name for key, name, _pk, _place in sorted(named, key=lambda row: (row[3], row[2])) if key}
