"""Recommendations as each viewer reads them (product.md §7)."""

from functools import cache

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.urls import reverse

from accounts.models import User
from accounts.words import beginning
from accounts.written_once import WrittenOnce
from network.models import Connection, Recommendation

LATEST = 3
"""How many of a member's recommendations their profile shows."""
NEWEST = ("-changed_at", "-id")


def latest_of(member: User, viewer) -> list[Recommendation]:
    """Return the newest recommendations of `member`, and one more than the profile shows if there are more.

    Each has its `start`, and `rest_url` if that isn't all of it. One query.
    """
    everything = reverse("profile_recommendations", args=[member.handle])
    if viewer.is_authenticated:
        rows = _latest_for_members().objects(viewer, number=member.pk)
    else:
        rows = list(_latest(member, viewer))
    for row in rows:
        row.subject = member
        row.start = beginning(row.text, letters=450, lines=8)
        row.rest_url = f"{everything}#recommendation-{row.pk}" if row.start != row.text else ""
    return rows


@cache
def _latest_for_members() -> WrittenOnce:
    return WrittenOnce(lambda viewer, other: _latest(other, viewer))


def _latest(member: User, viewer) -> QuerySet[Recommendation]:
    return shown_of(member, viewer).order_by(*NEWEST)[: LATEST + 1]


def shown_of(member: User, viewer) -> QuerySet[Recommendation]:
    """Return the recommendations on a member's profile that the viewer may read, with their authors."""
    return Recommendation.objects.visible_to(viewer).filter(subject=member).select_related("author")


def received_in_order(member: User) -> QuerySet[Recommendation]:
    """Return the recommendations that `member` received: those that wait first, then shown ones, then the others."""
    rank = Case(
        When(approved_at__isnull=True, set_aside_at__isnull=True, then=Value(0)),
        When(approved_at__isnull=False, hidden_by_subject_at__isnull=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Recommendation.objects.received_by(member).select_related("author").annotate(rank=rank)


def written_in_order(member: User) -> QuerySet[Recommendation]:
    """Return the recommendations that `member` wrote, each with `may_change`: only while the two are connected."""
    connected = Connection.objects.filter(member=member, other=OuterRef("subject"))
    written = Recommendation.objects.written_by(member).select_related("subject")
    return written.annotate(may_change=Exists(connected))
