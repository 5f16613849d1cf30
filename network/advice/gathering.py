"""Where the facts come from: what the page knows already, and two queries more."""

from datetime import date
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, Trim
from django.urls import resolve
from django.utils import timezone

from accounts.models import User
from accounts.written_once import WrittenOnce
from communities.models import Application, Belonging, Opening, Organization, OrganizationFollow
from network.advice.advising import Advice, advise
from network.advice.converting import days_answered
from network.advice.facts import Facts
from network.advice.said import Said
from network.ground import Ground, Shared
from network.introducing import may_still_introduce, may_try, people_between
from network.models import NotNow
from network.standing import Standing
from network.totals import connection_total, follower_total
from profiles.models import Position
from profiles.organizations import current_positions

CONTEXTS = {"organization": "worked", "school": "studied", "group": "business"}
"""What the page to ask has ticked where two were at one place at the same time."""


def advice_on(member: User, *, viewer, standing: Standing, ground: Ground, said: Said) -> Advice | None:
    """Return what to do about somebody; nothing to visitors, about oneself, nor where something is under way."""
    is_nobody = standing.is_visitor or standing.is_self
    under_way = standing.received or standing.sent_pk or standing.introduction or standing.introduced
    if is_nobody or standing.connected_at or under_way:
        return None
    return advise(facts_of(member, viewer=viewer, standing=standing, ground=ground, said=said))


def facts_of(member: User, *, viewer: User, standing: Standing, ground: Ground, said: Said) -> Facts:
    """Gather what is known of the viewer and a member whom they aren't connected with.

    In one query, and one more if the viewer follows them. The totals are taken from the member where the page has them.
    """
    row = _looked_up(member, viewer, standing)
    there = _most_telling(row["organizations"])
    together = _together(ground)
    event = next((item for item in ground.items if item.kind == "event"), None)
    is_agency, is_in_house = (member.recruiter == kind for kind in ("agency", "in_house"))
    return Facts(
        name=member.first_name,
        may_ask=standing.may_ask_now,
        may_follow=standing.may_follow,
        follows=standing.follows,
        introducer=row["introducer"]["name"],
        introducer_handle=row["introducer"]["handle"],
        asks_to_be_followed_first=member.follow_first,
        mutual=row["mutual"],
        mutual_count=member.mutual_count if row["mutual"] else 0,
        together=together.text if together else "",
        together_as=CONTEXTS[together.kind] if together else "",
        event=event.name if event else "",
        event_slug=resolve(event.url).kwargs["slug"] if event else "",
        event_days_ago=_days_since(event.happened_on) if event else None,
        shared=next((item.text for item in ground.items), ""),
        recruits="agency" if is_agency else "in_house" if is_in_house and there.get("proves") else "",
        organization=there.get("name", ""),
        organization_slug=there.get("slug", ""),
        employer=row["employer"],
        follows_organization=there.get("follows", False),
        openings=there.get("openings", 0),
        has_applied=there.get("applied", False),
        is_looking=viewer.looking_for == User.Looking.WORK,
        followers=row["follower_count"],
        connections=row["connection_count"],
        days_answered=_days_answered(member, viewer, standing) if not row["put_off"] else 0,
        talked=said.talked,
        said=said.what,
    )


def _looked_up(member: User, viewer: User, standing: Standing) -> dict:
    """Look up, in one query, what stands in no other part of the page."""
    is_counted = all(hasattr(member, name) for name in TOTALS)
    written = _written(may_try=may_try(standing), counts=not is_counted)
    (row,) = written.dicts(viewer, number=member.pk)
    row["introducer"] = row["introducer"] or {"name": "", "handle": ""}
    return row | {name: getattr(member, name) for name in TOTALS if is_counted}


TOTALS = {"follower_count": follower_total, "connection_count": connection_total}


@cache
def _written(*, may_try: bool, counts: bool) -> WrittenOnce:
    return WrittenOnce(lambda viewer, other: _between(other, viewer, may_try=may_try, counts=counts))


def _between(member: User, viewer: User, *, may_try: bool, counts: bool) -> QuerySet[User, dict]:
    """One row about two members; `may_try`: whether an introduction is possible; `counts`: whether totals are asked."""
    named = current_positions(OuterRef("pk"))
    organizations = _where_they_work(member, viewer)
    mutuals = people_between(member, viewer=viewer)
    introducers = may_still_introduce(member, viewer=viewer) if may_try else User.objects.none()
    return User.objects.filter(pk=member.pk).values(
        organizations=ArraySubquery(organizations.order_by("pk").values(row=_ORGANIZATION)),
        employer=Coalesce(Subquery(named.order_by(*Position._meta.ordering).values("organization")[:1]), Value("")),
        mutual=Coalesce(Subquery(mutuals.values(name=_NAME)[:1]), Value("")),
        introducer=Subquery(introducers.values(row=JSONObject(name=_NAME, handle="handle"))[:1]),
        put_off=Exists(NotNow.objects.standing().filter(member=viewer, other=OuterRef("pk"))),
        **({name: total() for name, total in TOTALS.items()} if counts else {}),
    )


_NAME = Trim(Concat("first_name", Value(" "), "last_name"))
_ORGANIZATION = JSONObject(
    name="name", slug="slug", follows="is_followed", openings="open_ones", applied="has_applied", proves="proves"
)


def _where_they_work(member: User, viewer: User) -> QuerySet[Organization]:
    """The organizations of somebody's positions, what the viewer has to do with them, and whether they prove it."""
    here = Opening.objects.filter(organization=OuterRef("pk"))
    open_ones = here.open().order_by().values("organization").annotate(number=Count("pk")).values("number")
    proofs = Belonging.objects.by_domain().filter(organization=OuterRef("pk"), member=member)
    named = current_positions(member).values("organization_key")
    return (
        Organization.objects.visible_to(viewer)
        .filter(names__key__in=named)
        .annotate(
            is_followed=Exists(OrganizationFollow.objects.filter(organization=OuterRef("pk"), follower=viewer)),
            open_ones=Coalesce(Subquery(open_ones, output_field=IntegerField()), 0),
            has_applied=Exists(Application.objects.filter(opening__organization=OuterRef("pk"), member=viewer)),
            proves=Exists(proofs),
        )
    )


def _most_telling(organizations: list[dict]) -> dict:
    """Of several organizations where somebody works: where the viewer applied, what is proved, what they follow."""
    return max(organizations, key=lambda row: (row["applied"], row["proves"], row["follows"]), default={})


def _together(ground: Ground) -> Shared | None:
    """The weightiest place at which both were at the same time; a group, in which both are now."""
    together = (item for item in ground.items if item.kind in CONTEXTS)
    return next((item for item in together if item.at_the_same_time or item.kind == "group"), None)


def _days_since(day: date | None) -> int | None:
    return (timezone.localdate() - day).days if day else None


def _days_answered(member: User, viewer: User, standing: Standing) -> int:
    return days_answered(viewer, [member.pk]).get(member.pk, 0) if standing.follows else 0
