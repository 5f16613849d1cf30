"""The whole reason why a post is in somebody's feed: each signal with its facts in words, and how much it counts."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.moments import exactly
from feed.highlights.closeness import WITHIN
from feed.highlights.exchanges import days_of_exchange
from feed.highlights.ranking import facts_of, tie_of
from feed.highlights.signals import Facts, Signal, points, strongest
from feed.models import HiddenPost, Post
from feed.showing.speakers import speaker
from network.ground import common_ground


@dataclass(frozen=True, kw_only=True)
class Line:
    """One signal: what it is about, the facts, and how many points they give."""

    icon: str
    title: str
    facts: tuple[str, ...]
    points: int
    is_strongest: bool


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a post stands where it stands, for one reader, as things are now."""

    lines: list[Line]
    total: int
    is_heard: bool
    is_wanted: bool
    is_hidden: bool
    is_less: bool
    said_by: str


def explain(post: Post, *, viewer, tie_said: str) -> Explanation:
    """Say it of a post that the viewer was found to see; `tie_said` is the sentence that Latest gives as the reason."""
    now, this = timezone.now(), Post.objects.filter(pk=post.pk)
    row = facts_of(this, viewer).get()
    days, ground = _between(post, viewer, now)
    facts = Facts(
        posted_at=post.posted_at,
        tie=tie_of(row, viewer),
        days=days,
        ground=ground.weight if ground else 0,
        responses=row["likes"] + row["answers"] + row["passed_on"],
        is_less=row["is_less"] and post.organization is None,
    )
    given = points(facts, at=now)
    name = {"name": speaker(post).first_name}
    said = {
        Signal.NEW: ("clock", _("How new it is"), (_("Posted: %(date)s") % {"date": exactly(post.posted_at)},)),
        Signal.TIE: ("user-round", _("Who says it"), (tie_said,)),
        Signal.ANSWERS: ("message-circle", _("Whether you answer each other"), (_answers(days, name),)),
        Signal.GROUND: ("meet", _("What you share"), _shared(ground, name)),
        Signal.RESPONSE: ("thumbs-up", _("What others make of it"), _responses(row)),
    }
    most = strongest(given)
    lines = [
        Line(icon=icon, title=title, facts=words, points=round(given[signal]), is_strongest=signal == most)
        for signal, (icon, title, words) in said.items()
        if given[signal] or signal in (Signal.NEW, Signal.TIE, Signal.RESPONSE) or _is_by_another(post, viewer)
    ]
    return Explanation(
        lines=lines,
        total=sum(line.points for line in lines),
        is_heard=this.heard_by(viewer).exists(),
        is_wanted=this.wanted_by(viewer).exists(),
        is_hidden=HiddenPost.objects.filter(member=viewer, post__in=[post.pk, post.shown_id]).exists(),
        is_less=facts.is_less,
        said_by=name["name"],
    )


def _is_by_another(post: Post, viewer) -> bool:
    return post.organization is None and post.author_id != viewer.pk


def _between(post, viewer, now) -> tuple:
    """Return on how many days the reader and the author answered each other, and what they share."""
    if not _is_by_another(post, viewer):
        return 0, None
    common_ground([post.author], viewer=viewer)
    days = days_of_exchange(member=viewer, others={post.author_id}, since=now - WITHIN)
    return days.get(post.author_id, 0), post.author.ground


def _answers(days: int, name: dict) -> str:
    if not days:
        return _("You and %(name)s didn’t answer each other in the last 60 days.") % name
    said = ngettext(
        "You and %(name)s answered each other on %(n)s day of the last 60.",
        "You and %(name)s answered each other on %(n)s days of the last 60.",
        days,
    )
    return said % (name | {"n": days})


def _shared(ground, name: dict) -> tuple[str, ...]:
    shared = tuple(item.text for item in ground.items[:6]) if ground else ()
    return shared or (_("Nothing that we know of."),)


def _responses(row: dict) -> tuple[str, ...]:
    counts = [
        (row["likes"], ngettext("%(n)s like", "%(n)s likes", row["likes"])),
        (row["answers"], ngettext("%(n)s comment", "%(n)s comments", row["answers"])),
        (row["passed_on"], ngettext("%(n)s repost", "%(n)s reposts", row["passed_on"])),
    ]
    return tuple(words % {"n": number} for number, words in counts if number) or (_("Nothing yet."),)
