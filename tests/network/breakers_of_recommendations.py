"""Rows that break the constraints of recommendations; `tests/architecture/test_constraints.py` walks them."""

from datetime import UTC, datetime
from uuid import uuid4

from network.models import Recommendation
from tests.architecture.breakers import breaks
from tests.factories import MemberFactory

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = "We measured rivers together for three years, and I trust every number."


def recommend(author, subject, **fields) -> None:
    Recommendation.objects.create(
        **{"author": author, "subject": subject, "relationship": "team", "text": TEXT} | fields
    )


@breaks("network_recommendation_once")
def _(one, other):
    recommend(one, other)
    recommend(one, other)


@breaks("network_recommendation_once_for_a_key")
def _(one, other):
    key = uuid4()
    recommend(one, other, key=key)
    recommend(one, MemberFactory(), key=key)


@breaks("network_recommendation_of_another")
def _(one, other):
    recommend(one, one)


@breaks("network_recommendation_of_some_length")
def _(one, other):
    recommend(one, other, text="Good.")


@breaks("network_recommendation_approved_or_set_aside")
def _(one, other):
    recommend(one, other, approved_at=NOW, set_aside_at=NOW)


@breaks("network_recommendation_hidden_once_approved")
def _(one, other):
    recommend(one, other, hidden_by_subject_at=NOW)
