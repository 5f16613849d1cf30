"""A note as the coach reads it: words, sentences, language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from network.coach import languages
from network.coach.kinds import is_everyday, kinds, verb
from network.coach.line import Span
from network.coach.names import Names
from network.coach.patterns import Patterns, compiled, key_of
from network.coach.plain import plain
from network.coach.sentences import sentence_spans
from network.coach.vocabulary import pairs, phrases, words, words_of_all

READ_AT_MOST = 1_000  # characters; a note that can be sent has 300
# Vowel signs belong to words; Python's \w leaves them out.
_WORD = re.compile(
    r"(?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e])+"
    r"(?:['’ʼ`´](?:[^\W_]|[\u0300-\u036f])+)*"
)
_CHUNK = re.compile(r"\S+")
# Ends of addresses; those that are words as well only before a slash: "met.it was" is two sentences.
_TOP = "com|org|net|io|co|app|dev|ai|uk|de|fr|edu|gov|info|biz|shop|store|eu|ch|nl|es|pl|au|ca|link|page|site|online"
_WORDS = "to|so|be|me|in|us|it|no|at|is|ly|gl|my|by|am|as"
_NAME = r"[\w-]{1,60}(?:\.[\w-]{1,60}){0,5}"
_ADDRESS = re.compile(rf"(?i:https?://\S|www\.\w)|{_NAME}\.(?:(?:{_TOP})(?:[/?#:]|$)|(?:{_WORDS})/)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One word as phrases see it: where its cell begins in `Note.text`, and where it stands in the note."""

    word: str
    flags: str
    at: int
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one address, where it stands in the note."""

    raw: str
    word: str
    start: int
    end: int
    address: bool = False


class Note:
    """A note and the two names that belong to it."""

    def __init__(self, note: str, *, recipient: str, sender: str):
        self.note = note
        self.read = note[:READ_AT_MOST]
        self.recipient = Names(recipient)
        self.sender = Names(sender)
        self._covered: dict[tuple[str, ...], str] = {}
        self.pitch: dict[str, list[Span]] | None = None

    @cached_property
    def tokens(self) -> list[Token]:
        found = []
        for chunk in _CHUNK.finditer(self.read):
            core = chunk[0].strip("()<>[]{}\"'“”‘’«»,.;:!?…*")
            if _ADDRESS.match(core) or ("@" in core[1:-1] and "." in core):
                start = chunk.start() + chunk[0].index(core)
                found.append(Token(core, core.casefold(), start, start + len(core), address=True))
                continue
            for match in _WORD.finditer(chunk[0]):
                start = chunk.start() + match.start()
                found.append(Token(match[0], plain(match[0]), start, start + len(match[0])))
        return found

    @cached_property
    def addresses(self) -> list[Token]:
        """URLs and email addresses."""
        return [token for token in self.tokens if token.address]

    @cached_property
    def language(self) -> str:
        """The code of the note's language; empty if the coach doesn't understand it."""
        names = self.recipient.forms | self.sender.forms
        return languages.of([token.word for token in self.tokens if not token.address and token.word not in names])

    @cached_property
    def sentences(self) -> list[Span]:
        """All that stand between two ends of sentences, greeting and goodbye included."""
        return sentence_spans(self.read, [(token.start, token.end) for token in self.addresses])

    @cached_property
    def cells(self) -> list[Cell]:
        """The words, short forms written out, in order."""
        cells: list[Cell] = []
        at, place, opening = 0, -1, True
        same, shouted = pairs(self.language or "en", "same"), self.read.upper() == self.read
        ends = [end for _start, end in self.sentences]
        for number, token in enumerate(self.tokens):
            sentence = max(place, 0)
            while sentence < len(ends) and token.start >= ends[sentence]:
                sentence += 1
            if sentence > place:
                at += 2 * bool(cells)  # ". "
                place, opening = sentence, True
            for word in self._written_out(token, same):
                flags = self._flags(token, word, number=number, shouted=shouted) + ("s" if opening else "")
                flags += "k" if not opening and self._pause_before(number) else ""
                cells.append(Cell(word, flags, at, token.start, token.end, sentence))
                at += len(word) + len(flags) + 2
                opening = opening and "h" in flags  # what follows "Hi Jane," begins the sentence
        return cells

    def _pause_before(self, number: int) -> bool:
        between = self.read[self.tokens[number - 1].end : self.tokens[number].start]
        return any(sign in between for sign in ",;:–—()\n") or " - " in between

    @staticmethod
    def _written_out(token: Token, same: dict[str, str]) -> list[str]:
        if token.address:
            return ["url"]
        word = token.word
        if word in same:
            return same[word].split()
        if word.endswith(("'s", "s'")):
            word = word[:-2] if word.endswith("'s") else word[:-1]
        return [word.replace("'", "") or "x"]

    def _flags(self, token: Token, word: str, *, number: int, shouted: bool) -> str:
        if token.address:
            return "u"
        flags, theirs = kinds(word), word in self.recipient.forms
        if (theirs and number < 6) or (word in words_of_all("greetings") and number < 3):
            flags += "h"
        if theirs:
            flags += "n"
        if self._is_senders(number):
            flags += "m"
        elif "o" not in flags and "h" not in flags and not theirs:
            flags += "c" if token.raw[0].isupper() and not shouted else ""
            flags += "t" if len(word) > 1 and not word.isdigit() and "r" not in flags else ""
            flags += "i" if flags.endswith("t") and "c" not in flags and not is_everyday(word) else ""
            flags += verb(word) if "t" in flags or token.raw[0].islower() else ""
        return flags

    def _is_senders(self, number: int) -> bool:
        """Whether a word is a name of the sender, or their initials: "SJ here"."""
        token = self.tokens[number]
        if token.raw.isupper() and 1 < len(token.raw) < 4 and self.sender.has_initials(token.word):
            return True
        if not self.sender.calls(token.word):
            return False
        follows = self.tokens[number + 1].word if number + 1 < len(self.tokens) else "here"
        return token.word not in words("en", "ordinary") or (
            token.raw[0].isupper() and follows in words("en", "placing")
        )

    @cached_property
    def text(self) -> str:
        """The cells as phrases are looked for in them."""
        return as_text(self.cells)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where in `text` the words of each key begin; see `patterns.Patterns`."""
        found: dict[str, list[int]] = {}
        for cell in self.cells:
            for key in (key_of(cell.word), *(f"<{flag}>" for flag in cell.flags)):
                found.setdefault(key, []).append(cell.at)
        return found

    def says(self, name: str, *, without: tuple[str, ...] = ()) -> bool:
        """Whether a phrase of the list stands in the note, once the phrases of `without` are covered."""
        text = self._without(without)
        return any(True for _found in phrases(self.language, name).find(self.places, text))

    def spans(self, name: str, *, without: tuple[str, ...] = ()) -> list[Span]:
        """Return where phrases of the list stand in the note, once the phrases of `without` are covered."""
        return [self._span(*found) for found in phrases(self.language, name).find(self.places, self._without(without))]

    def has_topic_left(self) -> bool:
        """Whether there is a thing, or there are two names, once filler and what says who one is are left out.

        Neither are words of every day topics, nor places that somebody is from.
        """
        ordinary = sum("o" in cell.flags for cell in self.cells)
        if ordinary < _LEAST or ordinary * 3 < len(self.cells):
            return False  # no sentence
        said = [*phrases(self.language, "who").find(self.places, self._without(("empty", "wishes")))]
        clauses = [(_name_before(self.text, start), _clause_end(self.text, end)) for start, end in said]
        text = covered(self._without(("empty",)), clauses)
        names, before = set(), ""
        for cell in self.cells:
            place = "c" in cell.flags and before in words("en", "placing")
            if "t" in cell.flags and text[cell.at] != "-" and not place and not is_everyday(cell.word):
                if "i" in cell.flags:
                    return True
                names.add(cell.word)
            before = before if place else cell.word
        return len(names) > 1

    def words_of(self, name: str, *, without: tuple[str, ...] = ()) -> list[Cell]:
        """Return the words of a list that stand in the note, once the phrases of `without` are covered."""
        text, listed = self._without(without), words(self.language, name)
        return [cell for cell in self.cells if cell.word in listed and text[cell.at] != "-"]

    def touched(self, spans: Iterable[Span]) -> set[int]:
        """Return the numbers of the sentences in which any of `spans` of the note stands."""
        return {cell.sentence for start, end in spans for cell in self.cells if cell.start < end and start < cell.end}

    def says_what(self, phrase: str) -> bool:
        """Whether a single phrase stands in the note."""
        return any(True for _found in Patterns([phrase]).find(self.places, self.text))

    def apart(self, name: str, spans: Iterable[Span], *, without: tuple[str, ...] = ()) -> list[Span]:
        """Return where phrases of the list stand in a sentence in which none of `spans` does."""
        skipped = self.touched(spans)
        return [span for span in self.spans(name, without=without) if not self.touched([span]) & skipped]

    def _without(self, lists: tuple[str, ...]) -> str:
        if lists not in self._covered:
            text = self.text
            for name in lists:
                spans = phrases(self.language, name).find(self.places, self.text)
                text = covered(text, [span for span in spans if not _goes_on(self.text, span)])
            self._covered[lists] = text
        return self._covered[lists]

    def _span(self, start: int, end: int) -> Span:
        inside = [cell for cell in self.cells if start <= cell.at < end]
        return inside[0].start, inside[-1].end


def as_text(cells: list[Cell]) -> str:
    pieces, sentence = [], cells[0].sentence if cells else 0
    for cell in cells:
        if cell.sentence != sentence:
            pieces.append(". ")
            sentence = cell.sentence
        pieces.append(f"{cell.word}/{cell.flags} ")
    return "".join(pieces)


def _clause_end(text: str, at: int) -> int:
    """Return where the clause ends that goes on at `at`: before a pause, a new thought or the end of the sentence."""
    end = _CLAUSE.search(text, at)
    return end.start() if end else len(text)


def _name_before(text: str, at: int) -> int:
    """Return where the name begins that stands before `at`: "Bill Chen" before "mentioned"."""
    while (before := text.rfind(" ", 0, max(0, at - 1)) + 1) < at and "c" in text[before:at].partition("/")[2]:
        at = before
    return at


def _goes_on(text: str, span: Span) -> bool:
    last = text.rfind(" ", 0, span[1] - 1) + 1
    return bool(_GOES_ON.match(text, span[1]) or _GOES_ON.match(text, last))


# "Your work" could be anybody's; "your work on sea walls" could not.
_GOES_ON = compiled("(on|about|around|regarding|concerning) <topic>")
_CLAUSE = re.compile(r"\. |(?!(?:an?|the|from|at|in|of)/)[^/ .]+/\w*[kb]")
_LEAST = 4  # ordinary words that a sentence has
_COVER = str.maketrans(dict.fromkeys("abcdefghijklmnopqrstuvwxyz0123456789'+#", "-"))


def covered(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with all words in `spans` made unreadable; every other word keeps its place."""
    for start, end in spans:
        text = text[:start] + text[start:end].translate(_COVER) + text[end:]
    return text
