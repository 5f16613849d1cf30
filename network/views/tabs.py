"""The places of one's network, with how much is in each where that is cheap to know."""

from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet
from django.utils.translation import gettext as _

from accounts.addresses import address
from accounts.models import User
from accounts.written_once import WrittenOnce
from network.models import Connection, ConnectionRequest, Introduction

MOST = 500
"""More than so many are not counted: it would cost more the more there are."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One place, and whether the reader is there."""

    text: str
    url: str
    number: str = ""
    current: bool = False


def tabs(member: User, *, at: str) -> list[Tab]:
    """Return the tabs of the network's pages, in one query; `at` is the name of the page."""
    ((received, sent, introduced, asked_of, connected),) = _counts().rows(member)
    places = [
        (_("Requests"), "requests_received", received),
        (_("Sent"), "requests_sent", sent),
        (_("Introductions"), "introductions", introduced + asked_of),
        (_("Connections"), "connections", connected),
        (_("Suggestions"), "suggestions", 0),
        (_("Following"), "following", 0),
        (_("Followers"), "followers", 0),
    ]
    return [
        Tab(text=text, url=address(name), number=_said(number), current=name == at) for text, name, number in places
    ]


@cache
def _counts() -> WrittenOnce:
    return WrittenOnce(_counted)


def _counted(member: User) -> QuerySet:
    """One row: how many requests came in and went out, introductions to and through the member, and connections."""
    requests, introductions = ConnectionRequest.objects, Introduction.objects
    return User.objects.filter(pk=member.pk).values_list(
        _count(requests.waiting_for(member), "recipient"),
        _count(requests.sent_by(member), "sender"),
        _count(introductions.introduced_to(member), "to"),
        _count(introductions.asked_of(member), "through"),
        _count(Connection.objects.of(member).visible_to(member), "member"),
    )


def _count(rows: QuerySet, owner: str) -> Func:
    """How many rows there are, counted up to one more than is said."""
    some = rows.order_by().values(owner)[: MOST + 1]
    return Func(ArraySubquery(some), function="cardinality", output_field=IntegerField())


def _said(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number or "")
