"""The kinds of things that are searched for: the row of links above every page of results."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

KINDS = {
    "search": _("Everything"),
    "search_people": _("People"),
    "search_posts": _("Posts"),
    "search_organizations": _("Organizations"),
    "search_groups": _("Groups"),
    "search_events": _("Events"),
}
FOR_MEMBERS = {"search_groups"}
"""Kinds of which visitors see nothing at all."""


@dataclass(frozen=True)
class Kind:
    label: str | Promise
    url: str
    is_here: bool


def kinds(viewer, words: str, *, at: str) -> list[Kind]:
    """Return the links to the pages of each kind, for the same words."""
    asks = "?" + urlencode({"q": words}) if words else ""
    return [
        Kind(label, reverse(name) + asks, name == at)
        for name, label in KINDS.items()
        if viewer.is_authenticated or name not in FOR_MEMBERS
    ]
