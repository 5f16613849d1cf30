"""Of which kinds a single English word is, whatever stands around it."""

from functools import lru_cache

from network.coach.vocabulary import words

LISTS = {"roles": "r", "works": "w", "events": "e", "news": "v", "days": "d", "breaks": "b"}
# What people are, by the end of the word: bookbinder, puppet maker, hydrologist.
_TRADES = (
    "ologist", "ographer", "ician", "smith", "wright", "maker", "keeper", "monger", "master", "binder", "worker",
    "herder", "grower", "breeder", "mistress", "handler",
)  # fmt: skip


@lru_cache(4096)
def is_everyday(word: str) -> bool:
    """Whether a word is so common that alone it tells no topic: name, trip, respect."""
    stems = {word, word.removesuffix("s"), word.removesuffix("ed"), word.removesuffix("d"), word.removesuffix("ly")}
    stems |= {word.removesuffix("ing"), word.removesuffix("ing") + "e", word.removesuffix("es")}
    return bool(stems & (words("en", "everyday") | words("en", "attending")))


@lru_cache(4096)
def verb(word: str) -> str:
    """Return the flag of what a verb would say after "I", if it is one: it isn't looked whether it is."""
    if word in words("en", "attending") or word.endswith("ing") or (len(word) > 6 and word.endswith("ly")):
        return ""
    return "p" if word.endswith("ed") else "a"


@lru_cache(4096)
def kinds(word: str) -> str:
    """Return the flags of what kinds of word it is, in English: see `patterns.KINDS`; "o" for ordinary words."""
    one = word[:-1] if word.endswith("s") else word
    flags = "".join(flag for name, flag in LISTS.items() if {word, one} & words("en", name))
    flags += "r" if "r" not in flags and len(one) > 6 and one.endswith(_TRADES) else ""
    flags += "q" if word.isdigit() else ""
    ordinary = bool({word, one} & (words("en", "ordinary") | words("en", "vague")))
    flags += "g" if word.endswith("ing") and len(word) > 5 and not ordinary else ""
    return flags + ("o" if ordinary else "")
