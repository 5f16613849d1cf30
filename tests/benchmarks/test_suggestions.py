"""The benchmark of suggestions, in small: that it computes for everybody, and what reading costs. Not for times."""

from argparse import Namespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import suggestions
from benchmarks.community import Made
from benchmarks.loading import run
from network.models import SuggestedTo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

QUERIES = 12
"""At most: session, member, community and header; the tabs; whether they are of today; the rows, standing, ground."""


def test_everybody_gets_suggestions_and_reading_costs_the_same_for_all(client, monkeypatch, capsys):
    made = Made(300, degree=8, seed=7)
    run("SET LOCAL session_replication_role = replica")
    run("CREATE TABLE benchmark_step (name text PRIMARY KEY)")
    monkeypatch.setattr(
        "benchmarks.loading.run", lambda sql, *values: [] if sql == "VACUUM ANALYZE" else run(sql, *values)
    )
    for _name, step in made.steps():
        step()
    suggestions.bring_meetings(300, seed=7)
    run("SET LOCAL session_replication_role = origin")
    suggestions.compute(Namespace(members=300, seconds=None))
    assert "300 of 300 members" in capsys.readouterr().out
    assert not SuggestedTo.objects.filter(suggested_at=None).exists()
    costs = []
    for member in suggestions.those_who_read().values():
        client.force_login(member, backend="accounts.backends.MemberBackend")
        client.get("/network/suggestions/")
        with CaptureQueriesContext(connection) as counted:
            page = client.get("/network/suggestions/").context["page"]
        assert page.rows
        costs.append(len(counted))
    assert len(set(costs)) == 1
    assert costs[0] <= QUERIES
