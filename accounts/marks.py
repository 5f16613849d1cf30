"""What stands out of the words that members write: @handles, #tags, and links.

A sign counts where a word begins: behind a letter that has a case, a digit or what addresses are made of, it belongs
to an email address, an address or a file. Scripts without spaces have no such letters, so there it counts anywhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from accounts.names import fold

LONGEST_TAG = 50
"""How many characters a tag has at the most; what is longer is no tag."""
SIGNS = re.compile("[@#＠＃]")
_HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?")
_IN_ADDRESSES = frozenset("._%+-/@#=&＠＃")
_JOINERS = "\u200c\u200d"


class Mark(NamedTuple):
    """A handle or a tag and where it stands in its word, its sign included."""

    start: int
    end: int
    handle: str = ""
    tag: str = ""


def marks_in(word: str) -> Iterator[Mark]:
    """Go through the @handles and #tags of a word. No link and no email address may be given."""
    at = 0
    for sign in SIGNS.finditer(word):
        start = sign.start()
        if start < at or (start and _is_glued(word[start - 1])):
            continue
        mark = _handle_at(word, start) if sign[0] in "@＠" else _tag_at(word, start)
        if mark:
            at = mark.end
            yield mark


def _is_glued(letter: str) -> bool:
    return letter in _IN_ADDRESSES or unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Nd")


def _handle_at(word: str, start: int) -> Mark | None:
    found = _HANDLE.match(word, start + 1)
    if found is None:
        return None
    rest = word[found.end() : found.end() + 2]
    goes_on = rest[:1] in ("@", "_") or _is_letter(rest[:1]) or (rest[:1] in (".", "/") and _is_letter(rest[1:]))
    return None if goes_on else Mark(start, found.end(), handle=found[0].lower())


def _is_letter(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Nd", "Mn")


def _tag_at(word: str, start: int) -> Mark | None:
    end = start + 1
    while end < len(word) and _is_in_tag(word[end]):
        end += 1
    tag = word[start + 1 : end].rstrip(_JOINERS)
    return Mark(start, start + 1 + len(tag), tag=tag) if folded_tag(tag) else None


def _is_in_tag(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or letter in _JOINERS or unicodedata.category(letter)[0] == "M"


def folded_tag(name: str) -> str:
    """Return what a tag is known by, whatever its case and accents; nothing for what is no tag.

    >>> folded_tag("Água_limpa"), folded_tag("2026"), folded_tag("C++")
    ('agua_limpa', '', '')
    """
    if not 0 < len(name) <= LONGEST_TAG or not (name[0].isalnum() or name[0] == "_"):
        return ""
    folded = "_".join(fold(name).split()) if all(map(_is_in_tag, name)) else ""
    return folded if len(folded) <= LONGEST_TAG and any(map(str.isalpha, folded)) else ""
