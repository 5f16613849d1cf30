"""Which language a note is in: by its script, and by the little words that every language is full of."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from network.coach.vocabulary import languages, understood, words

ENOUGH = 2  # little words of another language that tell it
FEW = 4  # words of a note in which a single one does
HARDLY = 8  # a note of so many words for each known one isn't in the language, even if no other is known either


def of(found: Sequence[str]) -> str:
    """Return the code of the understood language that the plain words are in; empty if it is none of them.

    A text that tells nothing (names, symbols, too short) is taken for the first understood one.
    """
    letters = "".join(found)
    if sum(_is_latin(letter) for letter in letters) * 2 < len(letters):
        return ""
    known, strange = Counter(), Counter()
    for word in found:
        known.update(_understood_with(word))
        strange.update(_others_with(word))
    best, most = max(((code, known[code]) for code in sorted(understood())), key=lambda pair: pair[1])
    others = max(strange.values(), default=0)
    spoken = sum(word.isalpha() and len(word) > 1 for word in found)
    if spoken >= HARDLY and most * HARDLY < spoken:
        return ""
    return "" if (others > most and others >= ENOUGH) or (not most and others and len(found) < FEW) else best


@lru_cache(4096)
def _understood_with(word: str) -> tuple[str, ...]:
    if len(word) == 1 and word not in "ai":
        return ()  # "w" is a short form of "with", and the Polish for "in"
    return tuple(code for code in understood() if word in words(code, "ordinary"))


@lru_cache(4096)
def _others_with(word: str) -> tuple[str, ...]:
    """Return the languages that are not understood and have this little word, unless an understood one has it too."""
    if _understood_with(word):
        return ()
    return tuple(code for code in languages() if code not in understood() and word in words(code, "ordinary"))


@lru_cache(4096)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
