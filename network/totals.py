"""Totals of a profile: one number for all viewers, of the members who are there at all (product.md §8).

All rows are counted, out of an index, and those of members who aren't there taken off: to ask of each whether they are
there would read as many members as somebody has followers.
"""

from django.db.models import OuterRef
from django.db.models.expressions import CombinedExpression

from accounts.counting import how_many
from accounts.models import User
from network.models import Connection, Follow


def connection_total() -> CombinedExpression:
    """How many connections a member (of `User.objects`) has."""
    connections = Connection.objects.filter(member=OuterRef("pk"))
    return how_many(connections, "member") - how_many(connections.filter(other__in=User.objects.absent()), "member")


def follower_total() -> CombinedExpression:
    """How many members follow one (of `User.objects`) openly."""
    follows = Follow.objects.open().filter(followed=OuterRef("pk"))
    return how_many(follows, "followed") - how_many(follows.filter(follower__in=User.objects.absent()), "followed")
