"""Whom a connection request names, as the site's own word: they passed it on, or let the sender use their name (§5)."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.models import User
from network.models import Introduction


def with_named(requests: QuerySet, viewer) -> QuerySet:
    """Requests, each with `named_seen`: whom it names, if the viewer may see them, and whether they passed it on."""
    passed_on = Introduction.objects.filter(
        asker=OuterRef(OuterRef("sender")),
        through=OuterRef("pk"),
        to=OuterRef(OuterRef("recipient")),
        passed_on_at__isnull=False,
    )
    named = User.objects.visible_to(viewer).filter(pk=OuterRef("named"))
    seen = JSONObject(first_name="first_name", last_name="last_name", passed_on=Exists(passed_on))
    return requests.annotate(named_seen=Subquery(named.values(row=seen)))


def naming(named: dict | None, *, sender: User) -> str:
    """What its recipient reads of whom a request names; empty where it names nobody."""
    if not named:
        return ""
    names = {"name": full_name(named), "sender": sender.first_name}
    if named["passed_on"]:
        return _("Introduced by %(name)s.") % names
    return _("%(name)s lets %(sender)s use their name.") % names


def full_name(named: dict | None) -> str:
    return f"{named['first_name']} {named['last_name']}".strip() if named else ""
