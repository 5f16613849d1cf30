"""The emails that follow a decision: to the member concerned, and to those who reported."""

from accounts.letters import write_letter
from accounts.models import User
from moderation.models import Decision, Report
from moderation.subjects import looked_after_by, subject_of


def tell_member(decision: Decision) -> None:
    """Tell the member what was decided, why, and for how long; a dismissed report they never hear of.

    Of an organization's page and of a group those hear who look after it.
    """
    if decision.action == Decision.Action.DISMISS or decision.member == decision.by:
        return
    for member in looked_after_by(decision):
        _send("decision_for_those_who_run_it", to=member, decision=decision, name=str(subject_of(decision)))
    if decision.member is not None and decision.member.claimed_at is not None:
        _send("decision_for_member", to=decision.member, decision=decision)


def tell_reporters(decision: Decision) -> None:
    """Tell each reporter the outcome, without naming anybody: who may see whom may have changed since."""
    for report in Report.objects.filter(case=decision.case_id).select_related("reporter"):
        if report.reporter is not None and report.reporter.is_present:
            _send("outcome_for_reporter", to=report.reporter, decision=decision, report=report)


def _send(template: str, *, to: User, **context) -> None:
    subject, text = f"moderation/emails/{template}_subject.txt", f"moderation/emails/{template}.txt"
    write_letter(subject, text, to=to.email, member=to, **context)
