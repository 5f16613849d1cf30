"""The site's colours as mail programs know them: `static/css/tokens.css` says which, in a way that few of them read."""

import math
from functools import lru_cache

Oklch = tuple[float, float, float]


@lru_cache
def colours_for_mail(hue: int) -> dict[str, dict[str, str]]:
    """Return the colours of `light` and `dark` emails by name, like `#1f5a48`, for the community's hue."""
    tokens: dict[str, tuple[Oklch, Oklch]] = {
        "paper": ((0.976, 0.008, 85), (0.19, 0.012, 260)),
        "card": ((0.994, 0.004, 85), (0.23, 0.014, 260)),
        "line": ((0.905, 0.012, 85), (0.31, 0.016, 260)),
        "ink": ((0.24, 0.015, 260), (0.93, 0.008, 85)),
        "soft": ((0.46, 0.018, 260), (0.73, 0.012, 85)),
        "accent": ((0.43, 0.085, hue), (0.78, 0.1, hue)),
        "accent_ink": ((0.99, 0.01, 85), (0.20, 0.03, hue)),
    }
    light = {name: _hexadecimal(*colour) for name, (colour, _dark) in tokens.items()}
    dark = {name: _hexadecimal(*colour) for name, (_light, colour) in tokens.items()}
    return {"light": light, "dark": dark}


def _hexadecimal(lightness: float, chroma: float, hue: float) -> str:
    """Return an OKLCH colour as sRGB (Björn Ottosson's matrices); what a screen can't show is cut."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, medium, short = (
        (lightness + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in linear)


def _encoded(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
