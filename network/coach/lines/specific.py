"""The note offers something specific: a shared interest, congratulations, an article, thanks, a topic with a name."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.coach.line import Line, joined
from network.coach.lines import no_pitch
from network.coach.note import Note

LABEL = gettext_lazy("Offers something specific")
THEIR_WORK = "your ~2 <work> (on|about) <topic>"  # specific even where it is run down
UNKIND = ("rude", "personal", "pushing")


def judge(note: Note) -> Line:
    name = {"name": note.recipient.called}
    line = Line(
        key="specific", label=LABEL, ok=True, reason=_("There is something in it for %(name)s to answer.") % name
    )
    if not note.language:
        reason = _("I can’t read this language yet. Look yourself: could this note go to anybody, or only to %(name)s?")
        return replace(line, ok=None, reason=reason % name)
    if _is_specific(note):
        return line
    found = joined(note.spans("empty"), note.note)
    if found:
        reason = _(
            "This could go to anybody. Name something that you share with %(name)s, or thank or congratulate them."
        )
    else:
        reason = _("Name something for %(name)s: a shared interest, congratulations, an article, thanks.")
    return replace(line, ok=False, reason=reason % name, marks=found)


def _is_specific(note: Note) -> bool:
    """Whether a phrase says so, though not in a sentence that presses or hurts; or a topic is named.

    What somebody sells is named as well: a topic alone counts only where nobody sells.
    """
    pitch = no_pitch.found(note)
    unkind = [span for kind, spans in pitch.items() if kind in UNKIND for span in spans]
    if note.says_apart("specific", unkind, without=("empty",)) or note.says_what(THEIR_WORK):
        return True
    return not pitch and (note.says("topics", without=("empty",)) or note.has_topic_left())
