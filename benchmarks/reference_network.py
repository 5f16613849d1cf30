"""Brings the reference network in, lets everybody claim their account, and measures the pages of the best connected.

    python -m benchmarks.reference_network

It works in a test database of its own. The data lies in the folder that ACQUAINT_REFERENCE_DATA names,
`../shared/data` if it doesn't; see `docs/reference-network.md`.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PAIRS = 200
PAGES = {
    "Feed": "/",
    "Profile of their own": "/in/{own}/",
    "Profile of somebody else": "/in/{other}/",
    "Connections": "/network/connections/",
    "Requests": "/network/",
    "Search": "/search/people/?q={word}",
    "Messages": "/messages/",
}


def data_folder() -> Path:
    """Where the reference network lies."""
    beside = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    return Path(os.environ.get("ACQUAINT_REFERENCE_DATA", beside))


@dataclass
class Measured:
    """What one step took, in seconds, and how many things it was about."""

    what: str
    seconds: float
    count: int = 0


def bring_in(folder: Path, errors: Path) -> list[Measured]:
    """Import the three files of a folder."""
    from django.core.management import call_command

    from accounts.models import User
    from network.models import AgreedConnection
    from profiles.models import Position

    steps: list[tuple[str, str, Callable[[], int]]] = [
        ("import_roster", "roster.csv", User.objects.count),
        ("import_positions", "positions.csv", Position.objects.count),
        ("import_connections", "connections.csv", AgreedConnection.objects.count),
    ]
    measured = []
    for command, file, count in steps:
        start = time.perf_counter()
        call_command(command, folder / file, errors=errors / f"bad-{file}")
        measured.append(Measured(command, time.perf_counter() - start, count()))
    return measured


def claim_everybody() -> Measured:
    """Let everybody claim their account through the real action; their agreed connections open."""
    from accounts.actions import claim_account
    from accounts.models import User

    start, count = time.perf_counter(), 0
    for person in User.objects.filter(claimed_at__isnull=True).order_by("pk"):
        claim_account(person)
        count += 1
    return Measured("claim_account", time.perf_counter() - start, count)


def matched_organizations() -> list[tuple[str, int]]:
    """Count the pages that employers and schools became, and who is matched to them."""
    from communities.models import Belonging, Organization
    from profiles.models import Education, Position

    positions = Position.objects.filter(organization_key__in=Organization.objects.values("names__key"))
    educations = Education.objects.filter(school_key__in=Organization.objects.values("names__key"))
    return [
        ("organizations", Organization.objects.count()),
        ("schools among them", Organization.objects.filter(kind=Organization.Kind.SCHOOL).count()),
        ("names as written in CVs", _written("organization", Position) + _written("school", Education)),
        ("positions with a page", positions.count()),
        ("positions without one", Position.objects.count() - positions.count()),
        ("educations with a page", educations.count()),
        ("educations without one", Education.objects.count() - educations.count()),
        ("people matched to a page", len(set(positions.values_list("member")) | set(educations.values_list("member")))),
        ("proofs by the roster", Belonging.objects.count()),
        ("people whom it proves to be somewhere", Belonging.objects.values("member").distinct().count()),
    ]


def _written(field: str, model) -> int:
    return model.objects.values(field).distinct().count()


def best_connected():
    """Return the member with the most connections."""
    from django.db.models import Count

    from accounts.models import User

    return User.objects.annotate(degree=Count("connections")).order_by("-degree", "pk").first()


def compare_with_graph(pairs: int = PAIRS, seed: int = 7) -> list[str]:
    """Compare degree and mutual connections of random pairs with a plain graph; return what differs."""
    import networkx

    from accounts.models import User
    from network.degrees import decorate
    from network.models import Connection

    people = list(User.objects.order_by("pk"))
    graph = networkx.Graph()
    graph.add_nodes_from(member.pk for member in people)
    graph.add_edges_from(Connection.objects.values_list("member", "other"))
    dice, wrong = random.Random(seed), []
    for _pair in range(pairs):
        viewer, other = dice.sample(people, 2)
        near = sorted({pk for between in graph[viewer.pk] for pk in graph[between]} - {viewer.pk})
        if near and dice.random() < 0.5:  # half of them near each other: somebody whom a connection knows
            other = User.objects.get(pk=dice.choice(near))
        decorate([other], viewer=viewer)
        length = networkx.single_source_shortest_path_length(graph, viewer.pk, cutoff=3).get(other.pk)
        expected = (length, len(set(graph[viewer.pk]) & set(graph[other.pk])))
        if (other.degree, other.mutual_count) != expected:
            wrong.append(f"{viewer.pk} → {other.pk}: {(other.degree, other.mutual_count)} instead of {expected}")
    return wrong


def read_pages(member, times: int = 7) -> list[Measured]:
    """Read the member's pages as a browser of theirs, several times; the median, with the number of queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from network.models import Connection

    browser = Client()
    browser.force_login(member, backend="accounts.backends.MemberBackend")
    other = Connection.objects.of(member).select_related("other").order_by("other__name_folded").first().other
    measured = []
    for what, pattern in PAGES.items():
        address = pattern.format(own=member.handle, other=other.handle, word=other.first_name[:4])
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        count = len(queries)  # now: the next request forgets what was logged
        assert answer.status_code == 200, (address, answer.status_code)
        taken = []
        for _time in range(times):
            start = time.perf_counter()
            browser.get(address)
            taken.append(time.perf_counter() - start)
        measured.append(Measured(what, statistics.median(taken), count))
    return measured


def main() -> None:
    import tempfile

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    settings.DATABASES["default"]["TEST"]["NAME"] = "benchmark"
    setup_test_environment(debug=False)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with tempfile.TemporaryDirectory() as errors:
            steps = [*bring_in(data_folder(), Path(errors)), claim_everybody()]
        member = best_connected()
        print("\n| step | rows | seconds |\n|---|---|---|")
        for step in steps:
            print(f"| `{step.what}` | {step.count:,} | {step.seconds:.1f} |")
        print("\n| what became of employers and schools | |\n|---|---|")
        for what, count in matched_organizations():
            print(f"| {what} | {count:,} |")
        print(f"\n| page of the member with {member.degree} connections | queries | ms |\n|---|---|---|")
        for page in read_pages(member):
            print(f"| {page.what} | {page.count} | {page.seconds * 1000:.0f} |")
        start = time.perf_counter()
        wrong = compare_with_graph()
        print(f"\n{PAIRS} random pairs: {len(wrong)} differ from networkx ({time.perf_counter() - start:.1f} s)")
        print("\n".join(wrong))
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
