"""The benchmark of searching, in small: every page that it measures answers, with as many queries as stated.

Times are not looked at.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks.community import Made
from benchmarks.loading import run
from benchmarks.search import FLOOR, YARDSTICK, questions

pytestmark = [pytest.mark.django_db, pytest.mark.urls("benchmarks.yardstick")]

QUERIES = {
    YARDSTICK: 3,
    "the same as a page": 5,
    FLOOR: 5,
    "completion": 5,
    "people by name": 11,
    "people by a frequent word": 11,
    "people by three words": 11,
    "people of a place, 2nd degree": 11,
    "people of an organization": 12,
    "people with a skill and a school": 12,
    "posts": 9,
    "everything": 18,
    "people there now": 16,
    "people there before": 16,
    "people there, far down": 16,
}
"""At most; nearer people make for one question less (who is three steps away)."""


@pytest.fixture
def community() -> Made:
    made = Made(300, degree=8, seed=7)
    run("SET LOCAL session_replication_role = replica")
    for _name, step in made.steps():
        step()
    run("SET LOCAL session_replication_role = origin")
    run("ANALYZE")  # what the planner believes of empty tables makes single queries take minutes
    return made


def test_every_measured_page_answers_at_the_cost_that_is_stated(community, client):
    asked = questions(seed=7)
    assert set(asked) == set(QUERIES)
    for pk in (2, 150):
        client.force_login(User.objects.get(pk=pk), backend="accounts.backends.MemberBackend")
        client.get("/search/people/?q=a")
        for name, question in asked.items():
            for number in range(2):
                with CaptureQueriesContext(connection) as counted:
                    answer = client.get(question(number))
                assert answer.status_code == 200, name
                assert len(counted) <= QUERIES[name], (name, len(counted), [query["sql"][:90] for query in counted])
