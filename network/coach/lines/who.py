"""The note says who its sender is, or how the two know each other."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.coach import abroad, points
from network.coach.line import Line, joined
from network.coach.note import Note

LABEL = gettext_lazy("Says who you are, or how you know each other")
PHRASES = (30, -25, -50)  # points towards failing where no phrase says who, one does, and more do


def judge(note: Note, *, context: str, proved: bool) -> Line:
    name = {"name": note.recipient.called}
    line = Line(
        key="who",
        label=LABEL,
        ok=True,
        reason=_("%(name)s can see who you are or where you know each other from.") % name,
    )
    if proved:
        return replace(line, reason=_("%(name)s sees beside the note how you know each other.") % name)
    hint = str(_HINTS.get(context, _("Say who you are, or how %(name)s knows you: a few words are enough."))) % name
    if abroad.is_to_anybody(note):
        return replace(line, ok=False, reason=hint)
    if not note.language:
        return replace(
            line,
            ok=None,
            reason=_("I can’t read this language yet. Look yourself: will %(name)s know who you are?") % name,
        )
    said = len({*note.spans("who", without=("empty", "wishes"))})
    if not points.fails(note, "who", phrases=PHRASES[min(said, len(PHRASES) - 1)]):
        return line
    return replace(line, ok=False, reason=hint, marks=joined(note.spans("empty"), note.note))


_HINTS = {
    "worked": gettext_lazy("Say where and when you worked with %(name)s."),
    "studied": gettext_lazy("Say where and when you studied with %(name)s."),
    "event": gettext_lazy("Say at which event you met %(name)s."),
    "introduced": gettext_lazy("Say who introduced you to %(name)s."),
    "business": gettext_lazy("Say who you are and what you have in common with %(name)s."),
    "interview": gettext_lazy("Say when you talked with %(name)s, and about which position."),
}
