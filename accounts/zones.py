"""Time zones as people choose them: by continent and town."""

import zoneinfo
from functools import cache

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
