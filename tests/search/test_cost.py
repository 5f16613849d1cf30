"""What a page of results costs: the same number of queries whatever is asked and whatever is found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.finding import FEW_TIES
from profiles.models import Education, Position, Skill
from search import people as module
from tests.factories import MemberFactory, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

QUERIES = 13
"""Session, member, community, what waits, names of organizations, a few matches, rings, members, two for degrees,
two for what is shared."""

ASKED = {
    "a word": "q=kim",
    "several words": "q=kim+hydrologist+leeds",
    "a place": "place=Leeds",
    "an organization": "organization=Water+Works",
    "an organization, now": "organization=Water+Works&is_now=on",
    "a school": "school=Uppsala",
    "a skill": "skill=Gauges",
    "1st degree": "q=kim&degree=1",
    "2nd degree": "q=kim&degree=2",
    "3rd degree": "q=kim&degree=3",
    "everything at once": "q=kim&place=Leeds&organization=Water+Works&is_now=on&school=Uppsala&skill=Gauges&degree=2",
}


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def bring(many: int, bridge) -> None:
    for number in range(many):
        member = MemberFactory(first_name="Kim", headline="Hydrologist", place="Leeds")
        Position.objects.create(member=member, title="Gauger", organization="Water Works")
        Education.objects.create(member=member, school="Uppsala")
        Skill.objects.create(member=member, name="Gauges")
        if number % 3 == 0:
            connect(bridge, member)


@pytest.mark.parametrize("are_many", [False, True])
def test_people_cost_the_same_with_few_and_with_fifty_and_no_more_with_none(as_member, lina, monkeypatch, are_many):
    if are_many:
        monkeypatch.setattr(module, "FEW", 0)
    client, bridge = as_member(lina), MemberFactory()
    connect(lina, bridge)
    client.get("/search/people/?q=kim")
    counted: dict[str, list[int]] = {asked: [] for asked in ASKED}
    for more in (0, 2, 48):  # one near and one far: who is far is asked for once more
        bring(more, bridge)
        for asked, parameters in ASKED.items():
            counted[asked].append(queries(client, f"/search/people/?{parameters}"))
    for asked, (none, few, fifty) in counted.items():
        assert none <= fifty <= few <= QUERIES, (asked, counted[asked])


@pytest.mark.parametrize("address", ["/search/posts/?q=kim", "/search/?q=kim", "/search/complete/?q=kim"])
def test_the_other_pages_too(as_member, lina, address):
    from feed.actions import publish_post

    client, bridge, counted = as_member(lina), MemberFactory(), []
    connect(lina, bridge)
    client.get(address)
    for more in (1, 49):
        bring(more, bridge)
        for _post in range(more):
            publish_post(by=bridge, text="Kim measures", audience="members")
        counted.append(queries(client, address))
    assert counted[1] <= counted[0] + (address == "/search/?q=kim"), counted


def test_with_many_connections_of_ones_own_the_order_is_the_same(as_member, lina, monkeypatch):
    monkeypatch.setattr(module, "FEW", 0)
    bridge, hiding = MemberFactory(), MemberFactory(connections_audience="nobody")
    connect(lina, bridge)
    connect(lina, hiding)
    kims = [MemberFactory(first_name="Kim", last_name=last) for last in "ABCDEF"]
    connect(lina, kims[5])
    connect(bridge, kims[4])
    connect(hiding, kims[0])
    shy = MemberFactory(first_name="Kim", last_name="G", connections_audience="nobody")
    connect(bridge, shy)
    client, seen = as_member(lina), []
    for few_ties in (FEW_TIES, 0):
        monkeypatch.setattr("network.finding.FEW_TIES", few_ties)
        page = client.get("/search/people/?q=kim")
        seen.append([member.last_name for member in page.context["people"]])
    assert seen[0] == seen[1] == ["F", "E", "A", "B", "C", "D", "G"]
