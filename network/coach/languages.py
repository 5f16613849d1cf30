"""Which language a note is in: by its script, and by the little words that every language is full of."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from network.coach.vocabulary import languages, understood, words

ENOUGH = 2  # little words of another language that tell it


def of(found: Sequence[str]) -> str:
    """Return the code of the understood language that the plain words are in; empty if it is none of them.

    A text that tells nothing (names, symbols, too short) is taken for the first understood one.
    """
    letters = "".join(found)
    if sum(_is_latin(letter) for letter in letters) * 2 < len(letters):
        return ""
    best, most = "", 0
    for code in sorted(understood()):
        count = sum(word in words(code, "common") for word in found)
        if not best or count > most:
            best, most = code, count
    others = max((sum(word in own_words(code) for word in found) for code in languages()), default=0)
    strange = others > most and others >= ENOUGH
    return "" if strange or (not most and others and len(found) < 4) else best


@cache
def own_words(code: str) -> frozenset[str]:
    """Return the little words of a language that isn't understood, without those that an understood one has too."""
    if code in understood():
        return frozenset()
    return words(code, "common") - frozenset().union(*(words(other, "common") for other in understood()))


@lru_cache(4096)
def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
