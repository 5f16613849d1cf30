"""Rows that break the constraints of mutes."""

from accounts.models.standing import FOR_GOOD
from network.models import Mute
from tests.architecture.breakers import breaks, twice


@breaks("network_mute_once")
def _(one, other):
    twice(Mute, member=one, other=other, muted_until=FOR_GOOD)


@breaks("network_mute_of_another")
def _(one, other):
    Mute.objects.create(member=one, other=one, muted_until=FOR_GOOD)
