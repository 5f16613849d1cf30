"""Rows that break the constraints of what the advice keeps."""

from django.utils import timezone

from network.models import NotNow
from tests.architecture.breakers import breaks, twice


@breaks("network_notnow_once")
def _(one, other):
    twice(NotNow, member=one, other=other, until=timezone.now())


@breaks("network_notnow_about_another")
def _(one, other):
    NotNow.objects.create(member=one, other=one, until=timezone.now())
