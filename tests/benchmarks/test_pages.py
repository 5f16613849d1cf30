"""The benchmark of the whole site, in small: every page that it measures answers, with as many queries as stated.

Times are not looked at. What is measured is asked through a test client in the place of HTTP.
"""

import pytest
from django.test import Client as Browser

from benchmarks import community, pages, report
from benchmarks.client import SECRET, Taken, worked
from benchmarks.loading import run
from benchmarks.measuring import as_it_was, figures, median_of
from benchmarks.steps import reserved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed"), pytest.mark.urls("benchmarks.yardstick")]

MEMBERS = 300
QUERIES = {
    "feed": 10,
    "highlights": 18,
    "profile": 24,
    "search": 13,
    "suggestions": 13,
    "network": 14,
    "connections": 11,
    "conversation": 12,
    "posting": 26,
    "asking": 60,
}
"""At most, by the first word of the page's name."""


class Asking:
    """Asks the site as `benchmarks.client.Client` does, without a server."""

    def __init__(self) -> None:
        self.client = Browser(enforce_csrf_checks=True)

    def signed_in(self, cookie: str) -> Browser:
        self.client.cookies.load({"sessionid": cookie, "csrftoken": SECRET})
        return self.client

    def get(self, address: str, cookie: str) -> Taken:
        return self._taken(lambda client: client.get(address), cookie)

    def post(self, address: str, cookie: str, form: dict) -> Taken:
        return self._taken(lambda client: client.post(address, form, headers={"X-CSRFToken": SECRET}), cookie)

    def read(self, address: str, cookie: str) -> str:
        return self.signed_in(cookie).get(address).content.decode()

    def _taken(self, ask, cookie: str) -> Taken:
        answer = ask(self.signed_in(cookie))
        told = {name: float(answer.headers[f"X-{name}"]) for name in ("Worked", "Database", "Queries")}
        size = len(answer.content)
        return Taken(1.0, answer.status_code, told["Worked"], told["Database"], int(told["Queries"]), size, size)


@pytest.fixture
def built(settings) -> community.Made:
    settings.MIDDLEWARE = ["benchmarks.accounting.AccountingMiddleware", *settings.MIDDLEWARE]
    made = community.Made(MEMBERS, degree=8, seed=7)
    run("SET LOCAL session_replication_role = replica")
    for _name, step in made.steps():
        step()
    run("SET LOCAL session_replication_role = origin")
    run("ANALYZE")
    return made


def test_every_measured_page_answers_at_the_cost_that_is_stated(built):
    with as_it_was():
        pages.suggest_ahead()
        asking = Asking()
        found, costs = {}, {}
        for page in pages.all_pages(MEMBERS, 7, asking):
            if page.on_floor:
                continue
            page.ask(asking, 0)  # what is written once is written
            taken = [page.ask(asking, number) for number in (1, 2)]
            assert all(worked(answer) for answer in taken), page.name
            most = max(answer.queries for answer in taken)
            costs[page.name] = most
            found[page.name] = figures(taken)
    assert {name: cost for name, cost in costs.items() if cost > QUERIES[name.split()[0].rstrip(",")]} == {}
    assert run("SELECT count(*) FROM feed_post")[0][0] == MEMBERS * built.posts
    table = report.table({"members": MEMBERS, "at_once": {}, "alone": median_of([found | {"floor": found["network"]}])})
    assert len(table.splitlines()) == len(found) + 3


def test_readers_have_as_many_sources_as_stated_and_the_same_seed_gives_the_same_network(built):
    sources = dict(run("SELECT follower_id, count(*) FROM network_follow WHERE follower_id <= 10 GROUP BY follower_id"))
    assert {reader: sources.get(reader, 0) for reader in range(3, 11)} == reserved.sources(MEMBERS)
    again = community.Made(MEMBERS, degree=8, seed=7)
    assert list(community.ties._pairs(again, 1200)) == list(community.ties._pairs(built, 1200))
    assert list(community.ties._pairs(community.Made(MEMBERS, degree=8, seed=8), 1200)) != list(
        community.ties._pairs(built, 1200)
    )
