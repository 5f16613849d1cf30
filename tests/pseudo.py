"""A pseudo-locale: every translated text lengthened, in brackets, with accents, from right to left.

What stands on a page without brackets never went through translation. It takes the place of Arabic,
whose script Django knows to run from right to left; no catalogue of this site is needed.
"""

import re
from contextlib import contextmanager
from gettext import NullTranslations

from django.utils.translation import trans_real

LANGUAGE = "ar"
_KEPT = re.compile(r"(%\([^)]*\)[a-z]|%[a-z%]|\{[^}]*\}|<[^>]*>|&[a-z#0-9]+;)")
_ACCENTED = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")


def pseudo(text: str) -> str:
    """Return `text` in brackets, accented, about 40 % longer; places for values and markup stay as they are.

    >>> pseudo("Hello %(name)s")
    '⟦Hélló %(name)s ···⟧'
    """
    if not text.strip():
        return text
    parts = _KEPT.split(text)
    changed = "".join(part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts))
    return f"⟦{changed} {'·' * max(1, len(text) // 4)}⟧"


class PseudoTranslation(NullTranslations):
    """What Django asks for translations while a page is shown in the pseudo-locale."""

    def language(self) -> str:
        return LANGUAGE

    def to_language(self) -> str:
        return LANGUAGE

    def gettext(self, message: str) -> str:
        return pseudo(message.rpartition("\x04")[2])

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return pseudo((singular if number == 1 else plural).rpartition("\x04")[2])


@contextmanager
def pseudo_locale():
    """Make Arabic the pseudo-locale in this process, for every thread."""
    before = trans_real._translations.get(LANGUAGE)
    trans_real._translations[LANGUAGE] = PseudoTranslation()
    try:
        yield LANGUAGE
    finally:
        if before is None:
            del trans_real._translations[LANGUAGE]
        else:
            trans_real._translations[LANGUAGE] = before
