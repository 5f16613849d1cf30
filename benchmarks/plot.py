"""The ratios of all sizes as one picture: a row for each page, a dot for each size, a line for what it may be."""

from html import escape

from benchmarks.pages import FLOOR
from benchmarks.targets import target_of

ROW, LEFT, WIDTH, MOST = 26, 210, 760, 8.0
COLOURS = ("#0b7a5b", "#b3541e", "#5b4bb3")


def drawn(results: list[dict]) -> str:
    """Return an SVG of the p50 of every page in times of the floor."""
    pages = [name for name in (results[-1]["alone"] if results else {}) if name != FLOOR]
    height = ROW * (len(pages) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">',
        "<title>Pages in times of the floor</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *(_scale(times, height) for times in range(1, int(MOST) + 1)),
        *(_row(name, number, results) for number, name in enumerate(pages)),
        *(_key(found["members"], number, height) for number, found in enumerate(results)),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _x(ratio: float) -> float:
    return round(LEFT + (WIDTH - LEFT - 20) * min(ratio, MOST) / MOST, 1)


def _scale(times: int, height: int) -> str:
    x = _x(times)
    return (
        f'<line x1="{x}" x2="{x}" y1="{ROW}" y2="{height - ROW * 1.5}" stroke="#ddd"/>'
        f'<text x="{x}" y="{ROW - 8}" text-anchor="middle" fill="#555">{times} ×</text>'
    )


def _row(name: str, number: int, results: list[dict]) -> str:
    y = ROW * (number + 1.5)
    parts = [f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(name)}</text>']
    if (target := target_of(name, 0)) and target.figure == "p50":
        x = _x(target.most)
        parts.append(f'<line x1="{x}" x2="{x}" y1="{y - 9}" y2="{y + 9}" stroke="#222" stroke-width="2"/>')
    for size, found in enumerate(results):
        if page := found["alone"].get(name):
            colour, ratio = COLOURS[size % len(COLOURS)], page["p50_ratio"]
            parts.append(f'<circle cx="{_x(ratio)}" cy="{y}" r="5" fill="{colour}"><title>{ratio:.2f}</title></circle>')
    return "".join(parts)


def _key(members: int, number: int, height: int) -> str:
    x, y = LEFT + number * 150, height - ROW / 2
    return (
        f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{COLOURS[number % len(COLOURS)]}"/>'
        f'<text x="{x + 12}" y="{y}">{members:,} members</text>'
    )
