"""A whole profile as one viewer sees it, read by one query, two for its skills and one for the pages of its CV."""

from functools import cache
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, When
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.written_once import WrittenOnce
from network.endorsements import skills_with_endorsements
from network.models import Connection
from network.models.connection import members_listing_to
from network.totals import connection_total, follower_total
from profiles.models import ContactDetail, Education, Interest, Language, Position
from profiles.organizations import lead_to_pages, recruits_in_house

_TIME = ["started_year", "started_month", "ended_year", "ended_month"]
_PARTS = {
    "positions": (Position, ["id", "title", "organization", "organization_key", "place", "description", *_TIME]),
    "education": (Education, ["id", "school", "school_key", "degree", "description", *_TIME]),
    "interests": (Interest, ["id", "name"]),
    "languages": (Language, ["id", "name", "level"]),
    "contact": (ContactDetail, ["id", "kind", "value", "audience", "preferred"]),
}


def whole_profile(handle: str, *, viewer) -> User | None:
    """Return one of `whole_profiles` by its handle, if the viewer sees it."""
    if viewer.is_authenticated:
        return next(iter(_whole_for_members().objects(viewer, number=handle)), None)
    return whole_profiles(viewer).filter(handle=handle).first()


@cache
def _whole_for_members() -> WrittenOnce:
    return WrittenOnce(lambda viewer, word: whole_profiles(viewer).filter(handle=word))


def whole_profiles(viewer) -> QuerySet[User]:
    """The members whom `viewer` sees, each with all parts of their profile that `viewer` sees, and their totals."""
    rows = {
        f"{name}_rows": ArraySubquery(
            model.objects.visible_to(viewer)
            .filter(member=OuterRef("pk"))
            .values(row=JSONObject(**{field: field for field in fields}))
        )
        for name, (model, fields) in _PARTS.items()
    }
    return User.objects.visible_to(viewer).annotate(
        **rows,
        connection_count=connection_total(),
        follower_count=follower_total(),
        recruits_in_house=recruits_in_house(viewer),
        connections_open=_lists_some_to(viewer),
    )


def _lists_some_to(viewer) -> Case:
    """Whether there is a connection of a member to see; none is looked at where their list is closed."""
    open_to = Exists(members_listing_to(viewer).filter(pk=OuterRef("pk")))
    seen = Exists(Connection.objects.visible_to(viewer).filter(member=OuterRef("pk")))
    return Case(When(open_to, then=seen), default=False, output_field=BooleanField())


def sections_of(member: User, viewer) -> dict:
    """What the sections of a profile show of a member of `whole_profiles(viewer)`, decorated with their degree."""
    parts: dict[str, list] = {
        name: [model(**row, member_id=member.pk) for row in getattr(member, f"{name}_rows")]
        for name, (model, _fields) in _PARTS.items()
    }
    lead_to_pages([*parts["positions"], *parts["education"]], member=member, viewer=viewer)
    return parts | {
        "member": member,
        "recruits": recruiter_label(member),
        "skills": skills_with_endorsements(member, viewer),
        "employers": by_employer(parts["positions"]),
        "editable": member.pk == viewer.pk,
    }


def by_employer(positions: list[Position]) -> list[list[Position]]:
    """Positions, those that follow each other at one organization together, however its name is written."""
    return [list(group) for _key, group in groupby(positions, key=lambda position: position.organization_key)]


def recruiter_label(member: User) -> str:
    """Return how a member recruits, for others: in-house only where that is proved (product.md §12)."""
    unproved = member.recruiter == User.Recruiter.IN_HOUSE and not member.recruits_in_house
    return "" if unproved or not member.recruiter else member.get_recruiter_display()
