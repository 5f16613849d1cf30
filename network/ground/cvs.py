"""Organizations and schools that two CVs name: claimed, or proved if both are known to have been there.

Two entries name the same where their names lead to one page, or, without a page, where they have the same key. Work and
study meet too: somebody teaches where somebody else studies. A proof counts only beside an entry that names the place:
alone it would tell where somebody is who doesn't say so.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Belonging, Organization, OrganizationName
from network.degrees import Among
from network.ground.asked import OTHERS, rows_about
from network.ground.shared import ORGANIZATION, SCHOOL, Shared
from network.ground.times import Stay, Together, apart, longest, together
from notifications.written_once import WrittenOnce
from profiles.models import Education, Position
from profiles.naming import NAMING

TIME = ("started_year", "started_month", "ended_year", "ended_month")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a CV: what it names, the page that this leads to, and whether its member is known to be of it."""

    member: int
    key: str
    name: str
    is_study: bool
    page: dict | None
    proved: bool
    stay: Stay

    @property
    def place(self) -> int | str:
        """What is equal for entries that name the same."""
        return self.page["pk"] if self.page else self.key


def shared_in_cvs(others: list[int], viewer) -> dict[int, list[Shared]]:
    """Return what the CVs of the viewer and each of the others both name, in one query."""
    mine: dict[int | str, list[Entry]] = defaultdict(list)
    theirs: dict[tuple[int, int | str], list[Entry]] = defaultdict(list)
    for entry in _entries([*others, viewer.pk], viewer):
        if entry.member == viewer.pk:
            mine[entry.place].append(entry)
        else:
            theirs[entry.member, entry.place].append(entry)
    shared: dict[int, list[Shared]] = defaultdict(list)
    today = timezone.localdate()
    for (member, place), entries in theirs.items():
        if place in mine:
            shared[member].append(_shared(mine[place], entries, today))
    return shared


def _entries(members: list[int], viewer) -> Iterable[Entry]:
    """The entries of some members that name something which the viewer's CV names."""
    for member, key, name, is_study, page, proved, *time in rows_about(
        members, _entries_about_anybody(), viewer=viewer
    ):
        known = json.loads(page) if page else None
        yield Entry(member=member, key=key, name=name, is_study=is_study, page=known, proved=proved, stay=Stay(*time))


@cache
def _entries_about_anybody() -> WrittenOnce:
    return WrittenOnce(lambda viewer: _union([_entries_of(model, viewer) for model in NAMING]))


def _entries_of(model: type[Position | Education], viewer) -> QuerySet:
    name, key = NAMING[model]
    page = Organization.objects.visible_to(viewer).filter(names__key=OuterRef(key))
    proofs = Belonging.objects.visible_to(viewer).filter(member=OuterRef("member"))
    # Gathered once, as an array: as a subquery the planner might start from everybody at a large organization.
    entries = model.objects.visible_to(viewer).filter(
        Among(F("member"), OTHERS), Among(F(key), ArraySubquery(_keys_of(viewer)))
    )
    return (
        entries.exclude(**{key: ""})
        .order_by()
        .values_list(
            "member",
            key,
            name,
            Value(model is Education),
            Subquery(page.values(row=JSONObject(pk="pk", name="name", slug="slug", kind="kind"))),
            Exists(proofs.filter(organization__names__key=OuterRef(key))),
            *TIME,
        )
    )


def _union(querysets: list[QuerySet]) -> QuerySet:
    return querysets[0].union(*querysets[1:], all=True).order_by()


def _keys_of(viewer) -> QuerySet:
    """The keys that the viewer's CV names, and those of all names of the organizations that these lead to."""
    own = [
        model.objects.filter(member=viewer).order_by().values(named=F(key)) for model, (_name, key) in NAMING.items()
    ]
    seen = Organization.objects.visible_to(viewer)
    names = [
        OrganizationName.objects.filter(organization__in=seen.filter(names__key__in=keys)).values(named=F("key"))
        for keys in own
    ]
    return own[0].union(*own[1:], *names).order_by()


def _shared(mine: list[Entry], theirs: list[Entry], today: date) -> Shared:
    """One thing that both name, however often either of them does."""
    pairs = [(one.stay, other.stay) for one in mine for other in theirs]
    at = longest(filter(None, (together(one, other, today=today) for one, other in pairs)))
    never = at is None and all(apart(one, other) for one, other in pairs)
    page, proved = theirs[0].page, mine[0].proved and theirs[0].proved
    name = page["name"] if page else theirs[0].name
    is_school = page["kind"] == Organization.Kind.SCHOOL if page else any(one.is_study for one in (*mine, *theirs))
    return Shared(
        kind=SCHOOL if is_school else ORGANIZATION,
        proved=proved,
        text=_in_words(name, at, proved=proved, never=never),
        weight=_weight(at, proved=proved, never=never),
        url=reverse("organization", args=[page["slug"]]) if page else "",
        name=name,
        years=at.years if at else None,
        at_the_same_time=at is not None,
    )


def _weight(at: Together | None, *, proved: bool, never: bool) -> int:
    if at:
        return 15 if proved else 9
    if never:
        return 6 if proved else 2
    return 7 if proved else 4


def _in_words(name: str, at: Together | None, *, proved: bool, never: bool) -> str:
    """The sentence, which says no more than is known: of what is claimed, that both list it."""
    names = {"name": name}
    if at is None and never:
        sentence = (
            _("Both were at %(name)s, at different times") if proved else _("Both list %(name)s, at different times")
        )
    elif at is None:
        sentence = _("Both were at %(name)s") if proved else _("Both list %(name)s")
    elif at.goes_on:
        names["year"] = str(at.years[0])
        sentence = _("Both have been at %(name)s since %(year)s") if proved else _("Both list %(name)s, since %(year)s")
    else:
        names["years"] = "–".join(map(str, sorted(set(at.years))))
        sentence = _("Both were at %(name)s, %(years)s") if proved else _("Both list %(name)s, %(years)s")
    return sentence % names
