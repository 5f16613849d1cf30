"""When two ways of writing an organization's name are the same name."""

from accounts.names import FoldedField, fold

WRITTEN_OUT = {
    "univ": "university",
    "uni": "university",
    "inst": "institute",
    "dept": "department",
    "intl": "international",
    "natl": "national",
    "assn": "association",
    "assoc": "association",
    "soc": "society",
    "co": "company",
    "corp": "corporation",
    "bros": "brothers",
}
"""Abbreviations, and what they stand for."""
LEGAL_FORMS = frozenset(
    [
        *("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "corporation", "company", "pty", "pte"),
        *(
            "gmbh",
            "mbh",
            "ag",
            "se",
            "kg",
            "sa",
            "sas",
            "sarl",
            "srl",
            "spa",
            "bv",
            "nv",
            "ab",
            "as",
            "oy",
            "aps",
            "kk",
        ),
    ]
)
"""How a company says what it is in law; at the end of its name it says nothing about which one it is."""


def organization_key(name: str) -> str:
    """Return what is equal for all ways of writing one name (product.md §12, §13).

    Case, accents, punctuation and spaces don't count, nor do a leading "The", "and" beside "&", and a legal form at
    the end; usual abbreviations are written out. A name of nothing else keeps its words.

    >>> organization_key("The Univ. of Michigan") == organization_key("University of Michigan")
    True
    """
    words = [WRITTEN_OUT.get(word, word) for word in fold(name).split()]
    meant = words[1:] if words[:1] == ["the"] else words
    meant = [word for word in meant if word != "and"]
    while len(meant) > 1 and meant[-1] in LEGAL_FORMS:
        meant.pop()
    return "".join(meant or words)


class OrganizationKeyField(FoldedField):
    """The key of an organization's name in the same row."""

    def folded(self, text: str) -> str:
        return organization_key(text)
