"""The people at an organization, now and before: those whose CVs name it, the nearest first (product.md §12)."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Case, OuterRef, Q, QuerySet, Value, When

from accounts.each_alone import EachAlone
from accounts.models import User
from communities.models import Organization
from network.finding import Place, nearest_first, numbered
from profiles.models import Education, Position
from profiles.naming import NAMING, entries_naming, going_on

FEW = 1000
"""Up to so many entries are read to know their people by number; of more, it is asked of each person in turn."""


def people_there(
    organization: Organization, *, viewer, now: bool, after: Place | None = None, most: int
) -> tuple[list[User], Place | None]:
    """Return up to `most` people whom the viewer may see, each once, and where the next page starts, if any.

    With `now`, those who are there; else those who were before and aren't any more. Each has a `part`, what they do or
    did there, in words.
    """
    keys = list(organization.names.order_by("pk").values_list("key", flat=True))
    people, place = nearest_first(_those(keys, viewer, now=now), viewer=viewer, after=after, most=most)
    _say_their_part(people, keys, now=now)
    return people, place


def _those(keys: list[str], viewer, *, now: bool) -> QuerySet[User]:
    numbers, visible = _numbers(keys, now=now), User.objects.visible_to(viewer)
    if numbers is not None:
        return visible.filter(numbered(numbers))
    entries = entries_naming(keys)
    is_there = _any(each.filter(going_on()) for each in entries)
    return visible.filter(is_there if now else _any(entries) & ~is_there)


def _any(entries: Iterable) -> Q:
    """The condition that a person has any of the entries."""
    return reduce(or_, (Q(EachAlone(each.filter(member=OuterRef("pk")))) for each in entries))


def _numbers(keys: list[str], *, now: bool) -> list[int] | None:
    """Return the numbers of the people, if few entries name the organization."""
    there: set[int] = set()
    ever: set[int] = set()
    for entries in entries_naming(keys):
        is_now = Case(When(going_on(), then=Value(True)), default=Value(False))
        rows = list(entries.order_by().values_list("member", is_now)[: FEW + 1])
        if len(rows) > FEW:
            return None
        ever |= {member for member, _is_now in rows}
        there |= {member for member, is_now in rows if is_now}
    return sorted(there if now else ever - there)


def _say_their_part(people: list[User], keys: list[str], *, now: bool) -> None:
    """Set `part` on each: the newest of their entries that name the organization, in two queries for all."""
    parts: dict[int, str] = {}
    for model, (_name, key) in NAMING.items():
        entries = model.objects.filter(**{f"{key}__in": keys}, member__in=people)
        for entry in entries.filter(going_on()) if now else entries:
            parts.setdefault(entry.member_id, _in_words(entry))
    for member in people:
        member.part = parts.get(member.pk, "")


def _in_words(entry: Position | Education) -> str:
    title = entry.title if isinstance(entry, Position) else entry.degree
    return " · ".join(word for word in (title, entry.in_words) if word)
