"""Reading suggestions costs the same whoever reads: nothing goes through all connections of the member."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from network.models import Connection
from network.suggesting.computing import suggest_to
from network.suggesting.reading import FEW, a_few_for
from network.views.tabs import MOST
from tests.network.test_degrees import connect, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

CONNECTIONS = 2000


@pytest.fixture
def hub() -> User:
    """Somebody with very many connections, of whom 25 know somebody whom the hub may know too."""
    hub, *others = people(CONNECTIONS + 26)
    connect(*((hub, other) for other in others[25:]), *zip(others[:25], others[-25:], strict=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE network_connection, accounts_user")
    suggest_to(hub)
    return hub


def read_of(plan: dict, table: str) -> float:
    """How many rows of a table are read in a plan, all loops together."""
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    here = own if plan.get("Relation Name") == table else 0
    return here + sum(read_of(part, table) for part in plan.get("Plans", ()))


def connections_read(queries: CaptureQueriesContext) -> dict[str, float]:
    """How many rows of connections each statement read."""
    found = {}
    for query in queries.captured_queries:
        if "network_connection" in query["sql"] and query["sql"].lstrip().startswith(("SELECT", "WITH")):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query["sql"].replace("%", "%%"), ())
                plan = cursor.fetchone()[0]
            plan = json.loads(plan) if isinstance(plan, str) else plan
            found[query["sql"]] = read_of(plan[0]["Plan"], "network_connection")
    return found


def test_nothing_reads_all_connections_of_a_member_with_very_many(hub, as_member):
    client = as_member(hub)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("suggestions")).context["page"]
    assert len(page.rows) == 20
    read = connections_read(queries)
    assert len(read) >= 3
    assert {sql: rows for sql, rows in read.items() if rows > 2 * MOST} == {}
    assert Connection.objects.of(hub).count() == CONNECTIONS


def test_the_few_beside_the_feed_cost_three_queries_and_read_few_connections(hub, django_assert_num_queries):
    with django_assert_num_queries(3), CaptureQueriesContext(connection) as queries:
        few = a_few_for(hub, 3)
    assert [member.mutual_count for member in few] == [1, 1, 1]
    assert max(connections_read(queries).values()) < 4 * FEW


def test_more_connections_than_are_counted_are_said_so(hub, as_member):
    assert f'Connections <span class="soft">{MOST}+</span>' in as_member(hub).get(reverse("suggestions")).text
