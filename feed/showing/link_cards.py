"""A card for the first link of a post, made of nothing but what its author typed (product.md §8).

No server of a stranger is asked: the card says where a link leads, as far as its address tells. A link within the site
becomes a card of what stands there, if the reader may see it; only on the post's own page, since it costs a query.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import on_one_line
from communities.models import Event, Group, Organization
from feed.models import Post
from feed.showing.speakers import speaker

SEGMENTS = 3
"""How many of the last parts of an address's path are shown."""
LETTERS = 60
"""How many characters of each."""
_FIRST_LINK = re.compile(r'<a href="(https?://[^"]*)" rel="nofollow')
_ENDING = re.compile(r"\.(html?|php|aspx?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """Where a link leads: `rel` lends nothing to the places of strangers."""

    url: str
    title: str
    line: str
    icon: str = "link"
    rel: str = ""


def card_outside(said: str) -> Card | None:
    """Return the card of the first link in what a post says, as HTML; none of a link within the site."""
    found = _FIRST_LINK.search(said)
    return _outside(found[1]) if found else None


@lru_cache(maxsize=2048)
def _outside(href: str) -> Card | None:
    try:
        address = urlsplit(unescape(href))
        host = address.hostname or ""
    except ValueError:
        return None
    if not host or address.netloc == urlsplit(settings.SITE_URL).netloc:
        return None
    parts = [_readable(part) for part in address.path.split("/")]
    line = " › ".join([part for part in parts if part][-SEGMENTS:])
    if not line:  # the link itself says as much
        return None
    return Card(unescape(href), host.removeprefix("www."), line, rel="nofollow ugc noopener")


def _readable(part: str) -> str:
    """A part of a path in words: "floods-2026.html" as "floods 2026"."""
    words = _ENDING.sub("", unquote(part)).replace("-", " ").replace("_", " ").replace("+", " ")
    return Truncator(on_one_line(words)).chars(LETTERS)


def card_inside(said: str, *, viewer) -> Card | None:
    """Return the card of what the first link leads to, if that is within the site and the viewer may see it."""
    found = _FIRST_LINK.search(said)
    address = urlsplit(unescape(found[1])) if found else None
    if address is None or address.netloc != urlsplit(settings.SITE_URL).netloc:
        return None
    try:
        match = resolve(unquote(address.path))
    except Resolver404:
        return None
    card = _KINDS.get(match.url_name or "")
    return card(match.kwargs, viewer) if card else None


def _member(at: dict, viewer) -> Card | None:
    member = User.objects.visible_to(viewer).filter(handle=at["handle"]).first()
    return member and Card(member.get_absolute_url(), member.name, member.headline, "user-round")


def _organization(at: dict, viewer) -> Card | None:
    found = Organization.objects.visible_to(viewer).filter(slug=at["slug"]).first()
    return found and Card(found.get_absolute_url(), found.name, str(found.get_kind_display()), "building-2")


def _group(at: dict, viewer) -> Card | None:
    found = Group.objects.visible_to(viewer).filter(slug=at["slug"]).first()
    return found and Card(found.get_absolute_url(), found.name, _("Group"), "users")


def _event(at: dict, viewer) -> Card | None:
    found = Event.objects.visible_to(viewer).filter(slug=at["slug"]).first()
    return found and Card(found.get_absolute_url(), found.title, date_format(localtime(found.starts_at)), "calendar")


def _post(at: dict, viewer) -> Card | None:
    seen = Post.objects.visible_to(viewer).select_related("author", "organization", "celebrates", "article")
    found = seen.filter(pk=at["pk"]).first()
    if found is None:
        return None
    if article := getattr(found, "article", None):
        return Card(article.get_absolute_url(), article.title, speaker(found).name, "quote")
    title = _("A post by %(name)s") % {"name": speaker(found).name}
    return Card(found.get_absolute_url(), title, Truncator(" ".join(str(found).split())).chars(LETTERS), "quote")


_KINDS: dict[str, Callable[[dict, object], Card | None]] = {
    "profile": _member,
    "organization": _organization,
    "group": _group,
    "event": _event,
    "post": _post,
    "article": _post,
}
