"""The note coach: five lines about a note, each ticked or not, with its reason (product.md §4).

It advises and never blocks. It is deterministic: lists of words and phrases under `words/`, one folder for each
language, small functions under `lines/`, and points for every word (`points.py`), fitted to labelled notes. A language
without phrases is not understood: the lines that need understanding then say so.
"""

from network.coach.line import Line
from network.coach.lines import name, no_pitch, short, specific, who
from network.coach.note import Note

__all__ = ["Line", "coach"]


def coach(note: str, *, recipient: str, sender: str = "", context: str = "other", proved: bool = False) -> list[Line]:
    """Return the five lines for `note`: name, short, who, specific, no_pitch.

    `recipient` and `sender` are full names. `context` is how they know each other, by the sender's choice
    (`ConnectionRequest.Context`); `proved` says that the site can prove it, which is enough for `who`.
    """
    read = Note(note, recipient=recipient, sender=sender)
    return [
        name.judge(read),
        short.judge(read),
        who.judge(read, context=context, proved=proved),
        specific.judge(read),
        no_pitch.judge(read),
    ]
