"""How long it takes to read something."""

import re
from math import ceil

WORDS = 230
"""How many words one reads in a minute."""
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_BY_LETTERS = ((_IDEOGRAPHS, 500), (_UNSPACED, 1000))
"""Chinese and Japanese, and Thai, Lao, Burmese and Khmer, put no spaces between words: so many letters in a minute."""


def minutes_to_read(text: str) -> int:
    """Return the minutes that it takes to read plain words, at least one.

    >>> minutes_to_read("river " * 1000)
    5
    """
    minutes = 0.0
    for letters, in_a_minute in _BY_LETTERS:
        text, count = letters.subn(" ", text)
        minutes += count / in_a_minute
    return max(1, ceil(minutes + len(text.split()) / WORDS))
