"""Measures searching through HTTP, on the server as it runs, beside two addresses that do hardly anything.

One only looks up one row by its key; the other reads twenty rows and shows them on twenty cards.

    python -m benchmarks.search --members 100000

The community is made once in a database of its own (on the embedded PostgreSQL, or on the server that DATABASE_URL
names) and kept, so that the next run only measures. `--drop` removes it. What counts are the ratios: both are measured
in turn, request by request, so that whatever else the machine does falls on both.
"""

import argparse
import http.client
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from urllib.parse import quote, quote_plus

from benchmarks.database import INSIDE, in_its_own_database, prepare
from benchmarks.server import serving

YARDSTICK = "one row by its key"
FLOOR = "twenty rows on twenty cards"
VIEWERS = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--degree", type=int, default=60, help="connections of a member, on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--requests", type=int, default=200, help="how many of each kind are measured in a run")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--only", nargs="*", help="the kinds that are measured beside the yardstick, by name")
    parser.add_argument("--drop", action="store_true", help="remove the database and end")
    arguments = parser.parse_args()
    if INSIDE in os.environ:
        return measure(arguments)
    return in_its_own_database(arguments, "benchmarks.search")


def measure(arguments: argparse.Namespace) -> int:
    prepare()
    from benchmarks.community import load

    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    viewers, asked = sign_in(arguments.members), questions(arguments.seed)
    if arguments.only:
        asked = {name: question for name, question in asked.items() if name in (YARDSTICK, FLOOR, *arguments.only)}
    with serving(arguments.port):
        client = Client(arguments.port, viewers)
        for question in asked.values():  # warm
            for number in range(VIEWERS):
                client.get(question(number), number)
        runs = [one_run(client, asked, arguments.requests, seed) for seed in range(arguments.runs)]
    report(runs, arguments)
    return 0


def sign_in(members: int) -> list[str]:
    """Return cookies of members: the best connected two, and others."""
    from accounts.models import User

    some = [2, *range(1, members, max(1, members // VIEWERS))][:VIEWERS]
    return [cookie_of(member) for member in User.objects.filter(pk__in=some)]


def cookie_of(member) -> str:
    """Sign a member in, and return the cookie."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.MemberBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key


def questions(seed: int) -> dict:
    """What is asked for, by kind: functions from a number to an address."""
    from accounts.models import User
    from benchmarks.names import CITIES, ROLES, THINGS, WORDS

    dice = random.Random(seed)
    people = list(
        User.objects.order_by("pk").values_list("pk", "first_name", "last_name")[:: max(1, User.objects.count() // 500)]
    )

    def beginning(number: int) -> str:
        _pk, first, last = people[number * 7 % len(people)]
        name = (first, last, f"{first} {last}")[number % 3]
        return name[: 1 + number % 6] if number % 3 < 2 else name[: len(first) + 2]

    def one(those: list[str], number: int) -> str:
        return quote_plus(those[number % len(those)])

    dice.shuffle(people)
    return {
        YARDSTICK: lambda number: f"/yardstick/{people[number % len(people)][0]}/",
        "the same as a page": lambda number: f"/yardstick/page/{people[number % len(people)][0]}/",
        FLOOR: lambda number: f"/yardstick/people/{people[number % len(people)][0]}/",
        "completion": lambda number: f"/search/complete/?q={quote_plus(beginning(number))}",
        "people by name": lambda number: f"/search/people/?q={quote_plus(' '.join(people[number % len(people)][1:]))}",
        "people by a frequent word": lambda number: f"/search/people/?q={one(ROLES, number)}",
        "people by three words": lambda number: f"/search/people/?q={one(THINGS, number)}+{one(ROLES, number)}+{one(CITIES, number)}",
        "people of a place, 2nd degree": lambda number: f"/search/people/?place={one(CITIES, number)}&degree=2",
        "people of an organization": lambda number: f"/search/people/?organization={one(CITIES, number)}+{one(THINGS, number)}&is_now=on",
        "people with a skill and a school": lambda number: f"/search/people/?skill={one(THINGS, number)}&school=University+of+{one(CITIES, number)}",
        "posts": lambda number: f"/search/posts/?q={one(WORDS, number)}+{one(WORDS, number + 7)}",
        "everything": lambda number: f"/search/?q={one(THINGS, number)}",
        "people there now": lambda number: "/organizations/organization-1/people/",
        "people there before": lambda number: "/organizations/organization-1/people/?when=before",
        "people there, far down": lambda number: f"/organizations/organization-1/people/?after={1 + number % 2}.1.m",
    }  # fmt: skip


class Client:
    """One browser that keeps its connection, with the cookies of several members."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self.http, self.cookies = http.client.HTTPConnection("127.0.0.1", port, timeout=60), cookies

    def get(self, address: str, number: int) -> float:
        """Return how many seconds an answer took."""
        headers = {"Cookie": f"sessionid={self.cookies[number % len(self.cookies)]}"}
        start = time.perf_counter()
        self.http.request("GET", quote(address, safe="/?&=+%"), headers=headers)
        answer = self.http.getresponse()
        answer.read()
        assert answer.status == 200, f"{answer.status} for {address}"
        return time.perf_counter() - start


def one_run(client: Client, asked: dict, requests: int, seed: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = defaultdict(list)
    for number in range(requests):
        for name, question in asked.items():
            taken[name].append(client.get(question(number + seed * 1000), number * 13 + seed))
    return taken


def report(runs: list[dict[str, list[float]]], arguments: argparse.Namespace) -> None:
    print(f"\n{arguments.members:,} members, {arguments.degree} connections each, {arguments.requests} requests of each "
          f"kind in each of {len(runs)} runs\n")  # fmt: skip
    print(
        "| | p50, ms | p95, ms | p50 and p95, times the yardstick's | p50 and p95, times the floor's |\n|---|---|---|---|---|"
    )
    for name in runs[0]:
        figures = [f"{statistics.median(part(run[name], share) for run in runs) * 1000:.1f}" for share in SHARES]
        for other in (YARDSTICK, FLOOR):
            ratios = [[part(run[name], share) / part(run[other], share) for run in runs] for share in SHARES]
            figures.append(" and ".join(f"{statistics.median(ratio):.2f}" for ratio in ratios))
        print(f"| {name} | {' | '.join(figures)} |")


SHARES = (50, 95)


def part(seconds: list[float], share: int) -> float:
    return statistics.quantiles(seconds, n=100)[share - 1]


if __name__ == "__main__":
    sys.exit(main())
