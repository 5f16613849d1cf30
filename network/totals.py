"""Totals of a profile: one number for all viewers, of the members who are there at all (product.md §8)."""

from django.db.models import OuterRef
from django.db.models.functions import Coalesce

from accounts.counting import how_many
from accounts.models import User
from network.models import Connection, Follow


def connection_total() -> Coalesce:
    """How many connections a member (of `User.objects`) has."""
    return how_many(Connection.objects.filter(member=OuterRef("pk"), other__in=User.objects.present()), "member")


def follower_total() -> Coalesce:
    """How many members follow one (of `User.objects`) openly."""
    return how_many(
        Follow.objects.open().filter(followed=OuterRef("pk"), follower__in=User.objects.present()), "followed"
    )
