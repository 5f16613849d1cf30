"""The place in a list at which a page ends and the next one begins.

It is the number of the last row, so that rows which arrive meanwhile move nothing; readers get it as an opaque word.
"""

from django.utils.http import base36_to_int, int_to_base36

MOST = 2**63 - 1


def written(pk: int | None) -> str:
    """Return the place as a word for an address; nothing for the end."""
    return int_to_base36(pk) if pk else ""


def read(word: str | None) -> int | None:
    """Return the place that a word names; None, which is the beginning, for one that we never wrote."""
    try:
        pk = base36_to_int(word or "")
    except ValueError:
        return None
    return pk if 0 < pk <= MOST and written(pk) == word else None
