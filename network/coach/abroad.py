"""Notes to anybody in languages that the coach doesn't understand: "I'd like to add you to my network", and no more."""

import re

from network.coach.note import Note
from network.coach.vocabulary import languages, words, words_of_all

WHOLE = 3  # letters up to which a listed word is no beginning of others
_SYLLABIC = "\u0900"  # scripts from here on say in one sign what others say in two letters
# Scripts without spaces between words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def is_to_anybody(note: Note) -> bool:
    """Whether a note speaks of the network, and every word of it could stand in a note to anybody.

    Who says anything else, be it one word, is left unjudged: it may be where the two met.
    """
    said = [part for token in note.tokens for part in token.word.split("'") if part]
    names = note.recipient.forms | note.sender.forms
    return not note.language and any(_is_template(said, names, code) for code in languages())


def _is_template(said: list[str], names: frozenset[str] | set[str], code: str) -> bool:
    network, filler = words(code, "network"), words(code, "filler")
    if not network or not any(_is_of(word, network) for word in said):
        return False
    little = {word for word in words(code, "ordinary") if len(word) <= WHOLE}
    known = network | filler | names | little
    polite = words_of_all("greetings") | words_of_all("titles") | words_of_all("goodbyes")
    return all(word in polite or _is_of(word, known, whole=True) for word in said)


def _is_of(word: str, listed: frozenset[str] | set[str], *, whole: bool = False) -> bool:
    """Whether a word is listed, or begins as a listed one; without spaces, whether it has one or consists of them."""
    if not _UNSPACED.search(word):
        longer = WHOLE if word < _SYLLABIC else 1
        return word in listed or any(len(entry) > longer and word.startswith(entry) for entry in listed)
    if not whole:
        return any(entry in word for entry in listed)
    for entry in sorted(listed, key=len, reverse=True):
        word = word.replace(entry, "")
    return not word
