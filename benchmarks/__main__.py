"""Builds a network of any size and measures the site on it, through HTTP, beside the floor.

    python -m benchmarks --members 100000

The network is made once in a database of its own (on the embedded PostgreSQL, or on the server that DATABASE_URL names)
and kept; a run that was broken off goes on with the step that it was at. The site runs as in production, the floor on a
server of the same kind (`benchmarks.floor`). What counts are the ratios: pages are asked in turn with the floor. The
figures go to `benchmarks/results/<members>.json`, and from there into `docs/performance.md`. `--build` only builds,
`--drop` removes the database.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime

from benchmarks.database import HOME, INSIDE, in_its_own_database, prepare
from benchmarks.measuring import Ports, as_it_was, at_once, median_of, one_run
from benchmarks.server import memory_of, serving


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--degree", type=int, default=60, help="connections of a member, on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--requests", type=int, default=60, help="how many of each page in a run, one at a time")
    parser.add_argument("--seconds", type=float, default=4, help="how long each page is asked for by eight at once")
    parser.add_argument("--port", type=int, default=8199, help="the site's; the floor has the next one")
    parser.add_argument("--only", nargs="*", help="words in the names of the pages that are measured beside the floor")
    parser.add_argument("--build", action="store_true", help="build the network and end")
    parser.add_argument("--drop", action="store_true", help="remove the database and end")
    arguments = parser.parse_args()
    return measure(arguments) if INSIDE in os.environ else in_its_own_database(arguments, "benchmarks")


def measure(arguments: argparse.Namespace) -> int:
    prepare()
    from benchmarks.community import cost, load
    from benchmarks.report import write

    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    if arguments.build:
        print(json.dumps(cost(), indent=1))
        return 0
    ports = Ports(arguments.port, arguments.port + 1)
    with as_it_was(), serving(ports.site) as site, serving(ports.floor, "benchmarks.floor_settings") as floor:
        found = measured(arguments, ports)
        found["memory_mb"] = round(max(memory_of(site)), 1)
        found["memory_of_floor_mb"] = round(max(memory_of(floor)), 1)
    found |= {"members": arguments.members, "degree": arguments.degree, "seed": arguments.seed, "built": cost()}
    found |= {"command": f"python -m benchmarks {' '.join(sys.argv[1:])}".strip(), "of": machine()}
    write(found, is_whole=not arguments.only)
    return 0


def measured(arguments: argparse.Namespace, ports: Ports) -> dict:
    """Warm everything, and measure every page alone and by eight at once."""
    from tqdm import tqdm

    from benchmarks.client import Client
    from benchmarks.pages import DIFFERENT, FLOOR, all_pages, suggest_ahead

    suggest_ahead()
    pages = all_pages(arguments.members, arguments.seed, Client(ports.site))
    if arguments.only:
        pages = [page for page in pages if page.name == FLOOR or any(word in page.name for word in arguments.only)]
    many = len(pages) * (DIFFERENT + arguments.runs * arguments.requests)
    with tqdm(total=many, desc="One at a time", unit=" requests") as progress:
        one_run(pages, ports, DIFFERENT, 0, progress.update)  # warms
        starts = [number * 1_000 for number in range(arguments.runs)]
        alone = [one_run(pages, ports, arguments.requests, start, progress.update) for start in starts]
    by_eight = [page for page in pages if page.name == FLOOR or not page.name.startswith(("posting", "asking"))]
    runs = tqdm(range(arguments.runs if arguments.seconds else 0), desc="Eight at once", unit=" runs")
    together = [{page.name: at_once(page, ports, arguments.seconds) for page in by_eight} for _run in runs]
    return {"alone": median_of(alone), "at_once": median_of(together) if together else {}}


def machine() -> dict:
    """What it was measured on, and of what."""
    from benchmarks.loading import run

    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=HOME, capture_output=True, text=True)
    return {
        "commit": commit.stdout.strip(), "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(), "load": round(os.getloadavg()[1], 1), "python": platform.python_version(),
        "postgresql": run("SHOW server_version")[0][0],
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
