"""One thing that two members share, and all of them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.addresses import address
from accounts.models import User
from network.ground import weights

MUTUAL, GROUP, EVENT, ORGANIZATION, SCHOOL = KINDS = ("mutual", "group", "event", "organization", "school")
ON_CARD, ON_PROFILE = 3, 6


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One thing that the viewer and a member share, with the sentence that says it and how much it weighs.

    `years` are the first and the last in which both were there, by their CVs, and `goes_on` says that they still
    are; `happened_on` is the day on which an event ended.
    """

    kind: str
    proved: bool
    text: str
    weight: int
    url: str = ""
    name: str = ""
    years: tuple[int, int] | None = None
    at_the_same_time: bool = False
    goes_on: bool = False
    happened_on: date | None = None


@dataclass(frozen=True)
class Ground:
    """What the viewer and one member share, the weightiest first."""

    items: tuple[Shared, ...] = ()

    @classmethod
    def of(cls, items: Iterable[Shared]) -> "Ground":
        return cls(tuple(sorted(items, key=_order)))

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def on_card(self) -> tuple[tuple[Shared, ...], tuple[Shared, ...]]:
        """What stands on a card in a list, and what is left for the profile."""
        return self._first(ON_CARD)

    @property
    def on_profile(self) -> tuple[tuple[Shared, ...], tuple[Shared, ...]]:
        """What stands on a profile at once, and what unfolds."""
        return self._first(ON_PROFILE)

    def _first(self, most: int) -> tuple[tuple[Shared, ...], tuple[Shared, ...]]:
        """The first of them, and the others: none or at least two, since "and 1 more" takes as much room."""
        shown = most if len(self.items) <= most else most - 1
        return self.items[:shown], self.items[shown:]

    @cached_property
    def is_proved(self) -> bool:
        return any(item.proved for item in self.items)

    @cached_property
    def weight(self) -> int:
        """How much it all weighs together, for ranking: what is proved and what was at the same time weighs more."""
        return sum(item.weight for item in self.items)


def _order(item: Shared) -> tuple:
    newest = item.happened_on.toordinal() if item.happened_on else item.years[1] if item.years else 0
    return -item.weight, KINDS.index(item.kind), -newest, item.name, item.url


def mutual(member: User, number: int) -> Shared:
    """The connections that both have: each says more, up to ten."""
    text = ngettext("%(n)s mutual connection", "%(n)s mutual connections", number) % {"n": number}
    url = address("mutual_connections", member.handle)
    return Shared(
        kind=MUTUAL, proved=True, text=text, weight=weights.MUTUAL + min(number, weights.MUTUAL_UP_TO), url=url
    )


def group(name: str, slug: str) -> Shared:
    """A group in which both are."""
    text = _("Both are in %(name)s") % {"name": name}
    return Shared(kind=GROUP, proved=True, text=text, weight=weights.GROUP, url=address("group", slug), name=name)


def event(name: str, slug: str, happened_on: date) -> Shared:
    """An event at which both say that they were."""
    text = _("Both were at %(name)s") % {"name": name}
    return Shared(
        kind=EVENT,
        proved=True,
        text=text,
        weight=weights.EVENT,
        url=address("event", slug),
        name=name,
        at_the_same_time=True,
        happened_on=happened_on,
    )
