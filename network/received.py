"""Requests to a member, in the order in which they are read (product.md §3.13).

Proved common ground comes first, then what has a note, then the rest; each newest first. With whom anything is proved
is asked before, by `proved_senders`: as part of the order it would be asked of each request.
"""

from collections.abc import Callable
from functools import cache

from django.db.models import Case, Expression, F, IntegerField, QuerySet, Value, When

from accounts.written_once import NUMBERS, Among, WrittenOnce
from network.ground import proved_among
from network.models import ConnectionRequest
from network.named import with_named

IN_ORDER = ("rank", "-sent_at", "-id")
Listed = Callable[..., QuerySet]


def waiting(viewer, proved: Expression = NUMBERS) -> QuerySet:
    """Requests that wait for an answer; `proved` are those of their senders with whom common ground is proved."""
    return _read(ConnectionRequest.objects.waiting_for(viewer), viewer, proved)


def set_aside(viewer, proved: Expression = NUMBERS) -> QuerySet:
    """Requests that the viewer declined or asked for later."""
    return _read(ConnectionRequest.objects.set_aside_by(viewer), viewer, proved)


def proved_senders(listed: Listed, viewer) -> set[int]:
    """Return the numbers of those who sent the requests of a list with whom the viewer has proved common ground."""
    return proved_among(_senders(listed), viewer)


def first_waiting(viewer, most: int) -> list[ConnectionRequest]:
    """Return the first few that wait, in two queries."""
    return _first(most).objects(viewer, numbers=proved_senders(waiting, viewer))


def _read(requests: QuerySet, viewer, proved: Expression) -> QuerySet:
    rank = Case(
        When(Among(F("sender"), proved), then=Value(0)),
        When(note__gt="", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return with_named(requests.select_related("sender").annotate(rank=rank), viewer)


@cache
def _senders(listed: Listed) -> WrittenOnce:
    return WrittenOnce(lambda viewer: listed(viewer).values("sender"))


@cache
def _first(most: int) -> WrittenOnce:
    return WrittenOnce(lambda viewer: waiting(viewer).order_by(*IN_ORDER)[:most])
