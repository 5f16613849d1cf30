"""Introductions of the demo community, in every state that one of the three who sign in can meet."""

from typing import TYPE_CHECKING

from network.actions import ask_for_introduction, let_name, pass_introduction_on
from network.models import Introduction

if TYPE_CHECKING:
    from demo.filling import Filling

ASKED = [
    # asker, whom they ask, for whom, days ago, the reason; days until it is answered, and the line, if it is passed on
    ("Aisha", "Katarzyna", "Ines", 5, "I read Ines’s note on creeping mounts and have the same trouble on three gauges. I would show her our pictures before we drill again.", 2, "Aisha keeps the best field notebooks I have seen. You two have the same bolt problem, a continent apart."),
    ("Gabriela", "Lina", "Ines", 3, "We are setting up our first low-water network in Huaraz and would learn from how Ines chose her stations.", 1, "Gabriela asks before she builds. An hour with you would save her a season."),
    ("Emma", "Ines", "Tomasz", 2, "My thesis uses the March set of the Vistula. I have one question about its flags that the readme leaves open.", 0, ""),
    ("Chloé", "Ines", "Oliver", 1, "I write about people who look after gauges for decades. Oliver would be the heart of it, if he likes the idea.", 0, ""),
    ("Ines", "Lina", "Lars", 12, "Lars measured under ice when nobody did. I would ask him what he would do differently.", 3, "Ines asks good questions and listens to the answers."),
    ("Ines", "Anders", "Wei", 8, "We both look for open licences that survive a ministry. I would compare notes.", 2, ""),
    ("Ines", "Zsófia", "Amara", 4, "Her essay on asking the neighbours changed how we plan a station.", 0, ""),
    ("Noah", "Tomasz", "Kenji", 1, "I would love to see how the fish passes on the Tone are counted.", 0, ""),
    ("Amara", "Zsófia", "Katarzyna", 3, "I would like to write about how the society began, with somebody who was there.", 0, ""),
]  # fmt: skip


def make_introductions(community: "Filling") -> None:
    """Ask for introductions, and answer some, the same at every start."""
    for asker, through, to, days, reason, later, line in ASKED:
        at = community.ago(days)
        with community.noticed(at):
            introduction = ask_for_introduction(
                community[to], by=community[asker], through=community[through], reason=reason
            )
        dates = {"asked_at": at}
        if later:
            answered = community.ago(days - later)
            with community.noticed(answered):
                dates |= _answer(introduction, by=community[through], line=line, at=answered)
        Introduction.objects.filter(pk=introduction.pk).update(**dates)


def _answer(introduction: Introduction, *, by, line: str, at) -> dict:
    """Pass it on, or without a line let the asker use the name; return when what happened."""
    if not line:
        let_name(introduction, by=by)
        return {"may_name_at": at}
    pass_introduction_on(introduction, by=by, line=line)
    return {"passed_on_at": at, "reached_at": at}
