"""Measuring: every page in turn with the floor, so that whatever else the machine does falls on both."""

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from benchmarks.client import Client, Taken, worked
from benchmarks.loading import run
from benchmarks.pages import FLOOR, Asked

AT_ONCE = 8


@dataclass(frozen=True)
class Ports:
    site: int
    floor: int

    def of(self, asked: Asked) -> int:
        return self.floor if asked.on_floor else self.site


def one_run(pages: list[Asked], ports: Ports, requests: int, start: int, tell: Callable[[], object]) -> dict[str, dict]:
    """Ask for every page in turn, so many times, one request at a time; return figures by page."""
    site, floor = Client(ports.site), Client(ports.floor)
    taken: dict[str, list[Taken]] = defaultdict(list)
    for number in range(start, start + requests):
        for asked in pages:
            answer = asked.ask(floor if asked.on_floor else site, number)
            if not worked(answer):
                raise SystemExit(f"{asked.name} was answered {answer.status}")
            taken[asked.name].append(answer)
            tell()
    return {name: figures(answers) for name, answers in taken.items()}


def figures(answers: list[Taken]) -> dict:
    """The middle and the slow of some answers, and what they cost."""
    cuts = statistics.quantiles([answer.ms for answer in answers], n=100, method="inclusive")

    def middle(name: str) -> float:
        return round(statistics.median(asdict(answer)[name] for answer in answers), 2)

    return {
        "p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "p99": round(cuts[98], 2),
        **{name: middle(name) for name in ("cpu_ms", "database_ms", "queries", "sent", "html")},
    }  # fmt: skip


def at_once(asked: Asked, ports: Ports, seconds: float) -> dict:
    """Ask for one page over several connections at the same time; return how many answers a second, and how slow."""
    answers: list[Taken] = []
    end = time.perf_counter() + seconds

    def go_on(number: int) -> None:
        client = Client(ports.of(asked))
        while time.perf_counter() < end:
            answers.append(asked.ask(client, number))

    start = time.perf_counter()
    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures(answers) | {
        "per_second": round(len(answers) / (time.perf_counter() - start), 1),
        "errors": sum(not worked(answer) for answer in answers),
    }


def median_of(runs: list[dict[str, dict]]) -> dict[str, dict]:
    """The median of several runs, figure by figure, with the ratios to the floor of the same run."""
    for figures_of in runs:
        floor = figures_of[FLOOR]
        for page in figures_of.values():
            page |= {
                f"{name}_ratio": page[name] / floor[name] for name in ("p50", "p95", "p99", "cpu_ms") if floor[name]
            }
            page |= {"per_second_ratio": page["per_second"] / floor["per_second"]} if "per_second" in page else {}
    return {
        page: {name: round(statistics.median(one[page][name] for one in runs), 3) for name in runs[0][page]}
        for page in runs[0]
    }


@contextmanager
def as_it_was() -> Iterator[None]:
    """Take what the measuring wrote out again at the end, so that the next one finds the same community."""
    tables = ("feed_post", "network_connectionrequest", "notifications_notice")
    last = {table: run(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0] for table in tables}
    limits = run("SELECT count(*) FROM accounts_community")[0][0]
    run(
        "INSERT INTO accounts_community (id, name, purpose, hue, joining, email_domains, mail_providers, rules, has_directory, "
        "requests_in_7_days, requests_in_7_days_when_new, open_requests, connections) VALUES (1, 'Acquaint', '', 165, 'anyone', "
        "'', '', '', true, 1000000, 1000000, 1000000, 1000000) ON CONFLICT (id) DO UPDATE SET requests_in_7_days = 1000000, "
        "open_requests = 1000000"
    )
    try:
        yield
    finally:
        for table in reversed(tables):
            run(f"DELETE FROM {table} WHERE id > %s", last[table])
        if not limits:
            run("DELETE FROM accounts_community")
