"""How many rows there are, as a number of a greater query."""

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def how_many(rows: QuerySet, by: str) -> Coalesce:
    """The number of rows that belong to one thing, which their field `by` names; 0 where there are none."""
    counted = rows.order_by().values(by).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class UpTo(Subquery):
    """The number of rows, `most` where there are more: no more of them are looked at."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet, most: int) -> None:
        super().__init__(rows.order_by().values("pk")[:most])
