"""Where sentences end: not after abbreviations, initials, in numbers or addresses."""

import re

from network.coach.vocabulary import words_of_all

ENDS = re.compile(r"[.!?…。！？؟।॥۔｡]+|\n\s*")
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_AFTER_EMOJI = re.compile(rf"[{_EMOJI}\ufe0f\u200d\U0001f3fb-\U0001f3ff]+(?=\s+[A-Z])|(?<=\s)[:;]-?[)D(](?=\s+[A-Z])")
_CLOSING = "\"'”’»)]}*_"
_WORD_BEFORE = re.compile(r"[^\s(\[\"“«/]{1,24}$")
_NEXT = re.compile(r"\s*[\"'“‘«(\[*_-]*\s*([^\W\d_]+[’']?\w*|\d|\S)?")


def sentence_spans(text: str, addresses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where the sentences of `text` stand; `addresses` are URLs and the like, in which none ends."""
    spans, start = [], 0
    inside = iter([*addresses, (len(text) + 1, len(text) + 1)])
    low, high = next(inside)
    for match in sorted([*ENDS.finditer(text), *_AFTER_EMOJI.finditer(text)], key=lambda match: match.start()):
        while high <= match.start():
            low, high = next(inside)
        if match.start() < start or (low <= match.start() and match.end() < high):
            continue
        if _ends(text, match):
            end = match.end()
            while end < len(text) and text[end] in _CLOSING:
                end += 1
            spans.append((start, end))
            start = end
    if text[start:].strip():
        spans.append((start, len(text)))
    return [(low, high) for low, high in spans if any(letter.isalnum() for letter in text[low:high])]


def _ends(text: str, match: re.Match[str]) -> bool:
    mark, before = match[0], text[max(0, match.start() - 24) : match.start()]
    following = text[match.end() : match.end() + 40]
    after = (_NEXT.match(following) or [None, None])[1] or ""
    spaced = not following or following[0].isspace() or following[0] in _CLOSING
    if "\n" in mark:
        return _ends_at_line(before.rstrip(), after)
    if mark[0] not in ".!?…":
        return True  # no other script writes abbreviations with these
    if not after:
        return True
    if following[0] in _CLOSING and not after[0].isupper():
        return False  # “Who owns AI?” was great
    word = (_WORD_BEFORE.search(before) or [""])[0].lower()
    if mark[0] in "…" or mark.startswith(".."):
        return after[0].isupper()
    if set(mark) & set("!?"):
        return not (word + mark in words_of_all("abbreviations") and not after[0].isupper())
    if not spaced:
        return _missing_space(before, following)
    return not _abbreviates(word, before, after)


def _ends_at_line(before: str, after: str) -> bool:
    if not before or before[-1] in ",;:–—-":
        return False
    return not after or not after[0].islower() or not after[0].isalpha()


def _missing_space(before: str, following: str) -> bool:
    """Whether a full stop without a space after it ends a sentence: "loved it.Let's talk", but not "Node.js", "3.5"."""
    two, then = before[-2:], following[1:2]
    starts = following[:1].isupper() and (then.islower() or then in " '’")
    return two.isalpha() and two.islower() and starts


def _abbreviates(word: str, before: str, after: str) -> bool:
    """Whether the full stop after `word` abbreviates it: always after titles and the like, else by what follows."""
    numbered = word.isdigit() and len(word) < 3 and before[: -len(word)].rstrip(" ")[-1:] in ("", "\n")
    if numbered or word in words_of_all("abbreviations"):
        return True
    short = word in words_of_all("endings") or (word.replace(".", "").isalpha() and _is_initials(word))
    return short and not (after.lower() in words_of_all("openings") and after[0].isupper())


def _is_initials(word: str) -> bool:
    return all(len(part) == 1 for part in word.split("."))
