"""Every text can be read on everything it stands on, for every colour that a community may choose (WCAG 2.2 AA)."""

import math
import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
COLOUR = r"oklch\(([^)]*(?:\([^)]*\)[^)]*)*)\)"
PAIR = re.compile(rf"--([\w-]+): light-dark\({COLOUR}, {COLOUR}\);")
SCHEMES = ("light", "dark")
HUES = range(360)
TINTS = [int(hue) for hue in re.findall(r"\.tint-\d+ \{ --tint: (\d+) \}", TOKENS)]

TEXT_PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "soft")
        for ground in ("paper", "card", "sunken", "wash", "warm-wash", "bad-wash")
    ),
    *((text, ground) for text in ("accent", "bad") for ground in ("paper", "card", "sunken")),
    *(("warm", ground) for ground in ("paper", "card", "sunken", "warm-wash")),
    ("accent", "wash"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("warm-ink", "warm"),
    ("bad", "bad-wash"),
    ("bad-ink", "bad"),
    ("paper", "ink"),
    ("face-ink", "face-ground"),
]
EDGE_PAIRS = [
    *((edge, ground) for edge in ("edge", "accent") for ground in ("paper", "card")),
    *(("bad", ground) for ground in ("paper", "card")),
]

tokens = {name: dict(zip(SCHEMES, colours, strict=True)) for name, *colours in PAIR.findall(TOKENS)}


def linear_srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Return linear sRGB, outside 0..1 where the screen can't show it (Björn Ottosson's matrices)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, medium, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def clipped(lightness: float, chroma: float, hue: float) -> tuple[float, ...]:
    """Cut each channel, as browsers do today."""
    return tuple(min(1.0, max(0.0, channel)) for channel in linear_srgb(lightness, chroma, hue))


def desaturated(lightness: float, chroma: float, hue: float) -> tuple[float, ...]:
    """Give up chroma until the screen can show it, as CSS Color 4 asks."""
    while chroma > 0 and not all(-1e-4 <= c <= 1.0001 for c in linear_srgb(lightness, chroma, hue)):
        chroma -= 0.002
    return clipped(lightness, max(chroma, 0), hue)


def on_screen(name: str, scheme: str, hue: int, mapping) -> tuple[float, ...]:
    lightness, chroma, angle = (
        tokens[name][scheme].replace("var(--hue)", str(hue)).replace("var(--tint)", str(hue)).split()
    )
    return mapping(float(lightness.rstrip("%")) / 100, float(chroma), float(angle))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (high + 0.05) / (low + 0.05)


def worst(text: str, ground: str, scheme: str) -> tuple[float, int]:
    hues = TINTS if text == "face-ink" else HUES
    return min(
        (contrast(on_screen(text, scheme, hue, mapping), on_screen(ground, scheme, hue, mapping)), hue)
        for hue in hues
        for mapping in (clipped, desaturated)
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground_in_every_hue(text, ground, scheme):
    ratio, hue = worst(text, ground, scheme)
    assert ratio >= 4.5, f"{text} on {ground} has {ratio:.2f} at hue {hue}"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_the_edges_of_controls_stand_out_in_every_hue(edge, ground, scheme):
    ratio, hue = worst(edge, ground, scheme)
    assert ratio >= 3, f"{edge} on {ground} has {ratio:.2f} at hue {hue}"


def test_twelve_tints_are_tried():
    assert len(TINTS) == len(set(TINTS)) == 12


def test_black_on_white_is_the_known_ratio():
    assert contrast(clipped(0, 0, 0), clipped(1, 0, 0)) == pytest.approx(21, abs=0.01)


def test_every_raw_colour_stands_in_the_tokens():
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab|lch)a?\(", re.IGNORECASE)
    css = Path(__file__).parents[2] / "static/css"
    strays = [
        f"{path.relative_to(css)}: {found.group()}"
        for path in css.rglob("*.css")
        if path.name != "tokens.css"
        for found in raw.finditer(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    ]
    assert strays == []
