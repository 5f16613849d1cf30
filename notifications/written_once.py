"""A query that is the same for every member but for who they are and what time it is.

What a member may see is a long sentence, and Django needs longer to write it in SQL (some 40 ms for the counts of
the header) than PostgreSQL to answer it. So a query of every page is written once in each process.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Never

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

MINUTE = timedelta(minutes=1)
STAND_IN = -271_828_182_845  # the number of no member


class WrittenOnce:
    """The SQL of `query(member)`, in which a member's number and moments relative to now are filled in anew.

    Holds for queries whose text doesn't depend on more of a member than their number, and whose moments are whole
    minutes from now; one that asks the database while it is written is refused.
    """

    def __init__(self, query: Callable[[User], QuerySet]) -> None:
        now = timezone.now()
        with connection.execute_wrapper(_refuse):
            self.text, parameters = query(User(pk=STAND_IN)).query.sql_with_params()
        self._parameters = [_blank(value, now) for value in parameters]

    def for_member(self, member: User) -> tuple[str, list]:
        """Return the SQL and its parameters for a member at this moment."""
        now = timezone.now()
        return self.text, [value(member, now) if callable(value) else value for value in self._parameters]


def _blank(value: Any, now: datetime) -> Any:
    """What stands for a parameter: a function of member and moment where it depends on one of them."""
    if value == STAND_IN:
        return lambda member, moment: member.pk
    if isinstance(value, datetime):
        since = MINUTE * ((value - now) // MINUTE)  # the writing itself takes a while
        return lambda member, moment: moment + since
    if isinstance(value, date):
        raise TypeError("A day is not relative to now: this query has to be written each time.")
    return value


def _refuse(*arguments: Any) -> Never:
    raise TypeError("This query asks the database while it is written, so it depends on more than who a member is.")
