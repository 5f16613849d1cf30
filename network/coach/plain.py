"""Words, plain: in lower case and without accents, so that they can be compared with the lists."""

import unicodedata
from functools import lru_cache

from accounts.names import fold

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))


@lru_cache(4096)
def plain(word: str) -> str:
    """Return a word in lower case and without accents, its apostrophes straight."""
    word = word.translate(_APOSTROPHES)
    if word.isascii():
        return word.lower()
    return "'".join(fold(unicodedata.normalize("NFKC", part)) for part in word.split("'"))
