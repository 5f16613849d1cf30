"""Rows that break the constraints of answers between yes and no, and of pauses."""

from datetime import UTC, datetime, timedelta

from network.models import AskingPause, ConnectionRequest
from tests.architecture.breakers import breaks, twice

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def asked(one, other, **fields) -> ConnectionRequest:
    return ConnectionRequest.objects.create(sender=one, recipient=other, context="worked", **fields)


@breaks("network_connectionrequest_question_and_its_time")
def _(one, other):
    asked(one, other, question="How do we know each other?")


@breaks("network_connectionrequest_answer_and_its_time")
def _(one, other):
    asked(one, other, question="How do we know each other?", question_at=NOW, answer_at=NOW)


@breaks("network_connectionrequest_answers_a_question")
def _(one, other):
    asked(one, other, answer="From Malmö", answer_at=NOW)


@breaks("network_connectionrequest_unknown_is_declined")
def _(one, other):
    asked(one, other, unknown_at=NOW)


@breaks("network_askingpause_once_a_day")
def _(one, other):
    twice(AskingPause, member=one, set_at=NOW, starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR)


@breaks("network_askingpause_begins_and_ends")
def _(one, other):
    AskingPause.objects.create(member=one, set_at=NOW, starts_at=NOW + HOUR, ends_at=NOW + HOUR)
