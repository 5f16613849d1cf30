"""The note is short: one or two sentences, three at the most.

"Hi Jane!" and "Best wishes, Tom" are no sentences; "I hope you are doing well!" is one.
"""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.coach.line import Line, Span, joined
from network.coach.note import Note, Token
from network.coach.vocabulary import words, words_of_all

LABEL = gettext_lazy("Short: one or two sentences, three at the most")
MOST_SENTENCES = 3
MOST_CHARACTERS = 300


def judge(note: Note) -> Line:
    sentences = counted(note)
    count, name = len(sentences), note.recipient.called
    line = Line(
        key="short", label=LABEL, ok=True, reason=_("Short enough that %(name)s will read it.") % {"name": name}
    )
    if count > MOST_SENTENCES:
        reason = ngettext("%(count)s sentence.", "%(count)s sentences: %(name)s will read two or three.", count)
        marks = joined((_trimmed(note.read, span) for span in sentences[MOST_SENTENCES:]), note.note)
        return replace(line, ok=False, reason=reason % {"count": count, "name": name}, marks=marks)
    if note.tokens and len(note.note.strip()) > MOST_CHARACTERS:
        reason = _("Longer than %(most)s characters, which is the most that %(name)s will get to read.")
        marks = ((MOST_CHARACTERS, len(note.note)),)
        return replace(line, ok=False, reason=reason % {"most": MOST_CHARACTERS, "name": name}, marks=marks)
    return line


def counted(note: Note) -> list[Span]:
    """Return the sentences that count: all but a bare greeting at the beginning and a goodbye at the end."""
    sentences = [
        (span, [token for token in note.tokens if span[0] <= token.start < span[1]]) for span in note.sentences
    ]
    sentences = [(span, tokens) for span, tokens in sentences if tokens]
    while len(sentences) > 1 and _is_greeting(note, sentences[0][1]):
        sentences.pop(0)
    while len(sentences) > 1 and _is_goodbye(note, sentences[-1][1]):
        sentences.pop()
    return [span for span, _tokens in sentences]


def _is_greeting(note: Note, tokens: list[Token]) -> bool:
    if len(tokens) > 5 or any(token.word in words("en", "breaks") for token in tokens):
        return False
    first = tokens[0].word
    if first in words_of_all("greetings") or first in words_of_all("titles"):
        return all(
            token.raw[0].isupper()
            or token.word in words_of_all("greetings")
            or note.recipient.calls(token.word)
            or token.word in words("en", "nobodies")
            or len(tokens) < 3
            for token in tokens
        )
    return all(note.recipient.calls(token.word) for token in tokens)


def _is_goodbye(note: Note, tokens: list[Token]) -> bool:
    """Thanks, best wishes and a name, or any of them; in at most six words."""
    if all(note.sender.calls(token.word) for token in tokens):
        return True
    rest = [token for token in tokens if not note.sender.calls(token.word) and not note.recipient.calls(token.word)]
    if len(tokens) > 6 or not rest or rest[0].word not in words_of_all("goodbyes"):
        return not rest
    goodbyes = sum(token.word in words_of_all("goodbyes") for token in rest)
    return goodbyes == len(rest) or (
        len(rest) - goodbyes <= 2
        and all(token.raw[0].isupper() for token in rest if token.word not in words_of_all("goodbyes"))
    )


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end
