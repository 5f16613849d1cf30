"""Skills with those who vouch for them, as each viewer sees them (product.md §2, §7)."""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.written_once import WrittenOnce
from network.models import Connection, Endorsement, Follow
from notifications.of_many import with_many
from profiles.models import Skill

NAMED = 2
"""How many of the connections who endorse a skill are called by name."""


def endorsable_by(member: User) -> QuerySet[Skill]:
    """Return the listed skills that `member` may endorse: those of their connections and of whom they openly follow."""
    return Skill.objects.filter(
        Exists(Connection.objects.filter(member=member, other=OuterRef("member")))
        | Exists(Follow.objects.open().filter(follower=member, followed=OuterRef("member"))),
        member__in=User.objects.visible_to(member),
    )


def skills_with_endorsements(member: User, viewer) -> list[Skill]:
    """Return the skills of `member`, those with the most connections behind them first, in two queries.

    Each has `by_connections` and `by_followers` (how many), `among_them` (connections called by name, the viewer's
    own first), `mine` (the viewer endorses it) and `may_endorse`.
    """
    is_member = viewer.is_authenticated
    skills = _counted_for_members().objects(viewer, number=member.pk) if is_member else list(_counted(member, viewer))
    wanted = {pk for skill in skills for pk in skill.named}
    people = User.objects.in_bulk(wanted) if wanted else {}
    for skill in skills:
        skill.among_them = [people[pk] for pk in skill.named]
    return skills


@cache
def _counted_for_members() -> WrittenOnce:
    return WrittenOnce(lambda viewer, other: _counted(other, viewer))


def _counted(member: User, viewer) -> QuerySet[Skill]:
    endorsements = Endorsement.objects.visible_to(viewer).filter(skill=OuterRef("pk")).order_by()
    by_connections = endorsements.filter(by_connection=True)
    mine, may_endorse, near = (Value(False, BooleanField()),) * 3
    if viewer.is_authenticated:
        mine = Exists(Endorsement.objects.filter(skill=OuterRef("pk"), endorser=viewer))
        near = Exists(Connection.objects.filter(member=viewer, other=OuterRef("endorser")))
        may_endorse = Exists(endorsable_by(viewer).exclude(member=viewer).filter(pk=OuterRef("pk")))
    named = by_connections.exclude(endorser=viewer.pk).annotate(near=near).order_by("-near", "-endorsed_at", "pk")
    return (
        Skill.objects.filter(member=member)
        .annotate(
            by_connections=_count(by_connections),
            by_followers=_count(endorsements.filter(by_connection=False)),
            named=ArraySubquery(named.values("endorser_id")[:NAMED]),
            mine=mine,
            may_endorse=may_endorse,
        )
        .order_by("-by_connections", "-by_followers", "id")
    )


def _count(endorsements: QuerySet) -> Coalesce:
    return Coalesce(Subquery(endorsements.values("skill").annotate(number=Count("pk")).values("number")), 0)


def received_by(member: User) -> QuerySet[Endorsement]:
    """Return the endorsements that `member` received and may hide or show: those that count, hidden ones too."""
    return (
        Endorsement.objects.hideable_by(member)
        .standing()
        .filter(endorser__in=User.objects.visible_to(member))
        .select_related("endorser", "skill")
    )


def endorsed(viewer) -> QuerySet[Skill]:
    """Return the viewer's skills that others endorse as the viewer sees it, with their names and how many they are."""
    endorsements = Endorsement.objects.visible_to(viewer).filter(skill=OuterRef("pk"))
    return with_many(Skill.objects.filter(Exists(endorsements), member=viewer), endorsements, field="endorser")
