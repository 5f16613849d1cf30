"""Whether one member may ask for an introduction to another, through whom, and if not, what they are told (§5).

Decided by what the asker already knows (§3.6, their own open introductions) and by the other's door: never by what
became of an earlier request or introduction. No query of this module reads what the other two keep to themselves.
"""

from datetime import datetime
from functools import cache

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.written_once import WrittenOnce
from network.degrees import mutual_connections
from network.doors import Asking
from network.models import Connection, ConnectionRequest, Introduction
from network.models.introduction import MOST_OPEN
from network.quotas import pause_sentence
from network.standing import Standing

CHOICE = 20
"""From how many mutual connections one is chosen on the page."""


def people_between(member: User, *, viewer) -> QuerySet[User]:
    """The mutual connections through whom the viewer could be introduced, the viewer's newest connection first."""
    mine = Connection.objects.filter(member=viewer.pk, other=OuterRef("pk"))
    people = mutual_connections(member, viewer).annotate(known_since=Subquery(mine.values("connected_at")))
    return people.order_by("-known_since", "-pk")


def first_to_introduce(member: User, *, viewer, standing: Standing) -> User | None:
    """Return whom the viewer may ask now for an introduction to `member`; None where that isn't possible.

    `standing` is what stands between the viewer and `member`. What it can't know is asked here, in one query.
    """
    found = _first_to_introduce().objects(viewer, number=member.pk) if may_try(standing) else []
    return next(iter(found), None)


@cache
def _first_to_introduce() -> WrittenOnce:
    return WrittenOnce(lambda viewer, other: may_still_introduce(other, viewer=viewer)[:1])


def may_try(standing: Standing) -> bool:
    """Whether the viewer may ask for an introduction, as far as stands between the two."""
    return not (standing.is_visitor or standing.is_self or standing.asking_rests) and may_pass(standing)


def may_still_introduce(member: User, *, viewer) -> QuerySet[User]:
    """The mutual connections, while the viewer has fewer introductions open than they may: nobody otherwise."""
    sixth = Introduction.objects.open().filter(asker=viewer)[MOST_OPEN - 1 : MOST_OPEN]
    return people_between(member, viewer=viewer).filter(~Exists(sixth))


def may_pass(standing: Standing) -> bool:
    """Whether §3.6 and the door let the viewer ask for an introduction, as far as stands between the two."""
    return (
        standing.asking is not None
        and not standing.received
        and not standing.introduced
        and not standing.introduction
        and standing.asking.passable
    )


def why_not(member: User, *, viewer: User, asking: Asking) -> str:
    """Return why the viewer may not ask for an introduction to `member` now; empty if they may."""
    if ConnectionRequest.objects.open().filter(sender=member, recipient=viewer).exists():
        return _("%(name)s asked you to connect. Answer that request.") % {"name": member.name}
    if Introduction.objects.introducing_to(viewer).filter(asker=member).exists():
        return _("%(name)s was introduced to you. Answer that introduction.") % {"name": member.name}
    if open_one := Introduction.objects.open().filter(asker=viewer, to=member).only("asked_at").first():
        sentence = _("You asked for an introduction to %(name)s on %(date)s. It stays open until %(end)s.")
        return sentence % {"name": member.name, "date": _day(open_one.asked_at), "end": _day(open_one.expires_at)}
    if not asking.passable:
        return asking.sentence
    if sentence := pause_sentence(viewer):
        return sentence
    if _most_are_open(viewer):
        first = Introduction.objects.open().filter(asker=viewer).only("asked_at").earliest("asked_at")
        return _("%(limit)s introductions that you asked for are open. You can ask for another from %(date)s.") % {
            "limit": MOST_OPEN,
            "date": _day(first.expires_at),
        }
    return ""


def said_to_asker(introduction: Introduction) -> str:
    """Return how an introduction stands, by what its asker may know: "asked" until day 30, or "introduced" (§5)."""
    names = {"name": introduction.through.name, "other": introduction.to.first_name}
    if introduction.connected_at:
        return _("%(name)s introduced you, and %(other)s connected with you.") % names
    if introduction.passed_on_at:
        return _("%(name)s introduced you on %(date)s.") % (names | {"date": _day(introduction.passed_on_at)})
    if introduction.may_name_at:
        return _("%(name)s lets you use their name.") % names
    return _("You asked %(name)s on %(date)s.") % (names | {"date": _day(introduction.asked_at)})


def _most_are_open(viewer) -> bool:
    return Introduction.objects.open().filter(asker=viewer).count() >= MOST_OPEN


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
