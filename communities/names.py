"""When two ways of writing an organization's name are the same name."""

import re

from accounts.names import FoldedField, fold

WRITTEN_OUT = {
    "acad": "academy",
    "assn": "association",
    "assoc": "association",
    "bros": "brothers",
    "centre": "center",
    "co": "company",
    "coll": "college",
    "corp": "corporation",
    "ctr": "center",
    "defence": "defense",
    "dept": "department",
    "fdn": "foundation",
    "govt": "government",
    "hosp": "hospital",
    "inst": "institute",
    "intl": "international",
    "lab": "laboratory",
    "labs": "laboratories",
    "mfg": "manufacturing",
    "mgmt": "management",
    "natl": "national",
    "organisation": "organization",
    "pvt": "private",
    "soc": "society",
    "theatre": "theater",
    "uni": "university",
    "univ": "university",
}
"""Abbreviations, and what they stand for; of two spellings of a word, the one that counts."""
BEFORE_A_NAME = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
"""Abbreviations that stand for this only where a word follows: "Main St" is no saint."""
JOINING = frozenset(["and", "und", "et", "och", "og", "y"])
"""What people write instead of "&"."""
LEGAL_FORMS = frozenset(
    [
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "llc",
        "llp",
        "lp",
        "plc",
        "corporation",
        "company",
        "pty",
        "pte",
        "jsc",
        "pjsc",
        "ojsc",
        "cjsc",
        "gmbh",
        "mbh",
        "ag",
        "se",
        "kg",
        "kgaa",
        "ohg",
        "gbr",
        "eg",
        "ev",
        "sa",
        "sas",
        "sasu",
        "sarl",
        "eurl",
        "sca",
        "snc",
        "srl",
        "spa",
        "sl",
        "slu",
        "sau",
        "ltda",
        "lda",
        "eirl",
        "bv",
        "nv",
        "vof",
        "bvba",
        "ab",
        "hb",
        "as",
        "asa",
        "aps",
        "hf",
        "ehf",
        "oy",
        "oyj",
        "ou",
        "sia",
        "uab",
        "doo",
        "sro",
        "zoo",
        "kft",
        "zrt",
        "nyrt",
        "ood",
        "eood",
        "kk",
        "gk",
        "bhd",
        "tbk",
        "ооо",
        "оао",
        "зао",
        "пао",
        "ао",
        "тоо",
        "тов",
        "株",
        "株式会社",
        "有限会社",
        "주",
        "주식회사",
        "有限公司",
        "股份有限公司",
    ]
)
"""How a company says what it is in law; at the end of its name it says nothing about which one it is."""
LEGAL_FORMS_BEFORE = frozenset(
    ["pt", "ооо", "оао", "зао", "пао", "ао", "тоо", "тов", "株", "株式会社", "有限会社", "주", "주식회사"]
)
"""Those that stand before the name."""

_LEGAL_PHRASE = re.compile(
    r" (private (limited|ltd)|sdn bhd|sp z oo|(sa|sab|sapi|s de rl|srl) de cv|limited liability company)$"
)
_GLUED = re.compile(r"^(株式会社|有限会社|주식회사)|(股份有限公司|有限公司|株式会社|有限会社|주식회사)$")
"""Legal forms of scripts that write without spaces."""
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_][./]\s?)+[^\W\d_](?!\w)\.?")


def organization_key(name: str) -> str:
    """Return what is equal for all ways of writing one name (product.md §12, §13).

    Case, accents, punctuation and spaces don't count, nor do a leading "The", "and" beside "&", and a legal form at
    the end; usual abbreviations are written out. A name of nothing else keeps its words. The order of words counts,
    and so does the language: what is called differently is another name.

    >>> organization_key("The Univ. of Michigan") == organization_key("University of Michigan")
    True
    """
    plain = fold(_INITIALS.sub(_together, _APOSTROPHE.sub("", name)))
    words = _written_out(plain.split())
    return "".join(_without_form(_without_article(words)) or words)


def _together(initials: re.Match) -> str:
    """Return "S.p.A." and "A/S" as one word each."""
    return re.sub(r"[./\s]", "", initials[0]) + " "


def _written_out(words: list[str]) -> list[str]:
    return [_word(word, after) for word, after in zip(words, [*words[1:], ""], strict=False)]


def _word(word: str, after: str) -> str:
    if word == "u" and after == "of":
        return "university"
    if after and word in BEFORE_A_NAME:
        return BEFORE_A_NAME[word]
    return WRITTEN_OUT.get(word, word)


def _without_article(words: list[str]) -> list[str]:
    """Return the words without "The", before the name or after it, and without what joins two of them."""
    if words[:1] == ["the"]:
        words = words[1:]
    elif len(words) > 1 and words[-1] == "the":
        words = words[:-1]
    last = len(words) - 1
    return [word for place, word in enumerate(words) if word not in JOINING or place in (0, last)]


def _without_form(words: list[str]) -> list[str]:
    """Return the words without what only says which kind of company in law it is."""
    meant = _LEGAL_PHRASE.sub("", " ".join(words)).split()
    while len(meant) > 1 and meant[-1] in LEGAL_FORMS:
        meant.pop()
    while len(meant) > 1 and meant[0] in LEGAL_FORMS_BEFORE:
        meant.pop(0)
    ended = [_GLUED.sub("", word) or word for word in meant]
    while len(ended) > 1 and ended[-1] in JOINING:
        ended.pop()
    return ended


class OrganizationKeyField(FoldedField):
    """The key of an organization's name in the same row."""

    def folded(self, text: str) -> str:
        return organization_key(text)
