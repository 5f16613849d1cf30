"""Measures suggestions in the community that `benchmarks.search` made: computing them for everybody, and reading them.

    python -m benchmarks.suggestions --members 100000

Some members get very many connections, groups get members of all sizes, and events people who were there. Then the
workers' own function computes for everybody, batch by batch; a run that was broken off goes on where it was with
`--go-on`. At the end the page is read through HTTP by members with few, with many and with very many connections, in
turn with the yardstick and the floor of `benchmarks.search`. `--read` only reads.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections import defaultdict

from benchmarks.database import INSIDE, in_its_own_database, prepare
from benchmarks.search import (
    FLOOR,
    YARDSTICK,
    Client,
    cookie_of,
    questions,
    report,
)
from benchmarks.server import serving

HUBS = {101: 10_000, 102: 10_000, 103: 1_000, 104: 1_000, 105: 1_000, 106: 1_000}
"""Members who get so many connections in a community of 100,000; in a smaller one as many less."""
READERS = (100, 1_000, 10_000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggestions", description=__doc__)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--degree", type=int, default=60, help="connections of a member, on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--requests", type=int, default=200, help="how many of each kind are measured in a run")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--port", type=int, default=8198)
    parser.add_argument("--seconds", type=int, help="stop computing after so long")
    parser.add_argument("--go-on", action="store_true", help="compute only for those for whom it isn't done")
    parser.add_argument("--read", action="store_true", help="only read")
    arguments = parser.parse_args()
    arguments.drop = False
    if INSIDE in os.environ:
        return measure(arguments)
    return in_its_own_database(arguments, module="benchmarks.suggestions")


def measure(arguments: argparse.Namespace) -> int:
    prepare()
    from benchmarks.community import load

    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    bring_meetings(arguments.members, seed=arguments.seed)
    if not arguments.read:
        if not arguments.go_on:
            forget()
        compute(arguments)
    readers = those_who_read()
    compute_one_by_one(readers)
    with serving(arguments.port):
        read(arguments, readers)
    return 0


def bring_meetings(members: int, *, seed: int) -> None:
    """Bring very many connections to a few, large and small groups, and events that people confirm they were at."""
    from django.db import transaction
    from django.utils import timezone

    from benchmarks.loading import copy, run
    from communities.models import Attendance, Event, Group, Membership

    if run("SELECT 1 FROM benchmark_step WHERE name = 'meetings'"):
        return
    dice, now = random.Random(f"{seed} meetings"), timezone.now()
    with transaction.atomic():
        run("SET LOCAL session_replication_role = replica")
        for hub, most in HUBS.items():
            others = dice.sample(range(1, members + 1), min(most, most * members // 100_000))
            run(
                "INSERT INTO network_connection (member_id, other_id, connected_at) "
                "SELECT one, other, now() FROM unnest(%s::bigint[]) k, LATERAL (VALUES (%s, k), (k, %s)) v (one, other) "
                "WHERE k <> %s ON CONFLICT DO NOTHING",
                others, hub % members, hub % members, hub % members,
            )  # fmt: skip
        groups = list(Group.objects.order_by("pk").values_list("pk", flat=True))
        joined = {
            (groups[int(len(groups) * dice.random() ** 3)], member)
            for member in range(1, members + 1)
            for _group in range(2)
        } - set(Membership.objects.values_list("group", "member"))
        first = (run("SELECT max(id) FROM communities_membership")[0][0] or 0) + 1
        copy(Membership, len(joined), (
            {"id": number, "group_id": group, "member_id": member}
            for number, (group, member) in enumerate(sorted(joined), first)
        ))  # fmt: skip
        events = list(Event.objects.order_by("pk").values_list("pk", flat=True))
        were_there = {
            (events[int(len(events) * dice.random() ** 2)], member)
            for member in range(1, members + 1)
            if dice.random() < 0.3
        }
        copy(Attendance, len(were_there), (
            {"id": number, "event_id": event, "member_id": member, "answer": "attending", "seated_at": now,
             "confirmed_at": now}
            for number, (event, member) in enumerate(sorted(were_there), 1)
        ))  # fmt: skip
        run("INSERT INTO benchmark_step VALUES ('meetings')")
    run("VACUUM ANALYZE")


def forget() -> None:
    from benchmarks.loading import run

    run("TRUNCATE network_suggestion, network_suggestedto")


def compute(arguments: argparse.Namespace) -> None:
    """Do what the workers do, for everybody; print what it took."""
    import psutil
    from django.db import connection
    from tqdm import tqdm

    from benchmarks.loading import run
    from network.suggesting.computing import due, list_new_members, suggest_to_next

    start = time.perf_counter()
    list_new_members()
    print(f"everybody listed in {time.perf_counter() - start:.1f} s")
    left, done, batches, most = due().count(), 0, [], 0
    connection.ensure_connection()
    backend = psutil.Process(connection.connection.info.backend_pid)
    start, worked = time.perf_counter(), cpu_of(backend)
    with tqdm(total=left, unit=" members", mininterval=5) as progress:
        while not arguments.seconds or time.perf_counter() - start < arguments.seconds:
            before = time.perf_counter()
            if not (some := suggest_to_next(due())):
                break
            batches.append((time.perf_counter() - before) / some)
            done += some
            progress.update(some)
            most = max(most, backend.memory_full_info().uss)
    taken, worked = time.perf_counter() - start, cpu_of(backend) - worked
    rows, size = run("SELECT count(*), pg_total_relation_size('network_suggestion') FROM network_suggestion")[0]
    friends = run("SELECT sum(n * n) FROM (SELECT count(*) n FROM network_connection GROUP BY member_id) x")[0][0]
    print(
        f"{done:,} of {left:,} members in {taken / 60:.1f} min: {done / taken:.0f} a second, {taken / done * 1000:.1f} ms "
        f"each (median batch {statistics.median(batches) * 1000:.1f}, slowest {max(batches) * 1000:.1f}), of which the "
        f"database's process worked {worked / done * 1000:.1f} ms; "
        f"{friends / arguments.members:,.0f} friends of friends each; {rows:,} suggestions in {size / 2**20:,.0f} MB; "
        f"memory of the database's process {most / 2**20:.0f} MB, of this one "
        f"{psutil.Process().memory_full_info().uss / 2**20:.0f} MB"
    )


def cpu_of(process) -> float:
    """Seconds of a processor that a process has used."""
    times = process.cpu_times()
    return times.user + times.system


def those_who_read() -> dict[str, object]:
    """Members with about so many connections as `READERS` says, or the nearest."""
    from accounts.models import User
    from benchmarks.loading import run

    nearest = (
        "SELECT member_id, count(*) FROM network_connection GROUP BY member_id ORDER BY abs(count(*) - %s), 1 LIMIT 1"
    )
    found = [run(nearest, degree)[0] for degree in READERS]
    return {f"suggestions of a member with {degree:,} connections": User.objects.get(pk=pk) for pk, degree in found}


def compute_one_by_one(readers: dict) -> None:
    """Compute for each reader alone, twice: from nothing, and again when nothing has changed."""
    from network.models import SuggestedTo, Suggestion
    from network.suggesting.computing import suggest_to

    for name, member in readers.items():
        taken = []
        Suggestion.objects.filter(member=member).delete()
        for _time in range(2):
            SuggestedTo.objects.filter(member=member).update(suggested_at=None)
            start = time.perf_counter()
            suggest_to(member)
            taken.append(f"{(time.perf_counter() - start) * 1000:.0f} ms")
        print(f"computing {name} alone: {', again '.join(taken)}")


def read(arguments: argparse.Namespace, readers: dict) -> None:
    """Ask for the page of each reader in turn with the yardstick and the floor."""
    known, names = questions(arguments.seed), list(readers)
    asked = {name: known[name] for name in (YARDSTICK, FLOOR)}
    asked |= dict.fromkeys(names, lambda number: "/network/suggestions/")
    client = Client(arguments.port, [cookie_of(member) for member in readers.values()])
    runs = []
    for seed in range(-1, arguments.runs):
        taken: dict[str, list[float]] = defaultdict(list)
        for number in range(arguments.requests if seed >= 0 else 5):
            for name, question in asked.items():
                who = names.index(name) if name in names else 0
                taken[name].append(client.get(question(number + seed * 1000), who))
        runs += [taken] if seed >= 0 else []  # the first only warms
    report(runs, arguments)


if __name__ == "__main__":
    sys.exit(main())
