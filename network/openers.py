"""Openers: sentences from common ground with which a note may begin (product.md §4), and what proves a context.

An opener neither greets nor calls anybody by name, so that something is left to write; what is only claimed is worded
as claimed.
"""

from django.utils.translation import gettext as _

from accounts.models import User
from network.degrees import mutual_connections
from network.ground import Ground, Shared
from network.ground.shared import EVENT, GROUP, MUTUAL, ORGANIZATION, SCHOOL
from network.models import ConnectionRequest

MOST = 4

PROVING = {
    ConnectionRequest.Context.WORKED: {ORGANIZATION},
    ConnectionRequest.Context.STUDIED: {SCHOOL, ORGANIZATION},
    ConnectionRequest.Context.EVENT: {EVENT},
    ConnectionRequest.Context.INTRODUCED: {MUTUAL},
}
"""What shows, where it is proved, that two members know each other in the way that a request names."""


def proves(ground: Ground, context: str) -> bool:
    """Whether what two members share proves the context of a request."""
    return any(item.proved and item.kind in PROVING.get(context, ()) for item in ground.items)


def openers(member: User, *, viewer: User) -> list[str]:
    """Return what the viewer's note to `member` may begin with, the weightiest first.

    `member` has their `ground` (`network.ground.common_ground`); one query more where they have mutual connections.
    """
    return [_opener(item, member, viewer) for item in member.ground.items[:MOST]]


def with_opener(note: str, opener: str) -> str:
    """Return a note with an opener behind what is typed already; nothing is said twice."""
    if opener in note:
        return note
    between = " " if note and not note[-1].isspace() else ""
    return f"{note}{between}{opener}"


def _opener(item: Shared, member: User, viewer: User) -> str:
    if item.kind == MUTUAL:
        known = mutual_connections(member, viewer).order_by("name_folded", "pk").first()
        return _("We both know %(name)s.") % {"name": known.name} if known else _("We know some of the same people.")
    names = {"name": item.name, "years": _years(item)} | ({"year": str(item.years[0])} if item.years else {})
    if item.kind == GROUP:
        sentence = _("We are both in %(name)s.")
    elif item.proved and item.goes_on:
        sentence = _("We have both been at %(name)s since %(year)s.")
    elif item.proved:
        sentence = _("We were both at %(name)s, %(years)s.") if item.years else _("We were both at %(name)s.")
    elif item.goes_on:
        sentence = _("I see that you also list %(name)s, since %(year)s.")
    elif item.years:
        sentence = _("I see that you also list %(name)s, %(years)s.")
    else:
        sentence = _("I see that you also list %(name)s.")
    return sentence % names


def _years(item: Shared) -> str:
    return "–".join(map(str, sorted(set(item.years)))) if item.years else ""
