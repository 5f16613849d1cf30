"""Degrees and mutual connections, compared with a plain computation on a graph."""

import random
from datetime import timedelta
from itertools import pairwise

import networkx
import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.audiences import Audience
from accounts.models import Block, User
from network.degrees import decorate, mutual_connections
from network.models import Connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def people(count: int, **fields) -> list[User]:
    now = timezone.now()
    return User.objects.bulk_create(
        User(email=f"p{n}@example.org", handle=f"p{n}", first_name=f"P{n}", claimed_at=now, welcomed_at=now, **fields)
        for n in range(count)
    )


def connect(*pairs) -> None:
    Connection.objects.bulk_create(
        Connection(member=one, other=other) for pair in pairs for one, other in (pair, reversed(pair))
    )


def seen_graph(members, viewer) -> networkx.Graph:
    """The graph that the viewer walks: their own connections, and all others that count, among people they see."""
    seen = set(User.objects.visible_to(viewer)) | {viewer}
    graph = networkx.Graph()
    graph.add_nodes_from(members)
    for connection in Connection.objects.select_related("member", "other"):
        one, other = connection.member, connection.other
        hidden = Audience.NOBODY in (one.connections_audience, other.connections_audience)
        if one in seen and other in seen and (viewer in (one, other) or not hidden):
            graph.add_edge(one, other)
    return graph


@pytest.mark.parametrize("seed", range(4))
def test_degrees_and_mutual_counts_are_those_of_the_graph(seed, django_assert_max_num_queries):
    chance = random.Random(seed)
    members = people(60)
    connect(*[pair for pair in all_pairs(members) if chance.random() < 0.035])
    for member in chance.sample(members, 8):
        User.objects.filter(pk=member.pk).update(connections_audience=Audience.NOBODY)
    for member in chance.sample(members, 5):
        User.objects.filter(pk=member.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    for blocker, blocked in [chance.sample(members, 2) for _ in range(40)]:
        Block.objects.get_or_create(blocker=blocker, blocked=blocked)

    for viewer in chance.sample(list(User.objects.present()), 10):
        graph = seen_graph(members, viewer)
        near = networkx.single_source_shortest_path_length(graph, viewer, cutoff=3)
        with django_assert_max_num_queries(3):
            decorated = decorate(User.objects.visible_to(viewer), viewer=viewer)
        assert {member: member.degree for member in decorated} == {member: near.get(member) for member in decorated}
        for member in decorated:
            assert member.mutual_count == len(shared_in(graph, viewer, member))
        for member in [each for each in decorated if near.get(each, 3) == 3][
            :12
        ]:  # from the other side, if that is small
            (alone,) = decorate([member], viewer=viewer)
            assert alone.degree == near.get(alone)
        for member in chance.sample(decorated, 6):
            assert set(mutual_connections(member, viewer)) == shared_in(graph, viewer, member)


def all_pairs(members):
    return networkx.complete_graph(members).edges


def shared_in(graph, viewer, member) -> set[User]:
    return set() if member == viewer else set(networkx.common_neighbors(graph, viewer, member))


def test_any_list_of_people_costs_two_queries(django_assert_num_queries):
    members = people(60)
    connect(*pairwise(members))
    with django_assert_num_queries(2):
        decorate(members[:1] + members[4:5], viewer=members[0])
    with django_assert_num_queries(2):
        decorate(members, viewer=members[0])


def test_whoever_hides_their_connections_is_still_a_connection_of_their_own_but_leads_nowhere():
    viewer, hiding, beyond = people(3)
    connect((viewer, hiding), (hiding, beyond))
    User.objects.filter(pk=hiding.pk).update(connections_audience=Audience.NOBODY)
    decorate([hiding, beyond], viewer=viewer)
    assert (hiding.degree, beyond.degree, beyond.mutual_count) == (1, None, 0)


def test_ones_own_connections_count_for_oneself_even_if_one_hides_them():
    viewer, between, beyond = people(3)
    connect((viewer, between), (between, beyond))
    User.objects.filter(pk=viewer.pk).update(connections_audience=Audience.NOBODY)
    decorate([beyond, viewer], viewer=User.objects.get(pk=viewer.pk))
    assert (viewer.degree, beyond.degree, beyond.mutual_count) == (0, 2, 1)
    decorate([viewer], viewer=beyond)
    assert (viewer.degree, viewer.mutual_count) == (None, 0)


def test_a_visitor_is_far_from_everybody(django_assert_num_queries):
    (member,) = people(1)
    with django_assert_num_queries(0):
        decorate([member], viewer=AnonymousUser())
    assert (member.degree, member.mutual_count) == (None, 0)
