"""The drafts of a member, as their list shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.moments import exactly, how_long_ago
from accounts.words import beginning
from feed.models import Draft

PAGE = 20
"""How many a page of the list holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A draft in the list: its title, where it is to stand, how its words begin, and when it was saved."""

    pk: int
    title: str
    place: str
    words: str
    url: str
    moment: str
    exactly: str
    ago: str


def drafts_of(member: User, *, before: int | None = None) -> tuple[list[Line], int | None]:
    """Return a page of one's drafts, begun last first, and the number at which to go on, if there are more."""
    drafts = Draft.objects.visible_to(member).with_places(member).order_by("-pk")
    found = list((drafts.filter(pk__lt=before) if before else drafts)[: PAGE + 1])
    return [_line(draft) for draft in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None


def _line(draft: Draft) -> Line:
    return Line(
        pk=draft.pk,
        title=draft.title or _("Without a title"),
        place=draft.place,
        words=beginning(draft.text, letters=160, lines=2),
        url=draft.get_absolute_url(),
        moment=draft.saved_at.isoformat(timespec="seconds"),
        exactly=exactly(draft.saved_at),
        ago=how_long_ago(draft.saved_at),
    )
