"""With whom anything is proved: what opens a door, and comes first (product.md §3.10, §3.13)."""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from communities.models import Attendance, Belonging, Membership, OrganizationName
from network.degrees import Among, near_of
from network.ground.asked import OTHERS, Numbers, rows_about
from notifications.written_once import WrittenOnce
from profiles.naming import NAMING


def proved_among(numbers: Numbers, viewer) -> set[int]:
    """Return the numbers of those with whom the viewer has proved common ground, as `Ground.is_proved` says it.

    `numbers` are those of members whom the viewer may see, or a QuerySet of them. In two queries.
    """
    if not viewer.is_authenticated:
        return set()
    numbers = numbers if isinstance(numbers, QuerySet) else list(numbers)
    known = {pk for pk, (_direct, mutual) in near_of(numbers, viewer).items() if mutual}
    return known | {pk for (pk,) in rows_about(numbers, _proved_with_anybody(), viewer=viewer)} - {viewer.pk}


@cache
def _proved_with_anybody() -> WrittenOnce:
    return WrittenOnce(lambda viewer: User.objects.filter(met_or_known(viewer), Among(F("pk"), OTHERS)).values("pk"))


def met_or_known(viewer) -> Q:
    """The condition that they are in a group together, were at an event, or are known to be of an organization.

    Of an organization only where both CVs name it: what `network.ground.cvs` says of their entries.
    """
    groups = Membership.objects.visible_to(viewer).filter(member=OuterRef("pk"))
    events = Attendance.objects.met_by(viewer).filter(member=OuterRef("pk"))
    belongings = Belonging.objects.visible_to(viewer).filter(_is_named())
    mine = ArraySubquery(belongings.filter(member=viewer).values("organization"))
    both = belongings.filter(Among(F("organization"), mine), member=OuterRef("pk"))
    return Q(Exists(groups)) | Q(Exists(events)) | Q(Exists(both))


def _is_named() -> Q:
    """The condition that a belonging is to an organization which its member's CV names."""
    named = Q()
    for model, (_name, key) in NAMING.items():
        names = OrganizationName.objects.filter(organization=OuterRef(OuterRef("organization")), key=OuterRef(key))
        named |= Q(Exists(model.objects.filter(Exists(names), member=OuterRef("member"))))
    return named
