"""Rows that break the constraints of introductions."""

from datetime import UTC, datetime
from uuid import uuid4

from network.models import ConnectionRequest, Introduction
from tests.architecture.breakers import breaks, twice
from tests.factories import MemberFactory

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def introduction(one, other, **fields) -> Introduction:
    fields = {"asker": one, "through": MemberFactory(), "to": other, "reason": "Rivers"} | fields
    return Introduction.objects.create(**fields)


@breaks("network_introduction_one_open_for_a_pair")
def _(one, other):
    introduction(one, other)
    introduction(one, other)


@breaks("network_introduction_once_for_a_key")
def _(one, other):
    twice(Introduction, asker=one, to=other, through=MemberFactory(), reason="Rivers", key=uuid4(), ended_at=NOW)


@breaks("network_introduction_of_three")
def _(one, other):
    introduction(one, other, through=other)


@breaks("network_introduction_has_a_reason")
def _(one, other):
    introduction(one, other, reason="")


@breaks("network_introduction_passed_on_with_a_line")
def _(one, other):
    introduction(one, other, passed_on_at=NOW)


@breaks("network_introduction_reaches_when_passed_on")
def _(one, other):
    introduction(one, other, reached_at=NOW)


@breaks("network_introduction_answered_where_it_reached")
def _(one, other):
    introduction(one, other, set_aside_at=NOW)


@breaks("network_introduction_ends_once")
def _(one, other):
    introduction(one, other, passed_on_at=NOW, line="Hi", reached_at=NOW, connected_at=NOW, ended_at=NOW)


@breaks("network_connectionrequest_names_who_introduced")
def _(one, other):
    ConnectionRequest.objects.create(sender=one, recipient=other, context="worked", named=MemberFactory())
