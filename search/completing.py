"""What the one box offers while somebody types: people, organizations, groups and events (product.md §13)."""

from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from search.people import complete_people
from search.things import events_found, groups_found, organizations_found

PEOPLE = 5
OTHERS = 3
"""How many of each kind are offered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something found, as one line: its name, what it is, and where it is."""

    kind: str
    name: str
    said: str | Promise
    url: str
    member: User | None = None


_SAID = {"organization": _("Organization"), "group": _("Group"), "event": _("Event")}


def offers(words: str, viewer) -> list[Offer]:
    """Return what to offer a member for the beginning of what they look for, in four queries."""
    people = complete_people(words, viewer=viewer, most=PEOPLE)
    return [Offer("person", each.name, each.headline, each.get_absolute_url(), each) for each in people] + [
        Offer(kind, name, _SAID[kind], reverse(kind, args=[slug])) for kind, name, slug in _others(words, viewer)
    ]


def _others(words: str, viewer) -> list[tuple]:
    """The first few organizations, groups and events, by one query."""
    rows = [
        _few(organizations_found(words, viewer), "organization", "name", "closeness", "name_folded"),
        _few(groups_found(words, viewer), "group", "name", "closeness", "name_folded"),
        _few(events_found(words, viewer).upcoming(), "event", "title", "starts_at"),
    ]
    places = {"organization": 0, "group": 1, "event": 2}
    return sorted(rows[0].union(*rows[1:], all=True), key=lambda row: places[row[0]])


def _few(found, kind: str, name: str, *order: str):
    told = (Value(kind, CharField()), F(name), F("slug"))
    return found.order_by(*order, "pk").values_list(*told)[:OTHERS]
