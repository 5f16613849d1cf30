"""Whoever hides their connections is nowhere known by them: every page is the same, whomever they know (§11)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import User
from network.models import ConnectionRequest, SuggestedTo
from tests.factories import MemberFactory, connect, request
from tests.network.test_silent_decline import pages_of, what_the_sender_gets
from tests.network.test_silent_introductions import beyond_all_numbers, number_from

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WALKED = ("/network/", "/in/", "/notices/", "/search/")
HIDING = {"those between": ("tomasz", "zoe"), "those at the end": ("lina", "yan")}


@pytest.fixture
def people(db) -> dict[str, User]:
    """Noor, who looks and knows Tomasz; he knows either Lina or Yan, and Zoe, whom Noor doesn't know, the other."""
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        names = {"noor": "Haddad", "tomasz": "Nowak", "zoe": "Berg", "lina": "Svensson", "yan": "Petit", "amara": "Obi"}
        members = {
            name: MemberFactory(first_name=name.title(), last_name=last, handle=name) for name, last in names.items()
        }
        connect(members["noor"], members["tomasz"])
        connect(members["noor"], members["amara"])
    return members


def seen_by_noor(people: dict[str, User], *, are_connected: bool) -> dict[str, object]:
    """What Noor reads of Yan, of whom she knows nothing, and of Lina, who asks her to connect."""
    noor, tomasz, zoe, lina, yan, _amara = people.values()
    for one, other in [(tomasz, lina), (zoe, yan)] if are_connected else [(tomasz, yan), (zoe, lina)]:
        connect(one, other)
    request(MemberFactory(first_name="Bo", handle="bo"), noor, note="Hello Noor, we met at the river.")
    request(lina, noor)
    SuggestedTo.objects.all().delete()
    client, seen = Client(), {}
    client.force_login(noor, backend="accounts.backends.MemberBackend")
    addresses = ["/", "/in/lina/", "/in/tomasz/", "/in/tomasz/connections/"]
    addresses += [one for one in pages_of(noor, yan, ConnectionRequest(pk=1)) if one.startswith(WALKED)]
    for address in addresses:
        if "noor" not in address:
            seen[address] = what_the_sender_gets(client, address)[:3]
    return seen


@pytest.mark.parametrize("hiding", HIDING)
def test_every_page_is_the_same_whomever_they_know(people, hiding):
    User.objects.filter(handle__in=HIDING[hiding]).update(connections_audience="nobody")
    for member in people.values():
        member.refresh_from_db()
    lives, first_number = [], beyond_all_numbers()
    for are_connected in (True, False):
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            number_from(first_number)
            lives.append(seen_by_noor(people, are_connected=are_connected))
            transaction.set_rollback(True)
    assert lives[0]["/in/yan/"][0] == 200
    telling = {address for address in lives[0] if lives[0][address] != lives[1][address]}
    assert not telling
