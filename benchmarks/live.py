"""Measures a process of the web server that holds many streams open, beside the pages that it serves meanwhile.

    python -m benchmarks.live

In each run, in turn: without any stream, with so many that hear nothing, and with so many of which some hear of messages
and fetch their counts. In each of the three, the feed, a conversation, one in which something is written and the floor
(`benchmarks.floor`, a page of another process that holds no streams) are asked for in turn, one request at a time. Then an author whom all of them hear publishes
a post. The site is one process. The figures go to `benchmarks/results/live.json` and into `docs/live.md`.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time
from contextlib import contextmanager
from uuid import uuid4

from benchmarks.client import Client, cookie_of, worked
from benchmarks.database import HOME, INSIDE, in_its_own_database, prepare
from benchmarks.server import memory_of, serving
from benchmarks.streams import Streams, memory_of_a_stream, publishing, writing

RESULT = HOME / "benchmarks" / "results" / "live.json"
PAGE = HOME / "docs" / "live.md"
START, END = "<!-- measured: written by benchmarks/live.py -->", "<!-- end of what was measured -->"
PHASES = {"alone": "no stream", "silent": "silent streams", "busy": "messages arriving"}
PAGES = ("feed", "conversation", "writing", "floor")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--degree", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--streams", type=int, default=1_000)
    parser.add_argument("--messages", type=float, default=5, help="how many are written in a second")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--requests", type=int, default=150, help="of each page in each part of a run")
    parser.add_argument("--port", type=int, default=8199, help="the site's; the floor has the next one")
    parser.add_argument(
        "--write", action="store_true", help="keep the figures, in the results and in the page about them"
    )
    arguments = parser.parse_args()
    arguments.drop = False
    return measure(arguments) if INSIDE in os.environ else in_its_own_database(arguments, module="benchmarks.live")


def measure(arguments: argparse.Namespace) -> int:
    prepare()
    from benchmarks.__main__ import machine
    from benchmarks.community import load

    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    os.environ["WEB_CONCURRENCY"] = "1"
    cookies, talks = who_takes_part(arguments.streams)
    runs = []
    with (
        heard_by(cookies) as author,
        serving(arguments.port) as site,
        serving(arguments.port + 1, "benchmarks.floor_settings"),
    ):
        pages(arguments, cookies, talks)  # warms
        for _run in range(arguments.runs):
            runs.append(one_run(arguments, site, cookies, talks, author))
            time.sleep(2)
    found = {"streams": len(cookies), "messages": arguments.messages, "runs": arguments.runs} | middle(runs)
    found |= {"heap_kb": round(memory_of_a_stream(), 2), "of": machine()}
    found |= {"command": f"python -m benchmarks.live {' '.join(sys.argv[1:])}".strip()}
    print(f"\n{section(found)}\n")
    if arguments.write:
        RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        before, after = PAGE.read_text("utf-8").split(START)[0], PAGE.read_text("utf-8").split(END)[1]
        PAGE.write_text(f"{before}{START}\n\n{section(found)}\n\n{END}{after}", encoding="utf-8")
    return 0


def one_run(arguments: argparse.Namespace, site, cookies: list[str], talks: list[tuple], author) -> dict[str, float]:
    """Figures by name: p95 of each page in each part, in ms; what the process grew by, in MB; how soon pages hear."""
    figures = p95s(arguments, cookies, talks, "alone")
    before = memory_of(site)[0]
    with Streams(arguments.port, cookies) as streams:
        time.sleep(2)
        figures["grew_mb"] = memory_of(site)[0] - before
        figures |= p95s(arguments, cookies, talks, "silent")
        with writing(arguments, streams, talks[1::3]) as arrivals:
            figures |= p95s(arguments, cookies, talks, "busy")
        figures |= {"message_ms": statistics.median(arrivals), "slowest_message_ms": max(arrivals)}
        used = processor_of(site)
        waited = publishing(streams, author)
        figures |= {"post_heard": len(waited), "post_first_ms": waited[0], "post_last_ms": waited[-1]}
        figures["post_cpu_ms"] = (processor_of(site) - used) * 1000
    return figures


def p95s(arguments: argparse.Namespace, cookies: list[str], talks: list[tuple], phase: str) -> dict[str, float]:
    taken = pages(arguments, cookies, talks)
    return {f"{phase} {name}": statistics.quantiles(all_, n=20, method="inclusive")[18] for name, all_ in taken.items()}


def pages(arguments: argparse.Namespace, cookies: list[str], talks: list[tuple]) -> dict[str, list[float]]:
    """Ask for the pages in turn, for one member after another; return what each took, in milliseconds."""
    from feed.models import Post

    site, floor, newest = Client(arguments.port), Client(arguments.port + 1), Post.objects.latest("pk").pk
    taken: dict[str, list[float]] = {name: [] for name in PAGES}
    quiet = talks[::3]  # in which nothing is written meanwhile: to read something new costs more
    written_in = [(talk.pk, at) for talk, _sender, at in talks[2::3]]
    for number in range(arguments.requests):
        conversation, _sender, place = quiet[number % len(quiet)]
        talk, writer = written_in[number % len(written_in)]
        said = {"text": "And at the weir?", "key": str(uuid4())}
        for name, client, address, cookie, form in (
            ("feed", site, "/", cookies[number % 10], None),
            ("conversation", site, f"/messages/{conversation.pk}/", cookies[place], None),
            ("writing", site, f"/messages/{talk}/", cookies[writer], said),
            ("floor", floor, f"/floor/{newest - number % 40}/", cookies[number % 10], None),
        ):
            answer = client.post(address, cookie, form) if form else client.get(address, cookie)
            if not worked(answer):
                raise SystemExit(f"{name} was answered {answer.status}.")
            taken[name].append(answer.ms)
    return taken


def processor_of(site) -> float:
    """Seconds of the processor that the site's worker has used."""
    import psutil

    (worker,) = psutil.Process(site.pid).children()
    times = worker.cpu_times()
    return times.user + times.system


def middle(runs: list[dict[str, float]]) -> dict:
    """The median of the runs, figure by figure, and of the ratios of each run."""
    for run in runs:
        for name in PAGES:
            run |= {f"{phase} {name} ratio": run[f"{phase} {name}"] / run[f"alone {name}"] for phase in PHASES}
    found = {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}
    return found | {
        "grew_mb": round(max(run["grew_mb"] for run in runs), 2),
        "slowest_message_ms": max(run["slowest_message_ms"] for run in runs),
    }


def who_takes_part(number: int) -> tuple[list[str], list[tuple]]:
    """Sign members in, and return their cookies; and conversations of two of them, with where each listens."""
    from accounts.models import User
    from messaging.actions import open_conversation
    from network.models import Connection

    members = list(User.objects.present().order_by("pk")[:number])
    if len(members) < number:
        raise SystemExit(f"There are {len(members):,} members only; ask for more by --members.")
    places = {member.pk: place for place, member in enumerate(members)}
    pairs = Connection.objects.filter(member__in=places, other__in=places, member__lt=1 << 62).order_by("pk")
    talks = []
    for connection in pairs.select_related("member", "other")[:20]:
        if places[connection.member_id] != places[connection.other_id]:
            conversation = open_conversation(connection.member, connection.other)
            talks.append((conversation, connection.member, places[connection.other_id]))
    return [cookie_of(member) for member in members], talks


@contextmanager
def heard_by(cookies: list[str]):
    """An author whom all who take part follow, for as long as it is measured."""
    from accounts.models import User
    from feed.models import Post
    from network.models import Follow

    author = User.objects.present().order_by("-pk")[0]
    members = User.objects.present().order_by("pk")[: len(cookies)]
    last = Post.objects.latest("pk").pk
    new = [Follow(follower=member, followed=author) for member in members if member != author]
    Follow.objects.bulk_create(new, ignore_conflicts=True)
    try:
        yield author
    finally:
        Post.objects.filter(author=author, pk__gt=last).delete()
        Follow.objects.filter(followed=author, follower__in=[follow.follower_id for follow in new]).delete()


def section(found: dict) -> str:
    """The figures as they stand on the page."""
    of = found["of"]
    kb = found["grew_mb"] * 1024 / found["streams"]
    return "\n".join([
        "```", found["command"], "```", "",
        (f"{of['at'][:10]}, {of['cores']} cores (load {of['load']} while measuring), Python {of['python']}, PostgreSQL "
        f"{of['postgresql']}; {found['streams']:,} streams on one process, {found['messages']:g} messages a second, medians of "
        f"{found['runs']} runs."), "",
        f"| p95, ms (× that without streams in the same run) | {' | '.join(PHASES.values())} |", "|---" * 4 + "|",
        *(
            f"| {name} | " + " | ".join(
                f"{found[f'{phase} {name}']:.1f} ({found[f'{phase} {name} ratio']:.2f} ×)" for phase in PHASES
            ) + " |"
            for name in PAGES
        ),
        "",
        (f"A stream takes {found['heap_kb']:.1f} KB of Python's own memory (`tracemalloc`). The process's resident set grew by "
        f"{found['grew_mb']:.1f} MB at the most when it took {found['streams']:,}, {kb:.1f} KB for each (less than nothing where "
        f"they find room in what pages have freed); the system's buffers "
        "for the connections are in neither."), "",
        (f"A message arrives {found['message_ms']:.0f} ms after its commit (the slowest of all runs: "
        f"{found['slowest_message_ms']:.0f} ms). Of a post that {found['post_heard']:,.0f} hear, the first page hears after "
        f"{found['post_first_ms']:.0f} ms and the last after {found['post_last_ms']:.0f} ms; it costs the process "
        f"{found['post_cpu_ms']:.0f} ms of the processor."),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
