"""Time zones as people choose them: by continent and town."""

import zoneinfo
from datetime import datetime, timedelta
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zone_names() -> frozenset[str]:
    """Every time zone that is named after a place."""
    return frozenset(name for name in zoneinfo.available_timezones() if name.split("/")[0] in _CONTINENTS)


@cache
def zone_choices() -> list:
    """Choices for a select, in groups by continent; the first leaves it to the site."""
    groups = []
    for continent in _CONTINENTS:
        towns = sorted(name for name in zone_names() if name.startswith(f"{continent}/"))
        groups.append(
            (continent, [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ")) for name in towns])
        )
    return [("", _("The site's own")), ("UTC", "UTC"), *groups]


def zone_of(member) -> zoneinfo.ZoneInfo | None:
    """A member's time zone; none, for the site's own, if they chose none or the name is no zone any more."""
    try:
        return zoneinfo.ZoneInfo(member.time_zone) if member.time_zone else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


def in_words(*local: datetime) -> str:
    """Return "Paris time (UTC+1)" for moments of one zone; with both offsets where the clocks change in between."""
    key = str(local[0].tzinfo)
    if key == "UTC":
        return "UTC"
    offsets = list(dict.fromkeys(_offset(moment.utcoffset()) for moment in local))
    town = key.rpartition("/")[2].replace("_", " ")
    then = gettext("%(first)s, then %(second)s")
    said = then % {"first": offsets[0], "second": offsets[1]} if len(offsets) > 1 else offsets[0]
    return gettext("%(town)s time (%(offset)s)") % {"town": town, "offset": said}


def _offset(offset: timedelta | None) -> str:
    minutes = round((offset or timedelta()).total_seconds() / 60)
    sign, (hours, rest) = ("−" if minutes < 0 else "+"), divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}" if minutes else "UTC"
