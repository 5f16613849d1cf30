"""Measures what it costs to say of twenty people what they share with the viewer, by how many connections one has.

    python -m benchmarks.ground --members 100000

The community is that of `benchmarks.search`, in the same database; two of its members are given 100 and 10,000
connections (or a third of everybody, if that is less), events and proofs. What the database reads, in blocks of 8 KB,
is the same on every machine, and the time that this process works hardly depends on what else a machine does; how long
one waits does.
"""

import argparse
import os
import random
import statistics
import sys
import time

from benchmarks.database import INSIDE, in_its_own_database

PEOPLE = 20
FEW, MANY = 100, 10_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ground", description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--degree", type=int, default=60, help="connections of a member, on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--drop", action="store_true", help="remove the database and end")
    arguments = parser.parse_args()
    if INSIDE in os.environ:
        return measure(arguments)
    return in_its_own_database(arguments, "benchmarks.ground")


def measure(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.community import load

    call_command("migrate", interactive=False, verbosity=0)
    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    few, many = viewers(arguments)
    print(f"\n{arguments.members:,} members, {PEOPLE} people, {arguments.runs} runs\n")
    print(
        "| connections of the viewer | what is asked | queries | blocks read | of this process, ms | fastest, ms | median, ms |"
    )
    print("|---|---|---|---|---|---|---|")
    for viewer in (few, many):
        for asked in ("common ground", "the same, decorated before", "proved among"):
            report(viewer, asked, arguments)
    return 0


def viewers(arguments: argparse.Namespace) -> list:
    """Two members with few and with many connections, who were at events and at the organizations of their CVs."""
    from django.db import transaction
    from django.db.models import Q

    from accounts.models import User
    from benchmarks.loading import run
    from communities.models import Attendance, Belonging
    from network.models import Connection

    numbers = arguments.members // 2, arguments.members // 2 + 1
    dice = random.Random(arguments.seed)
    if Connection.objects.filter(member=numbers[0]).count() != FEW:
        print("people who were there")
        Belonging.objects.all().delete()
        Attendance.objects.all().delete()
        run(
            "INSERT INTO communities_belonging (member_id, organization_id, source, proved_at) "
            "SELECT DISTINCT p.member_id, n.organization_id, 'roster', now() FROM profiles_position p "
            "JOIN communities_organizationname n ON n.key = p.organization_key WHERE p.member_id % 2 = 0"
        )
        run(
            "INSERT INTO communities_attendance (event_id, member_id, answer, answered_at, seated_at, confirmed_at) "
            "SELECT e.id, u.id, 'attending', now(), now(), now() FROM accounts_user u CROSS JOIN LATERAL ("
            "SELECT id FROM communities_event WHERE id > u.id % 997 ORDER BY id LIMIT 4) e"
        )
        for number, many in zip(numbers, (FEW, min(MANY, arguments.members // 3)), strict=True):
            with transaction.atomic():  # neither direction stands without the other
                Connection.objects.filter(Q(member=number) | Q(other=number)).delete()
            others = dice.sample([pk for pk in range(1, arguments.members + 1) if pk not in numbers], many)
            ends = [(number, other) for other in others]
            Connection.objects.bulk_create(
                (Connection(member_id=one, other_id=other) for pair in ends for one, other in (pair, pair[::-1])),
                batch_size=5000,
            )
        run("VACUUM ANALYZE network_connection")
        run("ANALYZE")
    assert Attendance.objects.exists()
    return [User.objects.get(pk=number) for number in numbers]


def report(viewer, asked: str, arguments: argparse.Namespace) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from network.models import Connection

    taken, own, queries, blocks = [], [], 0, []
    for number in range(arguments.runs):
        ask = question(asked, twenty(viewer, random.Random(number), arguments), viewer)
        start, worked = time.perf_counter(), time.process_time()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
        own.append((time.process_time() - worked) * 1000)
        if number % 10 == 0:
            ask = question(asked, twenty(viewer, random.Random(number), arguments), viewer)
            with CaptureQueriesContext(connection) as captured:
                ask()
            queries = len(captured)
            blocks.append(sum(blocks_of(query["sql"]) for query in captured))
    ties = Connection.objects.of(viewer).count()
    print(
        f"| {ties:,} | {asked} | {queries} | {statistics.median(blocks):,.0f} | {statistics.median(own):.1f} "
        f"| {min(taken):.1f} | {statistics.median(taken):.1f} |"
    )


def question(asked: str, people: list, viewer):
    from network.degrees import decorate
    from network.ground import common_ground, proved_among

    if asked == "proved among":
        return lambda: proved_among([member.pk for member in people], viewer)
    if asked != "common ground":
        decorate(people, viewer=viewer)
    return lambda: common_ground(people, viewer=viewer)


def twenty(viewer, dice: random.Random, arguments: argparse.Namespace) -> list:
    """Ten people whom the viewer's connections know, and ten others."""
    from accounts.models import User
    from network.models import Connection

    bridges = dice.sample(list(Connection.objects.of(viewer).values_list("other", flat=True)), 10)
    near = [
        dice.choice(list(Connection.objects.filter(member=bridge).values_list("other", flat=True)))
        for bridge in bridges
    ]
    others = [dice.randrange(1, arguments.members + 1) for _ in range(PEOPLE * 2)]
    wanted = [pk for pk in dict.fromkeys([*near, *others]) if pk != viewer.pk][:PEOPLE]
    return list(User.objects.in_bulk(wanted).values())


def blocks_of(sql: str) -> int:
    """How many blocks PostgreSQL reads for a query, from memory or not."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON, TIMING OFF) " + sql.replace("%", "%%"), [])
        ((plan,),) = cursor.fetchall()
    top = plan[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"]


if __name__ == "__main__":
    sys.exit(main())
