"""Names, and the words by which people are called: short forms, initials, other spellings, other scripts."""

import re
from functools import cached_property, lru_cache

from network.coach.plain import plain
from network.coach.vocabulary import groups, pairs, words, words_of_all

_WORDS = re.compile(r"[^\s,.()\"“”/‐–-]+")
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"})
_SHORTENED = 3  # letters of a name that are enough to know it by: Alex for Alexandra


@lru_cache(4096)
def latin(word: str) -> str:
    """Return a plain word in Latin letters, as far as its script has an alphabet that is usually written so."""
    if word.isascii():
        return word
    letters = pairs("en", "letters")
    return "".join(letters.get(letter, letter) for letter in word)


def is_ordinary(word: str) -> bool:
    """Whether a name is also a word: Will, Grace, May."""
    return word in words("en", "ordinary_names") or word in words("en", "ordinary")


class Names:
    """The names of one person, from their full name."""

    def __init__(self, full: str):
        self.full = " ".join(full.split())[:200]

    @cached_property
    def words(self) -> list[str]:
        """The names in their order, plain; no titles, no degrees, no particles."""
        found = [plain(word.strip("'’‘")) for word in _WORDS.findall(self.full)]
        skip = words_of_all("titles") | words_of_all("degrees")
        names = [word for n, word in enumerate(found) if word and (word not in skip or _is_given(found, n))]
        return names[:1] + [word for word in names[1:] if word not in words_of_all("particles")]

    @cached_property
    def called(self) -> str:
        """The name to speak to them with, as they write it."""
        titles = words_of_all("titles")
        first = next((word for word in self.full.split() if plain(word.strip(".,")) not in titles), self.full)
        return first.strip(",")

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every way to write one of the names, as plain words: as it is, without apostrophe, joined, in Latin."""
        found = {word.replace("'", "") for word in self.words} | set(self.words)
        found |= {one + other for one, other in zip(self.words, self.words[1:], strict=False)}
        found |= {"".join(self.words)}
        written_out = self.full.casefold().translate(_WRITTEN_OUT)
        if written_out != self.full.casefold():
            found |= set(Names(written_out).words)
        return frozenset(found | {latin(word) for word in found}) - {""}

    @property
    def surname(self) -> str:
        return self.words[-1] if len(self.words) > 1 else ""

    def calls(self, word: str) -> bool:
        """Whether the plain `word` is one of the names or a short form of one."""
        word = latin(_unpossessed(word))
        return word in self.forms or any(_short_for(word, form) for form in self._given)

    def may_call(self, word: str) -> bool:
        """Whether the plain `word`, where somebody is called, can be a short form: Prisca, Poldi, Toria, Jo."""
        word = latin(word)
        if word in groups("nicknames") or word in words("en", "ordinary"):
            return False
        for ending in ("", "y", "ie", "i", "a", "o"):
            root = word.removesuffix(ending)
            root = root[:-1] if ending and root[-1:] == root[-2:-1] else root
            if any(
                len(root) >= _SHORTENED and root in name and (name.startswith(root) or len(root) > _SHORTENED)
                for name in self._given
            ):
                return word not in self.words
        return False

    def is_first(self, word: str) -> bool:
        """Whether the plain `word` is the first name, and not a surname."""
        return bool(self.words) and latin(word) == latin(self.words[0])

    @cached_property
    def _given(self) -> list[str]:
        return [latin(word) for word in (self.words[:-1] or self.words)]

    def has_initials(self, word: str) -> bool:
        """Whether `word` is the first letter of the first name, or the first letters of several in their order."""
        letters = "".join(latin(name)[0] for name in self.words)
        return bool(word) and (
            word in (letters[:1], letters, letters[:1] + letters[-1:])
            or (1 < len(word) < 5 and letters.startswith(word))
        )

    @cached_property
    def written_together(self) -> list[str]:
        """For scripts without spaces: what a note would contain, the whole name, the given one, or with a title."""
        whole = "".join(self.words)
        if whole.isascii() or not _TOGETHER.search(whole):
            return []
        if len(self.words) > 1:
            return [whole, *self.words]
        families = (1, 2) if len(whole) < 5 else (2, 3)
        given = [whole[family:] for family in families if len(whole) - family > 1]
        titled = [whole[:family] + title for family in families for title in words_of_all("honorifics")]
        return [whole, *given, *titled]

    @cached_property
    def short_forms(self) -> set[str]:
        """Every usual short form of the given names, and other spellings of them."""
        known = groups("nicknames")
        lines = frozenset().union(*(known.get(name, frozenset()) for name in self._given))
        return {word for word, its in known.items() if its & lines}

    @property
    def is_latin(self) -> bool:
        return any(form.isascii() for form in self.forms)


def _is_given(names: list[str], n: int) -> bool:
    """Whether a title is a given name: Dean Foster, but not Dean Ann Foster."""
    return n == 0 and len(names) == 2 and (is_ordinary(names[0]) or names[0] in groups("nicknames"))


_TOGETHER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _unpossessed(word: str) -> str:
    return word[:-2] if word.endswith("'s") else word


@lru_cache(4096)
def _short_for(word: str, name: str) -> bool:
    """Whether one of the two is a usual or a plain short form of the other."""
    if len(word) < 2 or word == name:
        return word == name
    known = groups("nicknames")
    if known.get(word, frozenset()) & known.get(name, frozenset()):
        return True
    if word in known and name in known:
        return False  # two names that are known, and not as one
    long, short = (name, word) if len(name) > len(word) else (word, name)
    for ending in ("", "y", "ie", "i", "ey"):
        if ending and not short.endswith(ending):
            continue
        root = short.removesuffix(ending)
        root = root[:-1] if ending and root[-1:] == root[-2:-1] else root
        if len(root) >= _SHORTENED and long.startswith(root) and len(long) >= len(short) + (2 if not ending else 1):
            return word not in words("en", "ordinary")
    return False
