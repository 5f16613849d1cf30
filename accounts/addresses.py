"""The addresses of things, of which many stand on a page: found out once for each name, and then filled in."""

import re
from functools import cache
from typing import Any

from django.urls import get_script_prefix, reverse

_NUMBER, _WORD = 271_828_182, "a-word-in-no-address"
_is_plain = re.compile(r"[-a-zA-Z0-9_]+").fullmatch


def address(name: str, *given: Any) -> str:
    """Return what `reverse(name, args=given)` does, ten times as fast where numbers and plain words are given.

    All requests have the same addresses: none has a `urlconf` of its own.

    Raises NoReverseMatch where there is no such address.
    """
    words = []
    for value in given:
        kind = type(value)
        if kind is int and value >= 0:
            words.append(str(value))
        elif kind is str and _is_plain(value):
            words.append(value)
        else:
            return reverse(name, args=given)
    parts = _parts(name, tuple(map(type, given)), get_script_prefix())
    filled = parts[0]
    for word, part in zip(words, parts[1:], strict=True):
        filled += word + part
    return filled


@cache
def _parts(name: str, kinds: tuple[type, ...], prefix: str) -> list[str]:
    """What stands before, between and after the values."""
    stand_ins = [_NUMBER + place if kind is int else f"{_WORD}-{place}" for place, kind in enumerate(kinds)]
    rest, parts = reverse(name, args=stand_ins), []
    for each in stand_ins:
        before, _found, rest = rest.partition(str(each))
        parts.append(before)
    return [*parts, rest]
