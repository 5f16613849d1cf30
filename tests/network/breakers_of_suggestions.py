"""Rows that break the constraints of suggestions and dismissals."""

from network.models import Dismissal, Suggestion
from tests.architecture.breakers import breaks, twice


@breaks("network_dismissal_once")
def _(one, other):
    twice(Dismissal, member=one, other=other)


@breaks("network_dismissal_of_another")
def _(one, other):
    Dismissal.objects.create(member=one, other=one)


@breaks("network_suggestion_of_another")
def _(one, other):
    Suggestion.objects.create(member=one, other=one, weight=1, mutual=0)
