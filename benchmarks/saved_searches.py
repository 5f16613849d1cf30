"""Measures the daily look for saved searches in the community that `benchmarks.search` made.

    python -m benchmarks.saved_searches --members 100000 --searches 10000 --changed 500

Everything happens in one transaction that is rolled back: searches are saved as if yesterday, some members change their
headline, and the chore runs until nothing is due.
"""

import argparse
import os
import random
import statistics
import sys
import time
from datetime import timedelta

from benchmarks.database import INSIDE, in_its_own_database


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.saved_searches", description=__doc__)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--degree", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--changed", type=int, default=10, help="how many members change their headline that day")
    arguments = parser.parse_args()
    arguments.drop = False
    if INSIDE in os.environ:
        return measure(arguments)
    return in_its_own_database(arguments, module="benchmarks.saved_searches")


def measure(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db import transaction

    from benchmarks.community import load

    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    with transaction.atomic():
        taken, looked, found = one_day(arguments.searches, arguments.changed, seed=arguments.seed)
        transaction.set_rollback(True)
    print(
        f"{arguments.members:,} members, {looked:,} searches, {arguments.changed:,} members changed: {sum(taken):.1f} s "
        f"in {len(taken)} chores (median {statistics.median(taken):.1f} s), {sum(taken) / looked * 1000:.1f} ms a search, "
        f"{found:,} found"
    )
    return 0


def one_day(searches: int, changed: int, *, seed: int) -> tuple[list[float], int, int]:
    """Let a day pass; return what each chore took, in seconds, how many searches were looked after, and the finds."""
    from django.utils import timezone

    from accounts.models import User
    from benchmarks.names import CITIES, ROLES, THINGS
    from search.looking import look_for_new_people
    from search.models import Find, SavedSearch

    dice, yesterday = random.Random(seed), timezone.now() - timedelta(days=1, hours=1)
    everybody = list(User.objects.order_by("pk").values_list("pk", flat=True))
    SavedSearch.objects.bulk_create(
        SavedSearch(member_id=everybody[number % len(everybody)], words=dice.choice(ROLES),
                    place=dice.choice(["", *CITIES]), skill=dice.choice(["", *THINGS]),
                    degree=dice.choice(["", "", "2"]), looked_at=yesterday)
        for number in range(searches)
    )  # fmt: skip
    for member in User.objects.filter(pk__in=dice.sample(everybody, changed)):
        member.headline = f"{dice.choice(ROLES)} and {dice.choice(ROLES)}"
        member.save()
    taken, looked = [], 0
    while True:
        start = time.perf_counter()
        if not (some := look_for_new_people()):
            return taken, looked, Find.objects.count()
        taken.append(time.perf_counter() - start)
        looked += some


if __name__ == "__main__":
    sys.exit(main())
