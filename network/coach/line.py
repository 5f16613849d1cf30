"""One line of the coach, as a member sees it."""

from dataclasses import dataclass

from django.utils.functional import Promise

Span = tuple[int, int]
"""Where words stand in a note: from, and up to but without."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one line says: `ok` is None where the coach can't judge; `marks` are the words that made it fail."""

    key: str
    label: str | Promise
    ok: bool | None
    reason: str
    marks: tuple[Span, ...] = ()

    def words(self, note: str) -> list[str]:
        """Return the words that made it fail, as they stand in `note`."""
        return [note[start:end] for start, end in self.marks]


def joined(spans, note: str) -> tuple[Span, ...]:
    """Return `spans` in order, those that overlap or touch (but for spaces) made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and (start <= whole[-1][1] or not note[whole[-1][1] : start].strip()):
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)
