"""How names and words are folded, so that search and sorting ignore case and accents."""

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Value

# Letters that carry a stroke or are joined: Unicode doesn't decompose them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
_JOINERS = "\u200c\u200d"
_FILLERS = "\u115f\u1160\u3164\uffa0"
_LONE_SIGN = re.compile(r"(^|\s)[+#]+")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and punctuation, its words joined by one space.

    >>> fold("Łukasz  O'Brien-Muñoz")
    'lukasz o brien munoz'
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = "".join(_in_word(letter) for letter in unicodedata.normalize("NFKC", plain))
    return " ".join(_LONE_SIGN.sub(" ", plain).split())


def _in_word(letter: str) -> str:
    """Return the letter, nothing for what can't be seen, or a space for what stands between words.

    Vowel signs are letters (Devanagari, Thai), and so are the signs of "C++" and "C#".
    """
    if letter.isalnum() or letter in "+#" or unicodedata.category(letter)[0] == "M":
        return letter
    return "" if unicodedata.category(letter) == "Cf" else " "


def on_one_line(text: str) -> str:
    """Return `text` on one line, without signs that can't be seen: they could turn around what stands beside it.

    The two that join letters stay; Persian and families of emoji are written with them.
    """
    seen = (letter for letter in text if letter in _JOINERS or unicodedata.category(letter) != "Cf")
    return " ".join("".join(letter for letter in seen if letter not in _FILLERS).split())


class FoldedField(models.TextField):
    """The folded form of other fields of the same row, made anew whenever the row is saved."""

    def __init__(self, *sources: str, **options):
        self.sources = sources
        super().__init__(**{"editable": False, "default": "", "db_collation": "C"} | options)

    def deconstruct(self):
        name, path, _args, options = super().deconstruct()
        return name, path, list(self.sources), options

    def pre_save(self, model_instance, add):
        folded = self.folded(" ".join(getattr(model_instance, source) for source in self.sources))
        setattr(model_instance, self.attname, folded)
        return folded

    def folded(self, text: str) -> str:
        """Return what is stored of the sources' text."""
        return fold(text)


class WordsField(SearchVectorField):
    """The folded words of other fields of the same row, for full-text search; made anew whenever the row is saved.

    The first source weighs most (A), the second less (B), and so on to D for the fourth and all after it.
    """

    def __init__(self, *sources: str, **options):
        self.sources = sources
        super().__init__(**{"editable": False, "null": True} | options)

    def deconstruct(self):
        name, path, _args, options = super().deconstruct()
        return name, path, list(self.sources), options

    def pre_save(self, model_instance, add):
        vectors = [
            SearchVector(Value(fold(getattr(model_instance, source))), config="simple", weight="ABCD"[min(place, 3)])
            for place, source in enumerate(self.sources)
        ]
        return _joined(vectors)


def _joined(vectors: list[SearchVector]):
    whole, *others = vectors
    for vector in others:
        whole += vector
    return whole


def words_like(text: str) -> SearchQuery | None:
    """Return the query for rows of whose words every one of `text` is a beginning; None if `text` has no words.

    Folding leaves nothing in a word that a full-text query takes for an operator.
    """
    query = " & ".join(f"{word}:*" for word in fold(text).split())
    return SearchQuery(query, config="simple", search_type="raw") if query else None
