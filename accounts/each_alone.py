"""Asking something of each row by itself."""

from django.db.models import Exists


class EachAlone(Exists):
    """Whether there is such a row, asked of each row in turn, by an index.

    "OFFSET 0" keeps PostgreSQL from reading everything there is at once, before the first row is looked at.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
