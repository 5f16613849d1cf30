"""The weekly digest: what really happened, in sections that the apps declare; no email if there is nothing (§10).

A section asks when the email goes, and only through scopes of its reader.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Community, User
from accounts.words import beginning
from accounts.written_once import WrittenOnce
from notifications import kinds
from notifications.dressing import preview
from notifications.kinds import KINDS, Kind, Text
from notifications.models import Email, Notice
from notifications.reading import lines_of

DIGEST = "digest"
COVERS = timedelta(days=7)
NAMED = 5
"""So many unread notices are told in their own words."""
MOST = 99


@dataclass(frozen=True)
class Line:
    """One thing that happened, where it is, and perhaps some of its words or a remark of the site."""

    sentence: str
    address: str
    quote: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Week:
    """What one digest is about: whose week, and since when. What several sections need is read once for all."""

    member: User
    since: datetime
    _read: dict[Callable, Any] = field(default_factory=dict)

    def once[Found](self, read: Callable[[User, datetime], Found]) -> Found:
        """Return what `read(member, since)` finds, from the first time that a section asks for it."""
        if read not in self._read:
            self._read[read] = read(self.member, self.since)
        return self._read[read]


@dataclass(frozen=True)
class Section:
    """Lines of a week under a title, few of them, or none; `tells` kinds of notices in its own way."""

    title: Text
    lines: Callable[[Week], list[Line]]
    tells: frozenset[str] = frozenset()


SECTIONS: list[Section] = []


def declare(section: Section) -> None:
    """Add what an app tells once a week."""
    SECTIONS.append(section)


def declare_digest() -> None:
    """Add the digest to the kinds of email, and to it what waits in the app itself."""
    kinds.declare(
        Kind(
            slug=DIGEST,
            label=gettext_lazy("Once a week: what happened, if anything did"),
            sentence=gettext_lazy("Your week at %(name)s"),
            why=gettext_lazy("You get this once a week, on Monday morning, if something happened."),
            subjects_visible_to=lambda viewer: User.objects.present().filter(pk=viewer.pk),
            address=lambda member: reverse("home"),
            named=lambda member: Community.current().name,
            in_app=False,
            composed=compose,
        )
    )
    declare(Section(gettext_lazy("Not read yet"), _unread))


def compose(written: Email, told: Kind, subject: User) -> EmailMultiAlternatives | None:
    """The digest as it is now; None if there is nothing to tell."""
    from notifications.emails import absolute, letter_of_kind

    week = Week(subject, timezone.now() - COVERS)
    found = [(section.title, section.lines(week)) for section in SECTIONS]
    told_of = [
        {"title": title, "lines": [{"line": line, "address": absolute(line.address)} for line in lines]}
        for title, lines in found
        if lines
    ]
    if not told_of:
        return None
    sentence = told.told(None, subject)
    context = {
        "sentence": sentence,
        "preview": preview(*(line.sentence for _title, lines in found for line in lines)),
        "sections": told_of,
        "home": absolute(reverse("home")),
    }
    return letter_of_kind(written, told, subject=sentence, template="digest", context=context)


def _unread(week: Week) -> list[Line]:
    """The newest notices of the week that aren't read, in their own words, and how many more there are."""
    told = frozenset(kind for section in SECTIONS for kind in section.tells)
    found = _newest(tuple(KINDS.values()), told).objects(week.member)
    lines = [
        Line(line.sentence, line.address, " ".join(beginning(line.quote, letters=160, lines=3).split()), line.remark)
        for line in lines_of(found[:NAMED], week.member)
    ]
    return lines + _more(len(found) - NAMED)


def _more(count: int) -> list[Line]:
    if count <= 0:
        return []
    if count > MOST:
        return [Line(_("More than %(most)s more notices wait for you.") % {"most": MOST}, reverse("notices"))]
    said = ngettext("%(count)s more notice waits for you.", "%(count)s more notices wait for you.", count)
    return [Line(said % {"count": count}, reverse("notices"))]


@lru_cache(maxsize=1)
def _newest(kinds: tuple, told: frozenset[str]) -> WrittenOnce:
    """Unread notices of the week, but of the kinds that other sections tell; written once, as long as `kinds` stay."""

    def query(member) -> QuerySet[Notice]:
        unread = Notice.objects.visible_to(member).unread().filter(created_at__gte=timezone.now() - COVERS)
        return unread.exclude(kind__in=sorted(told)).select_related("actor").order_by("-id")[: NAMED + MOST + 1]

    return WrittenOnce(query)
