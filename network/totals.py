"""Totals of a profile: one number for all viewers, of the members who are there at all (product.md §8)."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from network.models import Connection, Follow


def connection_total() -> Coalesce:
    """How many connections a member (of `User.objects`) has."""
    return _count(Connection.objects.filter(other__in=User.objects.present()), "member")


def follower_total() -> Coalesce:
    """How many members follow one (of `User.objects`) openly."""
    return _count(Follow.objects.open().filter(follower__in=User.objects.present()), "followed")


def _count(rows: QuerySet, of: str) -> Coalesce:
    total = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(total=Count("*")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)
