"""Answers between yes and no in the demo community: questions, one answer, one "later", and one who is unknown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from network.actions import answer_question, ask_for_later, ask_question, mark_as_unknown
from network.models import ConnectionRequest

if TYPE_CHECKING:
    from demo.filling import Filling

QUESTIONS = [
    ("Rahul", "Ines", 5, "How do we know each other?",
     "From the meeting in Pune. I sat behind you and asked about the sluice gates."),
    ("Ines", "Kenji", 6, "With pleasure. Which rivers are they about?", ""),
    ("Rebecca", "Tomasz", 2, "Does it break in spring or in autumn?", ""),
]  # fmt: skip
"""Who asked to connect, who has a question, how many days ago it was asked, the question, and the answer."""
LATER_IN = timedelta(days=75)


def answer_between(community: Filling) -> None:
    """Let some of those who were asked say neither yes nor no."""
    for sender, recipient, days, question, answer in QUESTIONS:
        asked = _between(community, sender, recipient)
        with community.noticed(community.ago(days)):
            ask_question(asked, by=community[recipient], question=question)
        if answer:
            with community.noticed(community.ago(days - 1)):
                answer_question(asked, by=community[sender], answer=answer)
    with community.noticed(community.ago(3)):
        on = community.now.date() + LATER_IN
        ask_for_later(_between(community, "Ines", "Grace"), by=community["Grace"], on=on)
    mark_as_unknown(_between(community, "Pilar", "Ines"), by=community["Ines"])


def _between(community: Filling, sender: str, recipient: str) -> ConnectionRequest:
    return ConnectionRequest.objects.open().get(sender=community[sender], recipient=community[recipient])
