r"""The small language in which phrases are written down, and how they are found in a note.

    met [up] with you       words, one of them optional
    (met|saw) you           one or the other
    collaborat*             any word that begins so
    i ~ you                 up to three words between; ~5 up to five; never across the end of a sentence
    ^ fellow nurse          at the start of a sentence
    interested $            at its end
    as a !fan               the next word is another; !(a big|$) looks further
    fellow <role>           a word of a kind; `KINDS` lists them

A note is looked through as cells, "word/flags ": the flags say of which kinds a word is. Each phrase is one
regular expression (compiled when first tried) without unbounded repetition across cells, and is tried only where its
first word stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

KINDS = {
    "me": "m",  # the sender's name
    "you": "n",  # the recipient's name
    "name": "c",  # begins with a capital and is no ordinary word
    "role": "r",  # what somebody is: nurse, student, founder
    "work": "w",  # what somebody made: talk, article, garden
    "topic": "t",  # says what it is about: no filler, no vague noun
    "thing": "i",  # a topic that isn't everybody's, nor a name: leeks, handover, bolt
    "event": "e",  # conference, meetup, fair
    "news": "v",  # what one congratulates on: promotion, launch
    "doing": "g",  # what somebody does: campaigning, beekeeping
    "does": "a",  # the same as a verb after "I": carve, lecture; no verb of liking, seeing, asking or thanking
    "did": "p",  # the same in the past: repaired, judged
    "number": "q",  # digits
    "day": "d",  # yesterday, Tuesday, last
}
WORD = r"[^/ .]+/\w* "
_PIECES = re.compile(r"\(|\)|\[|\]|\||<\w+>|~\d?|\^|!|[^\s()\[\]|<>~^!]+")
_MOST = 6  # cells before a topic


class Patterns:
    """Phrases by the beginning of their first word."""

    def __init__(self, lines: Sequence[str]):
        self.lines = lines

    @cached_property
    def by_key(self) -> dict[str, list[str]]:
        """The phrases by `key_of` their first words, or by "<flag>" where they begin with a kind."""
        index: dict[str, list[str]] = {}
        for line in self.lines:
            _expression, keys = parsed(line)
            for key in sorted(keys):
                index.setdefault(key, []).append(line)
        return index

    def find(self, places: Mapping[str, Sequence[int]], text: str) -> Iterator[tuple[int, int]]:
        """Yield where phrases stand in `text`, from and to; `places` says where the words of each key begin."""
        for key in places.keys() & self.by_key.keys():
            for phrase in self.by_key[key]:
                match = compiled(phrase).match
                for place in places[key]:
                    if found := match(text, place):
                        yield place, found.end()


@cache
def parsed(line: str) -> tuple[str, frozenset[str]]:
    """Return the expression for a phrase, and the keys under which it is filed."""
    expression, keys = _Phrase(line).parse()
    return expression, frozenset(keys)


@cache
def compiled(line: str) -> re.Pattern[str]:
    return re.compile(parsed(line)[0])


def key_of(word: str) -> str:
    """Return the beginning of a word under which phrases are filed."""
    return word[:3]


class _Phrase:
    """Reads one phrase: a parser by descent, since groups stand in groups."""

    def __init__(self, line: str):
        self.line = line
        self.pieces = _PIECES.findall(line)
        self.at = 0

    def parse(self) -> tuple[str, set[str]]:
        expression, keys, empty = self._choice("")
        if self.at != len(self.pieces) or empty or not keys:
            raise ValueError(f"not a phrase: {self.line}")
        return expression, keys

    def _choice(self, end: str) -> tuple[str, set[str], bool]:
        expressions, keys, empty = [], set(), False
        while True:
            expression, first, nothing = self._sequence()
            expressions.append(expression)
            keys |= first
            empty |= nothing
            if self.at < len(self.pieces) and self.pieces[self.at] == "|":
                self.at += 1
                continue
            if end and (self.at >= len(self.pieces) or self.pieces[self.at] != end):
                raise ValueError(f"{end} is missing: {self.line}")
            self.at += bool(end)
            return f"(?:{'|'.join(expressions)})", keys, empty

    def _sequence(self) -> tuple[str, set[str], bool]:
        expression, keys, empty = "", set(), True
        while self.at < len(self.pieces) and self.pieces[self.at] not in (")", "]", "|"):
            part, first, nothing = self._item()
            if empty:
                keys |= first
                empty = nothing
            expression += part
        return expression, keys, empty

    def _item(self) -> tuple[str, set[str], bool]:
        piece = self.pieces[self.at]
        self.at += 1
        if piece == "(":
            return self._choice(")")
        if piece == "[":
            expression, keys, _empty = self._choice("]")
            return f"{expression}?", keys, True
        if piece == "!":
            return f"(?!{self._item()[0]})", set(), True
        if piece == "^":
            return r"(?=[^/ ]+/\w*s)", set(), True
        if piece == "$":
            return r"(?=\. |$)", set(), True
        if piece == "<topic>":
            return rf"(?:[^/ .]+/(?!\w*[tb])\w* ){{0,{_MOST}}}[^/ .]+/\w*t\w* ", {"<t>"}, False
        if piece[0] == "<":
            flag = KINDS[piece[1:-1]]
            return rf"[^/ .]+/\w*{flag}\w* ", {f"<{flag}>"}, False
        if piece[0] == "~":
            return rf"(?:{WORD}){{0,{piece[1:] or 3}}}?", set(), True
        if piece.endswith("*"):
            stem = re.escape(piece[:-1])
            if len(piece) < 4:
                raise ValueError(f"{piece} is too short a beginning: {self.line}")
            return rf"{stem}[^/ ]*/\w* ", {key_of(piece[:-1])}, False
        return rf"{re.escape(piece)}/\w* ", {key_of(piece)}, False
