"""How many reacted to a post, and how: as a card, its page and a list show it.

The number is one for all (product.md §8), of those who are there. Up to `EXACT` reactions they are counted anew each
time. Above that the database's own count is read (`Tally`), which doesn't ask who is away: among hundreds nobody can
tell, and a post with 20,000 reactions costs no more than one with three (`docs/decisions/`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import GreaterThan
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.addresses import address
from accounts.models import User
from feed.models import Post, Reaction, Tally
from feed.showing.wording import wording

if TYPE_CHECKING:
    from feed.showing.items import Item

EXACT = 100
TAKE_BACK = "none"
"""What a form says in place of a kind to react no more."""
ON_ITS_PAGE = "?page=post"
"""What an address says of a form on the page of a post, where the answer shows more than on a card."""
SHOWN = 3
"""How many of the most used kinds stand beside the number on a card."""

PAGE = 20

Kind = Reaction.Kind
ICONS = {
    Kind.LIKE: "thumbs-up",
    Kind.CELEBRATE: "party-popper",
    Kind.SUPPORT: "hand-heart",
    Kind.INSIGHTFUL: "lightbulb",
    Kind.CURIOUS: "circle-question-mark",
}
_ORDER = {kind.value: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One of the five ways to react; on a page with how many chose it, and whether the viewer did."""

    kind: str
    icon: str
    label: str
    number: int = 0
    is_mine: bool = False


def by_kind() -> Case:
    """The expression, for a query of posts, of how many reacted in each way: a list of objects."""
    row = JSONObject(kind=F("kind"), number=F("number"))
    counted = Tally.objects.filter(post=OuterRef("pk"), number__gt=0).order_by()
    there = Reaction.objects.filter(post=OuterRef("pk"), member__in=User.objects.present()).order_by()
    total = Subquery(counted.values("post").annotate(total=Sum("number")).values("total"))
    many = GreaterThan(Coalesce(total, 0), EXACT)
    anew = there.values("kind").annotate(number=Count("pk")).values(row=row)
    return Case(When(many, then=ArraySubquery(counted.values(row=row))), default=ArraySubquery(anew))


def ways(rows: Iterable[dict], *, mine: str | None = None) -> list[Way]:
    """Return the ways in which anybody reacted, the most used first, of the rows of `by_kind`."""
    most_first = sorted(rows, key=lambda row: (-row["number"], _ORDER[row["kind"]]))
    return [way(row["kind"], number=row["number"], mine=mine) for row in most_first]


def choices(*, mine: str | None = None) -> list[Way]:
    """Return all five, in the order in which they are offered."""
    return [way(kind, mine=mine) for kind in Kind]


def way(kind: str, *, number: int = 0, mine: str | None = None) -> Way:
    kind = Kind(kind)
    return Way(
        kind=kind.value, icon=ICONS[kind], label=wording().kinds[kind.value], number=number, is_mine=kind == mine
    )


def people_who_reacted(
    post: Post, *, viewer, before: int | None = None, limit: int = PAGE
) -> tuple[list[User], int | None]:
    """Return who reacted to a post, as far as the viewer sees them, each with `.way`, the newest first; and more."""
    rows = Reaction.objects.filter(post=post, member__in=User.objects.visible_to(viewer)).select_related("member")
    rows = rows.filter(pk__lt=before) if before else rows
    newest = list(rows.order_by("-pk")[: limit + 1])
    people = [row.member for row in newest[:limit]]
    for row in newest[:limit]:
        row.member.way = way(row.kind)
    return people, newest[limit - 1].pk if len(newest) > limit else None


def count_reactions(item: "Item", rows: Iterable[dict], *, mine: str | None, whole: bool) -> None:
    """Say how many reacted and how: with the most used kinds on a card, with all of them on the page of a post."""
    reacted = ways(rows, mine=mine)
    item.likes, item.mine, item.is_liked = sum(way.number for way in reacted), mine or "", mine is not None
    item.likes_said = _said(item, reacted)
    if whole and reacted and not item.celebration:
        item.reacted, item.reactions_url = reacted, address("reactions", item.id)
    elif not item.celebration and any(way.kind != Kind.LIKE for way in reacted):
        item.kinds = _glyphs(tuple(way.icon for way in reacted[:SHOWN]))


def offer_reacting(item: "Item", *, mine: str | None, whole: bool) -> None:
    """Say what one click does: it likes, or congratulates on a celebration, or takes back how one reacted."""
    if item.celebration:
        name = "take_back_congratulation" if item.is_liked else "congratulate"
        item.like_url, item.like_icon, item.like_said = address(name, item.id), "award", _("Congratulate")
        return
    chosen = way(mine or Kind.LIKE)
    item.choose_url = item.like_url = address("react", item.id) + (ON_ITS_PAGE if whole else "")
    item.like_icon, item.like_said = chosen.icon, chosen.label
    item.like_value = TAKE_BACK if mine else Kind.LIKE.value


def _said(item: "Item", reacted: list[Way]) -> str:
    if item.celebration:
        said = ngettext("%(n)s congratulation", "%(n)s congratulations", item.likes)
    elif all(way.kind == Kind.LIKE for way in reacted):
        said = ngettext("%(n)s like", "%(n)s likes", item.likes)
    else:
        said = ngettext("%(n)s reaction", "%(n)s reactions", item.likes)
    return said % {"n": item.likes}


@cache
def _glyphs(icons: tuple[str, ...]) -> SafeString:
    shape = '<svg class="icon small" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    sprite = static("icons.svg")
    return format_html('<span class="kinds">{}</span>', format_html_join("", shape, ((sprite, icon) for icon in icons)))
