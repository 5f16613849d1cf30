"""Queries and conditions that are the same for every member but for who they are and what time it is.

What a member may see is a long sentence, and Django needs longer to write it in SQL (some 40 ms for the counts of
the header) than PostgreSQL to answer it. So the sentences of visibility, and a query of every page, are written once
in each process:

- `written_once` makes a method of a QuerySet a condition that is ready to be put into any query
- `WrittenOnce` is a whole query
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property, wraps
from inspect import signature
from typing import Any, Never

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, F, Func, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from psycopg.sql import Literal

from accounts.prepared import Statement, made_of_rows, named_in_rows

MINUTE = timedelta(minutes=1)
STAND_IN = -271_828_182_845  # the number of no member
NUMBER = -314_159_265_358
WORD = "a-word-that-nobody-says"
_MANY = "some numbers"
NUMBERS = RawSQL("%s::bigint[]", [_MANY])
"""Stands in a query for the numbers that it is asked of."""
WORDS = RawSQL("%s::text[]", [_MANY])
"""Stands in a query for the words that it is asked of."""


class Among(Func):
    """Whether a value is among those of an array: looked up, where a subquery now and then went through everybody."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def as_of_today(reckon: Callable[[], int | date]) -> RawSQL:
    """What a calendar says, as a value in a query: reckoned anew each time that the query is asked.

    `reckon` returns a number, like that of this month, or a day. Put in plainly, it would stay what it was when the
    query was written, for as long as the process lives.
    """
    value = reckon()
    if isinstance(value, date):
        return RawSQL("%s::date", [_Day.reckoned(reckon)])
    return RawSQL("%s::integer", [_Number.reckoned(reckon)])


class WrittenOnce:
    """The SQL of `query(member)`, in which a member's number and moments relative to now are filled in anew.

    Holds for queries whose text doesn't depend on more of a member than their number, and whose moments are whole
    minutes from now; one that asks the database while it is written, for whatever else of them, is refused.

    It may also depend on a number, `query(member, number)`, on a word, `query(member, word)`, on another member,
    `query(member, other)`, on numbers or words among which something is, `Among(F("pk"), NUMBERS)`, and on what day it
    is (`as_of_today`).
    """

    def __init__(self, query: Callable[..., QuerySet]) -> None:
        now = timezone.now()
        second = {"number": NUMBER, "word": WORD, "other": _stand_in(NUMBER)}
        stand_ins = [_stand_in(), *(second[name] for name in [*signature(query).parameters][1:])]
        with connection.execute_wrapper(_refuse):
            compiler = query(*stand_ins).query.get_compiler(connection=connection)
            self.text, parameters = compiler.as_sql()
        self._parameters = [_blank(value, now) for value in parameters]
        self._compiler = compiler

    def for_member(self, member, *, numbers: Sequence[int] = ()) -> tuple[str, list]:
        """Return the SQL and its parameters for a member at this moment, to be part of another statement."""
        return self.text, _filled(self._parameters, member.pk, numbers=numbers)

    def rows(self, member, *, number: int | str | None = None, numbers: Sequence[int | str] = ()) -> list[tuple]:
        """Return what the query finds for a member: its rows, as the database has them."""
        return self._statement.rows(_filled(self._blanks, member.pk, number, numbers))

    def objects(self, member, **more: Any) -> list:
        """Return what the query finds for a member: objects, with what was loaded with them (`select_related`)."""
        return self._objects_of(self.rows(member, **more))

    def dicts(self, member, **more: Any) -> list[dict[str, Any]]:
        """Return what the query finds for a member: a row for each, by the names that it asks for (`values`)."""
        return self._dicts_of(self.rows(member, **more))

    def whose(self, members: Collection[int], *, number: int) -> set[int]:
        """Return for which of some members, by their numbers, the query finds anything: one statement for all."""
        found = self._with(["who.member" if value is _MEMBER else "%s" for value in self._parameters])
        others = [value for value in self._parameters if value is not _MEMBER]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT who.member FROM unnest(%s::bigint[]) who (member) WHERE EXISTS ({found})",  # noqa: S608
                [[*members], *_filled(others, None, number)],
            )
            return {member for (member,) in cursor.fetchall()}

    @cached_property
    def _blanks(self) -> list["_Blank"]:
        """What is filled in anew, each once, wherever it stands."""
        return [*dict.fromkeys(value for value in self._parameters if isinstance(value, _Blank))]

    @cached_property
    def _statement(self) -> Statement:
        """The SQL with what never changes in its place: so the database may plan it for what it is."""
        text = self._with([value.place if isinstance(value, _Blank) else _literal(value) for value in self._parameters])
        return Statement(text, [self._blanks.index(value) for value in self._parameters if isinstance(value, _Blank)])

    def _with(self, places: list[str]) -> str:
        """The SQL with these in the places of its parameters."""
        return "".join(part + place for part, place in zip(self.text.split("%s"), [*places, ""], strict=True))

    @cached_property
    def _objects_of(self) -> Callable[[list[tuple]], list]:
        return made_of_rows(self._compiler)

    @cached_property
    def _dicts_of(self) -> Callable[[list[tuple]], list[dict]]:
        return named_in_rows(self._compiler)


def written_once(scope: Callable) -> Callable:
    """Make a scope of a QuerySet, `scope(self)` or `scope(self, member)`, one whose SQL is written once.

    It may filter by the columns of its own table and by subqueries, not by joins; and may depend on no more of the
    member than their number and whether they are signed in. Anything else is refused when it is first used.
    """

    @wraps(scope)
    def filtered(self: QuerySet, *who: Any) -> QuerySet:
        if who and not hasattr(who[0], "is_authenticated"):  # a reference into an outer query
            return scope(self, *who)
        number = who[0].pk if who and who[0].is_authenticated else None
        condition = _condition(scope, type(self), self.model, len(who), number is not None)
        if condition is None:
            return self.none()
        return self.filter(_Written(condition, number)) if condition.parts != ("",) else self.all()

    filtered.is_written_once = len(signature(scope).parameters) - 1  # of how many members it speaks
    return filtered


class _Condition:
    """What a scope adds to the WHERE of a query: its SQL, cut where the name of the table is to be put in."""

    def __init__(self, rows: QuerySet, *, name: str, now: datetime) -> None:
        query = rows.query
        table = query.get_initial_alias()
        used = {alias for alias, count in query.alias_refcount.items() if count}
        if used != {table} or query.annotations or query.is_sliced or query.distinct or query.combinator:
            raise TypeError(f"{name} does more than to filter by the columns of its table and by subqueries.")
        compiler = query.get_compiler(connection=connection)
        try:
            text, parameters = compiler.compile(query.where)
        except FullResultSet:
            text, parameters = "", ()
        # Aliases of its own, so that it can stand in a subquery that uses the same ones.
        text = re.sub(r"\b[A-Z]{1,2}\d+\b", lambda found: f"{name}_{found[0]}".lower(), text)
        self.parts = tuple(text.split(f'"{table}".'))
        self.column = rows.model._meta.concrete_fields[0].attname
        self.parameters = [_blank(value, now) for value in parameters]


@cache
def _condition(scope: Callable, kind: type[QuerySet], model: Any, takes: int, signed_in: bool) -> _Condition | None:
    """Write the condition of a scope; None if it leaves nothing."""
    from django.contrib.auth.models import AnonymousUser

    who = [_stand_in() if signed_in else AnonymousUser()] * takes
    name = f"{model._meta.model_name}_{scope.__name__}"
    now = timezone.now()
    with connection.execute_wrapper(_refuse):
        rows = scope(kind(model), *who)
        try:
            return _Condition(rows, name=name, now=now)
        except EmptyResultSet:
            return None


class _Written(Expression):
    """A condition that is written already, on the rows of the table in which its column is found."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, condition: _Condition, member: int | None) -> None:
        super().__init__()
        self.condition, self.member, self.column = condition, member, F(condition.column)

    def get_source_expressions(self) -> list:
        return [self.column]

    def set_source_expressions(self, expressions: list) -> None:
        (self.column,) = expressions

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        table = compiler.quote_name(self.column.alias)
        return f"({f'{table}.'.join(self.condition.parts)})", _filled(self.condition.parameters, self.member)


def _stand_in(number: int = STAND_IN) -> Any:
    """A member of whom nothing is known but the number: asking for anything else asks the database."""
    from accounts.models import User

    return User.from_db(connection.alias, ["id"], [number])


@dataclass(frozen=True)
class _Blank:
    """What stands for a parameter that is another each time: its value, and its place in a statement."""

    value: Callable[..., Any]
    place: str


class _Day(date):
    """A day that is another tomorrow."""

    reckon: Callable[[], date]

    @classmethod
    def reckoned(cls, reckon: Callable[[], Any]) -> "_Day":
        day = cls.fromordinal(reckon().toordinal())
        day.reckon = reckon
        return day


class _Number(int):
    """A number that is another on another day."""

    reckon: Callable[[], int]

    @classmethod
    def reckoned(cls, reckon: Callable[[], Any]) -> "_Number":
        number = cls(reckon())
        number.reckon = reckon
        return number


_MEMBER = _Blank(lambda member, now, number, numbers: member, "%s::bigint")
_NUMBER = _Blank(lambda member, now, number, numbers: number, "%s::bigint")
_WORD = _Blank(lambda member, now, number, numbers: number, "%s::text")
_NUMBERS = _Blank(lambda member, now, number, numbers: [*numbers], "%s")


def _filled(parameters: list, member: int | None, number: int | str | None = None, numbers: Sequence[int] = ()) -> list:
    now = timezone.now()
    return [value.value(member, now, number, numbers) if isinstance(value, _Blank) else value for value in parameters]


def _blank(value: Any, now: datetime) -> Any:
    """What stands for a parameter: a blank where it depends on the member, the moment or another number."""
    if isinstance(value, (_Day, _Number)):
        return _reckoned(value.reckon)
    if isinstance(value, datetime):
        return _moment(MINUTE * ((value - now) // MINUTE))  # the writing itself takes a while
    if isinstance(value, date):
        raise TypeError("A day is not relative to now: this query has to be written each time.")
    if isinstance(value, (int, str)):  # or a number that psycopg was told the width of
        return {STAND_IN: _MEMBER, NUMBER: _NUMBER, WORD: _WORD, _MANY: _NUMBERS}.get(value, value)
    return value


@cache
def _reckoned(reckon: Callable[[], Any]) -> _Blank:
    return _Blank(lambda member, moment, number, numbers: reckon(), "%s")


@cache
def _moment(since: timedelta) -> _Blank:
    return _Blank(lambda member, moment, number, numbers: moment + since, "%s::timestamptz")


def _literal(value: Any) -> str:
    """A value as it stands in SQL, where a percent sign is written twice."""
    connection.ensure_connection()
    return Literal(value).as_string(connection.connection).replace("%", "%%")


def _refuse(*arguments: Any) -> Never:
    raise TypeError("This query asks the database while it is written, so it depends on more than who a member is.")
