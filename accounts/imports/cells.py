"""What the cells of an imported row say; each raises `BadRowError` with a reason that its editor understands."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.imports.sheet import BadRowError, Line

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def text(line: Line, column: str, *, most: int, needed: bool = False) -> str:
    """Return a short text, its spaces joined; at most `most` characters."""
    value = " ".join(line[column].split())
    if needed and not value:
        raise BadRowError(f"{column} is empty")
    if len(value) > most:
        raise BadRowError(f"{column} has {len(value)} characters; {most} are the most")
    return value


def email_address(line: Line, column: str) -> str:
    """Return an email address in lower case."""
    value = line[column].lower()
    try:
        validate_email(value)
    except ValidationError:
        raise BadRowError(f"{column} is no email address: “{value[:80]}”") from None
    if len(value) > 254:
        raise BadRowError(f"{column} is too long")
    return value


def year(line: Line, column: str) -> int | None:
    """Return a year from 1900 to 2100, or nothing for an empty cell."""
    value = line[column]
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{4}", value) or not 1900 <= int(value) <= 2100:
        raise BadRowError(f"{column} is no year: “{value[:20]}”")
    return int(value)


def day(line: Line, column: str) -> date | None:
    """Return a day of the past or today, written like 2010-01-31, or nothing for an empty cell."""
    value = line[column]
    if not value:
        return None
    try:
        found = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None:
        raise BadRowError(f"{column} is no day like 2010-01-31: “{value[:20]}”")
    if found > timezone.now().date():
        raise BadRowError(f"{column} is still to come: {found}")
    if found.year < 1900:
        raise BadRowError(f"{column} is too long ago: {found}")
    return found
