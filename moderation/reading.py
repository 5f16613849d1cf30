"""Cases as a page shows them to the moderators of a group: what was reported, how often and why, but not by whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from accounts.moments import how_long_ago
from moderation.models import Case, Report
from moderation.subjects import NATURES, as_it_reads


@dataclass(slots=True, kw_only=True)
class Brief:
    """One case; `reasons` are words, each with how many reports gave it."""

    case: Case
    text: str
    url: str
    ago: str
    number: int = 0
    reasons: list[tuple[str, int]] = field(default_factory=list)
    is_hidden: bool = False


def briefs_of(cases: Iterable[Case]) -> list[Brief]:
    """Return what is to be read of each case: one query for the reports, and one for each kind of thing."""
    cases = list(cases)
    reasons: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Report.objects.filter(case__in=cases).order_by().values("case", "reason").annotate(number=Count("pk"))
    for row in rows.order_by("-number", "reason"):
        reasons[row["case"]].append((str(Report.Reason(row["reason"]).label), row["number"]))
    things = _things(cases)
    return [_brief(case, things.get((case.subject_kind, case.subject_id)), reasons[case.pk]) for case in cases]


def _things(cases: list[Case]) -> dict:
    found = {}
    for kind in {case.subject_kind for case in cases}:
        numbers = [case.subject_id for case in cases if case.subject_kind == kind]
        found |= {(kind, thing.pk): thing for thing in NATURES[kind].all().filter(pk__in=numbers)}
    return found


def _brief(case: Case, thing, reasons: list[tuple[str, int]]) -> Brief:
    return Brief(
        case=case,
        text=as_it_reads(thing) if thing else "",
        url=thing.get_absolute_url() if thing else "",
        ago=how_long_ago(case.opened_at),
        number=sum(number for _reason, number in reasons),
        reasons=reasons,
        is_hidden=thing is not None and thing.hidden_at is not None,
    )
