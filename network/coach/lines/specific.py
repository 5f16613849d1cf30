"""The note offers something specific: a shared interest, congratulations, an article, thanks, a topic with a name."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.coach import abroad, points
from network.coach.line import Line, Span, joined
from network.coach.lines import no_pitch
from network.coach.note import Note

LABEL = gettext_lazy("Offers something specific")
SEVERAL = 2  # phrases that are something specific beyond doubt
THEIR_WORK = "your ~2 <work> (on|about) <topic>"  # specific even where it is run down
SAID_MORE, SAID, TOPIC, LEFT, NOTHING = -60, -30, -20, 0, 45  # points towards failing


def judge(note: Note) -> Line:
    name = {"name": note.recipient.called}
    line = Line(
        key="specific", label=LABEL, ok=True, reason=_("There is something in it for %(name)s to answer.") % name
    )
    if not note.language and not no_pitch.found(note) and not abroad.is_to_anybody(note):
        reason = _("I can’t read this language yet. Look yourself: could this note go to anybody, or only to %(name)s?")
        return replace(line, ok=None, reason=reason % name)
    if not points.fails(note, "specific", phrases=_phrases(note)):
        return line
    found = joined(note.spans("empty"), note.note) if note.language else ()
    if found:
        reason = _(
            "This could go to anybody. Name something that you share with %(name)s, or thank or congratulate them."
        )
    else:
        reason = _("Name something for %(name)s: a shared interest, congratulations, an article, thanks.")
    return replace(line, ok=False, reason=reason % name, marks=found)


def _phrases(note: Note) -> int:
    """Return the points towards failing by what phrases say; one in a sentence that presses or hurts says nothing.

    What somebody sells is named as well: no phrase counts that is itself the pitch, and a topic alone counts only where
    nobody sells.
    """
    pitch = no_pitch.found(note)
    if not note.language:
        return NOTHING  # whatever it sells, in words that are known without the language
    unkind = [span for kind, spans in pitch.items() if kind in no_pitch.UNKIND for span in spans]
    sold = [span for spans in pitch.values() for span in spans]
    said = {span for span in note.apart("specific", unkind, without=("empty",)) if not _overlaps(span, sold)}
    if said or note.says_what(THEIR_WORK):
        return SAID if len(said) < SEVERAL else SAID_MORE
    if pitch:
        return NOTHING
    if note.says("topics", without=("empty",)):
        return TOPIC
    return LEFT if note.has_topic_left() else NOTHING


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
