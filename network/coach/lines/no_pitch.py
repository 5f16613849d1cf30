"""The note is courteous and no pitch: warm, but professional."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.coach import points
from network.coach.line import Line, Span, joined
from network.coach.note import Note
from network.coach.vocabulary import words, words_of_all

LABEL = gettext_lazy("Courteous, and no pitch")
_MONEY = re.compile(
    r"(?:[$€£¥₹]|\b(?:rs\.?|usd|eur|gbp|inr|chf|us\$)\s?)\s?\d[\d.,]{0,12}(?:\s?(?:k|m|mn|bn|b|million|billion|lakhs?|crores?)\b)?"
    r"|\b\d[\d.,]{0,12}\s?(?:k\s?)?(?:[$€£¥₹]|(?:usd|eur|euros?|gbp|dollars|pounds|quid|rupees|chf|pln|z[łl]|kr|lpa)\b)"
    r"|\b\d{1,3}\s?%\s?(?:off|discount|cheaper|rabatt?|de descuento|de réduction|guaranteed|commission)",
    re.IGNORECASE,
)
_GREAT_SUMS = re.compile(r"\d\s?(?:m|mn|bn|b|million|billion|crores?)\b", re.IGNORECASE)
PHRASES = (-20, 20, 60)  # points towards failing where no phrase is a pitch, one is, and more are
ENOUGH = 3  # points that make a pitch: each word of trade, an offer or a question, and speaking for a firm
_SHARE = re.compile(r"\b\d{1,3}\s?%")
UNKIND = ("rude", "personal", "pushing")  # kinds of a pitch that hurt rather than sell
_NEAR = 40  # characters around a sum in which raising or giving it may be spoken of


def judge(note: Note) -> Line:
    name = {"name": note.recipient.called}
    line = Line(key="no_pitch", label=LABEL, ok=True, reason=_("Courteous, and %(name)s isn’t sold anything.") % name)
    kinds = found(note)
    if points.fails(note, "no_pitch", phrases=_phrases(note, kinds)):
        kinds = kinds or {_smells_of(note): points.heaviest(note, "no_pitch")}
        reason = str(next(REASONS[kind] for kind in REASONS if kind in kinds)) % name
        return replace(
            line, ok=False, reason=reason, marks=joined((span for spans in kinds.values() for span in spans), note.note)
        )
    if not note.language:
        reason = _("I can’t read this language yet; there is no price and no link to a calendar in it.")
        return replace(line, ok=None, reason=reason)
    return line


def found(note: Note) -> dict[str, list[Span]]:
    """Return what sounds like a pitch, by its kind; looked for once, since two lines ask."""
    if note.pitch is None:
        every = {kind: _spans(note, kind) for kind in REASONS}
        note.pitch = {kind: spans for kind, spans in every.items() if spans}
    return note.pitch


def _phrases(note: Note, kinds: dict[str, list[Span]]) -> int:
    said = joined((span for spans in kinds.values() for span in spans), note.note)
    return PHRASES[min(len(said), len(PHRASES) - 1)]


def _smells_of(note: Note) -> str:
    """Return the kind of a pitch that no phrase finds: that of whose words it has most."""
    fields = points.fields(note)
    return max(_KINDS, key=lambda kind: (sum(fields[field] for field in _KINDS[kind]), kind == "sales"))


def _spans(note: Note, kind: str) -> list[Span]:
    spans = list(_SIGNS[kind](note)) if kind in _SIGNS else []
    return spans + (note.spans(f"pitch/{kind}", without=("pitch/not",)) if note.language else [])


def _prices(note: Note) -> Iterator[Span]:
    """Sums of money; not those that somebody raised, won or gave."""
    for match in _MONEY.finditer(note.read):
        around = re.findall(r"\w+", note.read[max(0, match.start() - _NEAR) : match.end() + _NEAR].casefold())
        given = any(word.startswith(tuple(words("en", "raised"))) for word in around)
        if not given and not _GREAT_SUMS.search(match[0]):
            yield match.span()


def _calendars(note: Note) -> Iterator[Span]:
    """Addresses where one books an appointment, or is led out of the site to be sold something."""
    hosts = words_of_all("calendars")
    for token in note.addresses:
        if any(host in token.word for host in hosts):
            yield token.start, token.end


def _trade(note: Note) -> Iterator[Span]:
    """Words of trade, if together with what is asked or offered, and with who speaks, they amount to selling."""
    if not note.language:
        return
    found = note.words_of("pitch/signs", without=("pitch/not", "specific"))
    shares = list(_SHARE.finditer(note.read))
    points = min(len({cell.word for cell in found}) + bool(shares), 3)
    if not points:
        return
    asks, sells = (note.says(f"pitch/{name}", without=("pitch/not", "empty")) for name in ("asks", "sellers"))
    if (asks or sells) and points + asks + sells >= ENOUGH:
        yield from ((cell.start, cell.end) for cell in found)
        yield from (share.span() for share in shares)


def _abroad(note: Note) -> Iterator[Span]:
    """Words of trade in a language whose phrases aren't known: two of them sell."""
    found = [token for token in note.tokens if token.word in words_of_all("selling")]
    if not note.language and len({token.word for token in found}) > 1:
        yield from ((token.start, token.end) for token in found)


def _sales(note: Note) -> Iterator[Span]:
    yield from _trade(note)
    yield from _abroad(note)


_SIGNS = {"prices": _prices, "calendars": _calendars, "sales": _sales}
_KINDS = {
    "sales": ("trade", "benefit", "money"),
    "recruiting": ("recruit",),
    "rude": ("rude",),
    "personal": ("flirt",),
    "pushing": ("push", "beg"),
}  # fields of words, by what they smell of
REASONS: dict[str, str | Promise] = {
    "rude": gettext_lazy("This may hurt %(name)s. Write warmly, and as you would at work."),
    "personal": gettext_lazy("Keep to work: how %(name)s looks or lives is no matter for a first note."),
    "pushing": gettext_lazy("This presses %(name)s. A request may wait, and may stay unanswered."),
    "prices": gettext_lazy("A price makes this an offer. Get to know %(name)s first."),
    "calendars": gettext_lazy("Leave out the calendar: let %(name)s answer first."),
    "calls": gettext_lazy("Don’t ask for a call yet. %(name)s decides first whether to connect."),
    "recruiting": gettext_lazy(
        "This reads like a recruiter’s circular. Say why you write to %(name)s, and not which job you fill."
    ),
    "sales": gettext_lazy("This sounds like selling. Tell %(name)s why you would like to know them instead."),
}
"""What the member is told, by the kind of words; the first that is found is said."""
