"""Reading on through a long list: by where the last row stood, so that nothing is repeated or skipped."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core import signing
from django.db.models import Expression, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from accounts.written_once import WrittenOnce
from live.renewing import whole_pages

SIZE = 20
CURSORS = ("after", "after_organization", "after_introduced", "after_asked_of", "after_tag")
"""Where an address says from which row to read on; a page may hold several lists."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows of a list, and the address of those that follow."""

    rows: list
    next_url: str = ""
    is_first: bool = True

    @property
    def is_empty(self) -> bool:
        return self.is_first and not self.rows


def page_of(
    listed: QuerySet | Callable[..., QuerySet],
    request: HttpRequest,
    *,
    order: tuple[str, ...],
    size: int = SIZE,
    cursor: str = CURSORS[0],
    among: Collection[int] | None = None,
) -> Page:
    """Return the page that the address asks for. `order` are the fields of a total order, as for `order_by`.

    Of a list that is a function of the viewer the first page is written once (`accounts.written_once`). Where it
    depends on some numbers, too, it is a function of the viewer and of an array, and `among` are the numbers.
    """
    after = _cursor(request, order, cursor)
    if not after and not isinstance(listed, QuerySet):
        rows = _first(listed, order, size).objects(request.user, numbers=among or ())
    else:
        queryset = listed if isinstance(listed, QuerySet) else listed(request.user, *_array(among))
        rows = list(queryset.filter(_beyond(order, after) if after else Q()).order_by(*order)[: size + 1])
    next_url = ""
    if len(rows) > size:
        rows = rows[:size]
        parameters = request.GET.copy()
        for name in (*CURSORS, "held"):
            parameters.pop(name, None)
        parameters[cursor] = signing.dumps([_value(rows[-1], field) for field in order], salt=_salt(order, cursor))
        next_url = f"{request.path}?{parameters.urlencode()}"
    return Page(rows=rows, next_url=next_url, is_first=not after)


def size_for(request: HttpRequest) -> int:
    """Return how many rows to find for a page that says how many it holds."""
    held = request.GET.get("held", "")
    rows = int(held) if held.isascii() and held.isdigit() and len(held) < 7 else 0
    return whole_pages(rows, of=SIZE)


def without_held(request: HttpRequest) -> str:
    """Return the address of the page that asks for its rows anew."""
    parameters = request.GET.copy()
    parameters.pop("held", None)
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


def _array(numbers: Collection[int] | None) -> list[Expression]:
    return [] if numbers is None else [RawSQL("%s::bigint[]", [[*numbers]])]


@cache
def _first(listed: Callable[[Any], QuerySet], order: tuple[str, ...], size: int) -> WrittenOnce:
    return WrittenOnce(lambda viewer: listed(viewer).order_by(*order)[: size + 1])


def _cursor(request: HttpRequest, order: tuple[str, ...], name: str) -> list | None:
    """Where the page before ended; an address that was tampered with, or is of another order, starts anew."""
    try:
        return signing.loads(request.GET[name], salt=_salt(order, name))
    except (KeyError, signing.BadSignature):
        return None


def _salt(order: tuple[str, ...], cursor: str) -> str:
    return f"{cursor}: page by {' '.join(order)}"


def _beyond(order: tuple[str, ...], values: list) -> Q:
    """Rows after the one with these values: equal up to some field, and beyond it there."""
    beyond, equal = Q(), Q()
    for field, value in zip(order, values, strict=True):
        name = field.removeprefix("-")
        beyond |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return beyond


def _value(row, field: str):
    for name in field.removeprefix("-").split("__"):
        row = getattr(row, name)
    return row.isoformat() if hasattr(row, "isoformat") else row
