"""The figures as JSON, and all that there are as tables and a plot in `docs/performance.md`."""

import json

from benchmarks.database import HOME
from benchmarks.plot import drawn
from benchmarks.targets import HTML, MEMORY, PER_SECOND, target_of

RESULTS = HOME / "benchmarks" / "results"
PAGE = HOME / "docs" / "performance.md"
PLOT = HOME / "docs" / "images" / "performance.svg"
START, END = "<!-- measured: written by benchmarks/report.py -->", "<!-- end of what was measured -->"


def write(found: dict, *, is_whole: bool) -> None:
    """Print what was found, and keep it if every page was measured."""
    print(f"\n{table(found)}\n")
    if is_whole:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{found['members']}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        write_page()


def write_page() -> None:
    """Write the tables and the plot of all results into the page."""
    results = sorted(
        (json.loads(path.read_text("utf-8")) for path in RESULTS.glob("[0-9]*.json")), key=lambda one: one["members"]
    )
    PLOT.write_text(drawn(results), encoding="utf-8")
    text = PAGE.read_text("utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    sections = "\n\n".join(section(found) for found in results)
    PAGE.write_text(f"{before}{START}\n\n{sections}\n\n{END}{after}", encoding="utf-8")


def section(found: dict) -> str:
    of, built = found["of"], found["built"]
    return "\n".join([
        f"### {found['members']:,} members", "", "```", found["command"], "```", "",
        (f"{of['at'][:10]}, {of['cores']} cores (load {of['load']} while measuring), Python {of['python']}, PostgreSQL "
        f"{of['postgresql']}. Built in {built['minutes']} minutes, {built['disk_mb']:,} MB. A worker held "
        f"{found['memory_mb']:.0f} MB (at most {MEMORY}), the floor's {found['memory_of_floor_mb']:.0f} MB."), "",
        table(found),
    ])  # fmt: skip


def table(found: dict) -> str:
    """The figures of one size: times and costs, and the ratios that count."""
    lines = [
        (
            "| | p50 | p95 | p99, ms | p50 ÷ floor | p95 ÷ floor | processor ÷ floor | may be | queries | database, ms | KB | KB sent "
            "| by 8 at once, a second | ÷ floor |"
        ),
        "|---" * 14 + "|",
    ]
    for name, page in found["alone"].items():
        eight = found["at_once"].get(name, {})
        lines.append(f"| {' | '.join(_cells(name, page, eight, found['members']))} |")
    return "\n".join(lines)


def _cells(name: str, page: dict, eight: dict, members: int) -> list[str]:
    target = target_of(name, members)
    may = (
        ""
        if target is None
        else f"{target.figure} {target.most:g}{_verdict(page[f'{target.figure}_ratio'], target.most)}"
    )
    heavy = " **too large**" if name.startswith("feed, 100 ") and page["html"] > HTML else ""
    slow = " **too few**" if name.startswith("feed, 100 ") and eight and eight["per_second_ratio"] < PER_SECOND else ""
    return [
        name, f"{page['p50']:.1f}", f"{page['p95']:.1f}", f"{page['p99']:.1f}", f"{page['p50_ratio']:.2f}",
        f"{page['p95_ratio']:.2f}", f"{page['cpu_ms_ratio']:.2f}", may, f"{page['queries']:.0f}",
        f"{page['database_ms']:.1f}", f"{page['html'] / 1024:.0f}{heavy}", f"{page['sent'] / 1024:.0f}",
        f"{eight['per_second']:.0f}" if eight else "", f"{eight['per_second_ratio']:.2f}{slow}" if eight else "",
    ]  # fmt: skip


def _verdict(ratio: float, most: float) -> str:
    return "" if ratio <= most else " **more**"
