"""Whom a member is shown: filtered at the moment of reading, with the reasons as they are then.

Nothing here reads all connections of a member who has very many: who is connected, and what is shared, is asked of the
people on the page then.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from accounts.each_alone import EachAlone
from accounts.models import User
from network.ground import common_ground
from network.models import Connection, ConnectionRequest, Suggestion
from network.standing import standings

FEW = 250
"""So many connections of the viewer are read at once; only for whoever has more, each of the others' is looked up."""
ORDER = ("-weight", "-mutual", "other_id")


def suggested_to(viewer) -> QuerySet[Suggestion]:
    """Those who may be suggested to the viewer now, each with how many connections they share."""
    rows = Suggestion.objects.visible_to(viewer).fresh().select_related("other")
    return rows.annotate(mutual_now=Coalesce(Subquery(_mutual(viewer), output_field=IntegerField()), 0))


def _mutual(viewer) -> QuerySet:
    """How many connections the viewer and the other of a row share, as `network.degrees` counts them."""
    mine = Connection.objects.of(viewer).order_by("-connected_at")  # for its index
    there_are_more = Q(IsNull(Subquery(mine.values("other")[FEW : FEW + 1]), False))
    one_of_more = there_are_more & Q(EachAlone(mine.filter(other=OuterRef("other"))))
    shared = Connection.objects.counted().filter(
        Q(other__in=mine.values("other")[:FEW]) | one_of_more,
        member=OuterRef("other"),
        other__in=User.objects.visible_to(viewer),
    )
    return shared.order_by().values("member").annotate(number=Count("*")).values("number")


def with_reasons(rows: Sequence[Suggestion], *, viewer) -> list[User]:
    """Return the people of some rows with `ground`, `mutual_count` and `degree`, but those with no reason left."""
    for row in rows:
        row.other.mutual_count = row.mutual_now
        row.other.degree = 2 if row.mutual_now else None
    return [member for member in common_ground([row.other for row in rows], viewer=viewer) if member.ground]


def askable(people: Iterable[User], *, viewer, here: str) -> list[User]:
    """Return those of some people whom the viewer may ask to connect now, with their `standing`."""
    return [member for member in standings(people, viewer=viewer, here=here) if member.standing.may_ask]


def a_few_for(viewer, most: int) -> list[User]:
    """Return a few people to show beside something else, in three queries: open to all, and never asked before."""
    asked = ConnectionRequest.objects.filter(sender=viewer, recipient=OuterRef("other"))
    rows = suggested_to(viewer).filter(~Q(EachAlone(asked)), other__door__in=[User.Door.ANYONE, User.Door.EMAIL])
    return with_reasons(rows.order_by(*ORDER)[:most], viewer=viewer)
