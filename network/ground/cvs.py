"""Organizations and schools that two CVs name: claimed, or proved if both are known to have been there.

Two entries name the same where their names lead to one page, or, without a page, where they have the same key. Work and
study meet too: somebody teaches where somebody else studies. A proof counts only beside an entry that names the place:
alone it would tell where somebody is who doesn't say so.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import address
from accounts.models import User
from accounts.written_once import Among, WrittenOnce
from communities.models import Belonging, Organization, OrganizationName
from network.ground import weights
from network.ground.asked import Numbers, Sql, about
from network.ground.shared import ORGANIZATION, SCHOOL, Shared
from network.ground.times import Stay, Together, apart, longest, together
from profiles.models import Education
from profiles.naming import NAMING

TIME = ("started_year", "started_month", "ended_year", "ended_month")


class Page(NamedTuple):
    """An organization's page."""

    pk: int
    name: str
    slug: str
    kind: str


class Entry(NamedTuple):
    """One entry of a CV: what it names, the page that this leads to, and whether its member is known to be of it."""

    member: int
    key: str
    name: str
    is_study: bool
    stay: Stay
    page: Page | None
    proved: bool

    @property
    def place(self) -> int | str:
        """What is equal for entries that name the same."""
        return self.page.pk if self.page else self.key


def shared_in_cvs(others: list[int], viewer) -> dict[int, list[Shared]]:
    """Return what the CVs of the viewer and each of the others both name, in one query."""
    mine: dict[int | str, list[Entry]] = defaultdict(list)
    theirs: dict[tuple[int, int | str], list[Entry]] = defaultdict(list)
    for entry in map(_read, entries(others, viewer).rows()):
        if entry.member == viewer.pk:
            mine[entry.place].append(entry)
        else:
            theirs[entry.member, entry.place].append(entry)
    shared: dict[int, list[Shared]] = defaultdict(list)
    today = timezone.localdate()
    for (member, place), named in theirs.items():
        if place in mine:  # whoever doesn't see themselves, being suspended, shares nothing
            shared[member].append(_shared(mine[place], named, today))
    return shared


def _read(row: tuple) -> Entry:
    member, key, name, is_study, *rest, proved = row
    page = Page(*rest[4:]) if rest[4] else None
    return Entry(member, key, name, is_study, Stay(*rest[:4]), page, proved)


ENTRIES = """
    SELECT entry.*, page.id, page.name, page.slug, page.kind, EXISTS (
        SELECT 1 FROM proof WHERE proof.member = entry.member AND proof.organization = page.id
    ) AS is_proved
    FROM entry JOIN seen ON seen.id = entry.member LEFT JOIN page ON page.key = entry.key
"""


def entries(others: Numbers, viewer) -> Sql:
    """The entries of the viewer and of the others that name something which the viewer's CV names."""
    return about(others, viewer, _steps(), ENTRIES)


@cache
def _steps() -> dict[str, WrittenOnce]:
    return {name: WrittenOnce(query) for name, query in STEPS.items()}


MINE = RawSQL("ARRAY(SELECT key FROM mine)", ())
WANTED = RawSQL("ARRAY(SELECT key FROM mine UNION SELECT key FROM page)", ())


def _is(member: F, viewer) -> Among:
    """Whether this is the number of the viewer, or of one of the others."""
    return Among(member, RawSQL("ARRAY(SELECT id FROM others UNION ALL SELECT %s)", (viewer.pk,)))


def _keys_of(viewer) -> QuerySet:
    return _union(
        model.objects.filter(member=viewer).exclude(**{key: ""}).values_list(key)
        for model, (_name, key) in NAMING.items()
    )


def _pages(viewer) -> QuerySet:
    named = Organization.objects.visible_to(viewer).filter(Among(F("names__key"), MINE))
    names = OrganizationName.objects.filter(organization__in=named)
    return names.values_list("key", "organization", "organization__name", "organization__slug", "organization__kind")


def _naming(viewer) -> QuerySet:
    return _union(
        model.objects.filter(_is(F("member"), viewer), Among(F(key), WANTED)).values_list(
            "member", key, name, Value(model is Education), *TIME
        )
        for model, (name, key) in NAMING.items()
    )


def _seen(viewer) -> QuerySet:
    return User.objects.visible_to(viewer).filter(_is(F("pk"), viewer)).values_list("pk")


def _proofs(viewer) -> QuerySet:
    there = Among(F("organization"), RawSQL("ARRAY(SELECT id FROM page)", ()))
    proofs = Belonging.objects.visible_to(viewer).filter(_is(F("member"), viewer), there)
    return proofs.values_list("member", "organization")


def _union(querysets: Iterable[QuerySet]) -> QuerySet:
    first, *others = (queryset.order_by() for queryset in querysets)
    return first.union(*others, all=True).order_by()


STEPS = {
    "mine (key)": _keys_of,
    "page (key, id, name, slug, kind)": _pages,
    f"entry (member, key, name, is_study, {', '.join(TIME)})": _naming,
    "seen (id)": _seen,
    "proof (member, organization)": _proofs,
}
"""What the viewer's CV names; the pages that this leads to, with all their names; who names either; whom of them the
viewer sees; and of whom it is proved. Each is gathered once, from the few people at hand: left to itself, the planner
might start from everybody at a large organization."""


def _shared(mine: list[Entry], theirs: list[Entry], today: date) -> Shared:
    """One thing that both name, however often either of them does."""
    pairs = [(one.stay, other.stay) for one in mine for other in theirs]
    at = longest(filter(None, (together(one, other, today=today) for one, other in pairs)))
    never = at is None and all(apart(one, other) for one, other in pairs)
    page, proved = theirs[0].page, mine[0].proved and theirs[0].proved
    name = page.name if page else theirs[0].name
    is_school = page.kind == Organization.Kind.SCHOOL if page else any(one.is_study for one in (*mine, *theirs))
    return Shared(
        kind=SCHOOL if is_school else ORGANIZATION,
        proved=proved,
        text=_in_words(name, at, proved=proved, never=never),
        weight=_weight(at, proved=proved, never=never),
        url=address("organization", page.slug) if page else "",
        name=name,
        years=at.years if at else None,
        at_the_same_time=at is not None,
        goes_on=at is not None and at.goes_on,
    )


def _weight(at: Together | None, *, proved: bool, never: bool) -> int:
    if at:
        return weights.PLACE_TOGETHER[proved]
    return (weights.PLACE_APART if never else weights.PLACE)[proved]


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
