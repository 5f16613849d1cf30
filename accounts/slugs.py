"""The last part of an address, made of a name: Latin letters, digits and hyphens, and free."""

import re
from collections.abc import Callable

from django.utils.crypto import get_random_string

from accounts.names import fold

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PLAIN = re.compile(r"[^a-z0-9]+")


def free_slug(name: str, *, taken: Callable[[str], bool], most: int = 30, otherwise: str = "m") -> str:
    """Return an address for `name` of which `taken` says that it is free.

    It has at most `most` characters, and five more if somebody has it already; without Latin letters in `name` it is
    `otherwise` and eight letters of chance.
    """
    base = _PLAIN.sub("-", fold(name)).strip("-")[:most].strip("-")
    candidate = base or f"{otherwise}-{get_random_string(8, LETTERS)}"
    while taken(candidate):
        candidate = f"{base or otherwise}-{get_random_string(4, LETTERS)}"
    return candidate
