"""Names of organizations for somebody who types one."""

from accounts.names import fold, words_like
from communities.models import Organization, OrganizationName
from communities.names import organization_key

MOST = 8
LOOKED_AT = 200
"""How many names that fit are looked at, so that two letters which fit a million cost no more."""


def names_like(text: str, *, viewer) -> list[OrganizationName]:
    """Return at most `MOST` names of pages that `viewer` sees, one for each page, in two queries.

    Every word of `text` is the beginning of a word of each. First the name that is the same, then those that begin
    with the text, the shorter ones first.
    """
    query, begin = words_like(text), fold(text)
    if query is None or len(begin) < 2:
        return []
    names = OrganizationName.objects.filter(organization__in=Organization.objects.visible_to(viewer))
    names = names.select_related("organization")
    same = list(names.filter(key=organization_key(text)))
    like = sorted(names.filter(words=query)[:LOOKED_AT], key=lambda name: _order(name, begin))
    by_page: dict[int, OrganizationName] = {}
    for name in [*same, *like]:
        by_page.setdefault(name.organization_id, name)
    return list(by_page.values())[:MOST]


def _order(name: OrganizationName, begin: str) -> tuple:
    folded = fold(name.name)
    return not folded.startswith(begin), name.use != OrganizationName.Use.PRESENT, len(folded), folded
