"""What a search for people asks for, and the queries that say it to the index of their words."""

from dataclasses import asdict, dataclass, fields

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.names import fold, words_like
from communities.models import Organization, OrganizationName
from communities.names import organization_key
from profiles.models import Position
from profiles.naming import going_on

SIGNS = {"place": "=p", "organization": "=o", "now": "=n", "school": "=e", "skill": "=s"}
"""What stands before a whole name among a member's words. Folding leaves no word that begins with "="."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Words, and filters: how near, where, of which organization (now, or ever) and school, with which skill."""

    words: str = ""
    degree: str = ""
    place: str = ""
    organization: str = ""
    is_now: bool = False
    school: str = ""
    skill: str = ""

    @classmethod
    def of(cls, saved) -> "Wanted":
        """Return what a saved search asks for."""
        return cls(**{field.name: getattr(saved, field.name) for field in fields(cls)})

    @property
    def is_filtered(self) -> bool:
        return any((self.degree, self.place, self.organization, self.school, self.skill))

    @property
    def can_be_saved(self) -> bool:
        """Whether there is more to it than a degree, which alone would find the whole community."""
        return bool(self.words or self.place or self.organization or self.school or self.skill)

    def __bool__(self) -> bool:
        return bool(self.words) or self.is_filtered

    def parameters(self) -> dict[str, str]:
        """Return it as the parameters of an address."""
        told = {name: value for name, value in asdict(self).items() if value}
        if words := told.pop("words", ""):
            told = {"q": words} | told
        return told | ({"is_now": "on"} if self.is_now else {})


def matching(wanted: Wanted, viewer) -> QuerySet[User]:
    """Return the members who match, of those whom the viewer may see; of any degree.

    The name of an organization stands for all names of that organization: one query, where one is asked for.
    """
    keys = _keys_of(wanted.organization, wanted.school, viewer=viewer)
    matches, asked = User.objects.visible_to(viewer), _queries(wanted, keys)
    if None in asked:
        return matches.none()
    for query in asked:
        matches = matches.filter(searched__words=query)
    if wanted.organization and wanted.is_now:  # an end that was still to come when it was written may have come
        is_it = Q()
        for key in keys[wanted.organization]:
            is_it |= Q(organization_key__startswith=key)
        matches = matches.filter(Exists(Position.objects.filter(going_on(), is_it, member=OuterRef("pk"))))
    return matches


def queries(wanted: Wanted, viewer) -> list[SearchQuery | None]:
    """Return what all must hold of a member's words, but for the degree; None among them if nothing can match."""
    return _queries(wanted, _keys_of(wanted.organization, wanted.school, viewer=viewer))


def _queries(wanted: Wanted, keys: dict[str, list[str]]) -> list[SearchQuery | None]:
    sign = SIGNS["now" if wanted.is_now else "organization"]
    asked = [words_like(wanted.words)] if wanted.words else []
    if wanted.place:
        asked.append(labelled([SIGNS["place"] + word] for word in fold(wanted.place).split()))
    if wanted.organization:
        asked.append(labelled([[sign + key for key in keys[wanted.organization]]]))
    if wanted.school:
        asked.append(labelled([[SIGNS["school"] + key for key in keys[wanted.school]]]))
    if wanted.skill:
        whole = fold(wanted.skill).replace(" ", "")
        asked.append(labelled([[SIGNS["skill"] + whole] if whole else []]))
    return asked


def labelled(alternatives) -> SearchQuery | None:
    """Return the query for one of each of the lists of names, or a name that begins so; None if a list is empty."""
    lists = [list(names) for names in alternatives]
    if not lists or not all(lists):
        return None
    return Labelled(" & ".join("(" + " | ".join(f"'{name}':*" for name in names) + ")" for names in lists))


class Labelled(SearchQuery):
    """A query of names as they are stored, which the parser of words would take apart."""

    def __init__(self, text: str):
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, compiler, connection, function=None, template=None):
        return "%s::tsquery", [self.text]


def _keys_of(*names: str, viewer) -> dict[str, list[str]]:
    """Return for each name its key and those of the other names of that organization, if the viewer sees its page."""
    own = {name: organization_key(name) for name in names if name}
    if not own:
        return {}
    known = OrganizationName.objects.filter(
        organization__names__key__in=own.values(), organization__in=Organization.objects.visible_to(viewer)
    )
    keys: dict[str, list[str]] = {name: [key] if key else [] for name, key in own.items()}
    for key, other in known.values_list("organization__names__key", "key"):
        for name in own:
            if own[name] == key and other not in keys[name]:
                keys[name].append(other)
    return keys
