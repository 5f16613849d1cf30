"""Ways to reach somebody (product.md §4): complete, and each only where it is really open."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.models.standing import FOR_GOOD
from communities.actions import follow_organization, start_organization
from communities.models import Membership, Organization
from feed.models import Post
from network.actions import disconnect
from network.models import AskingPause
from profiles.models import ContactDetail, Position
from tests.factories import MemberFactory, ask_through, connect, post, request
from tests.factories.groups import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

# a way: how its line begins, and where it leads
WAYS = {
    "request": ("Send Ines a request", "/in/ines/connect/"),
    "introduction": ("Ask Marco for an introduction", "/in/ines/introduction/?through=marco"),
    "comment": ("Comment on “The gauges agree.”", "/posts/"),
    "detail": ("ines@example.net", "mailto:ines@example.net"),
    "group": ("You are both in Low water", "/groups/low-water/"),
    "people now": ("Grace Example works at River Authority", "/in/grace/"),
    "people before": ("Noah Example worked at River Authority", "/in/noah/"),
    "organization": ("Follow River Authority, where they work", "/organizations/river-authority/"),
}
FOR_MEMBERS = {"request", "comment", "detail", "organization"}
# who looks, and what is open to them
OPEN_TO = {
    "lina": set(WAYS),
    "amara": FOR_MEMBERS,
    "visitor": {"detail"},
    "ines": set(),
    "tomasz": set(),
    "bill": None,
    "jorge": None,
}


@pytest.fixture
def world(cast) -> dict:
    """Everything is open between Lina, a stranger, and Ines."""
    ines, lina = cast["ines"], cast["lina"]
    User.objects.filter(pk=ines.pk).update(profile_audience="public")
    marco, grace, noah = (MemberFactory(first_name=name, handle=name.lower()) for name in ("Marco", "Grace", "Noah"))
    connect(marco, ines)
    for friend in (marco, grace, noah):
        connect(friend, lina)
    start_organization(by=None, name="River Authority", audience="public")
    for member, ended in ((ines, None), (grace, None), (noah, 2019)):
        Position.objects.create(member=member, organization="River Authority", started_year=2015, ended_year=ended)
    group_of(ines, lina)
    ContactDetail.objects.create(member=ines, kind="phone", value="+33 1", audience="public")
    ContactDetail.objects.create(member=ines, kind="email", value="ines@example.net", audience="public", preferred=True)
    post(ines, "The gauges agree.", audience="public")
    return cast | {"marco": marco, "grace": grace, "noah": noah}


def ways_on(answer) -> set[str] | None:
    """The ways that a profile shows; each really stands on it. None if there is no profile."""
    if answer.status_code == 404:
        return None
    page, shown = unescape(answer.text), set()
    for way in answer.context["ways"]:
        name = next(name for name, (text, _url) in WAYS.items() if way.text == text)
        assert way.url.startswith(WAYS[name][1])
        assert way.text in page
        shown.add(name)
    return shown


def test_each_viewer_is_shown_what_is_open_to_them(world, as_member):
    shown = {viewer: ways_on(as_member(world[viewer]).get("/in/ines/")) for viewer in OPEN_TO}
    assert shown == OPEN_TO


def change(member: User, **fields) -> None:
    User.objects.filter(pk=member.pk).update(**fields)


def pause(member: User) -> None:
    now = timezone.now()
    yesterday, in_a_week = now - timedelta(days=1), now + timedelta(days=6)
    AskingPause.objects.create(member=member, set_at=now - timedelta(days=2), starts_at=yesterday, ends_at=in_a_week)


CLOSING = {
    "a closed door": (lambda w: change(w["ines"], door="nobody"), {"request", "introduction"}),
    "asking rests": (lambda w: pause(w["lina"]), {"request", "introduction"}),
    "a request on its way": (lambda w: request(w["lina"], w["ines"]), {"request", "introduction"}),
    "an introduction on its way": (lambda w: ask_through(w["marco"], asker=w["lina"], to=w["ines"]), {"introduction"}),
    "who knows both hides it": (lambda w: change(w["marco"], connections_audience="nobody"), {"introduction"}),
    "who knows both is gone": (lambda w: change(w["marco"], suspended_until=FOR_GOOD), {"introduction"}),
    "nobody may comment": (lambda w: Post.objects.update(comments_from="nobody"), {"comment"}),
    "only connections may comment": (lambda w: Post.objects.update(comments_from="connections"), {"comment"}),
    "the post is for members": (lambda w: Post.objects.update(audience="members"), {"comment"}),
    "details for nobody": (lambda w: ContactDetail.objects.update(audience="nobody"), {"detail"}),
    "one left the group": (lambda w: Membership.objects.filter(member=w["lina"]).delete(), {"group"}),
    "a friend is gone": (lambda w: change(w["grace"], suspended_until=FOR_GOOD), {"people now"}),
    "a friend no more": (lambda w: disconnect(w["noah"], by=w["lina"]), {"people before"}),
    "followed already": (
        lambda w: follow_organization(Organization.objects.get(), by=w["lina"]),
        {"organization"},
    ),
    "they left": (
        lambda w: Position.objects.filter(member=w["ines"]).update(ended_year=2020),
        {"organization", "people now", "people before"},
    ),
}


@pytest.mark.parametrize("closing", CLOSING)
def test_what_closes_a_way_takes_it_away_and_nothing_else(world, as_member, closing):
    close, gone = CLOSING[closing]
    close(world)
    assert ways_on(as_member(world["lina"]).get("/in/ines/")) == set(WAYS) - gone


def test_all_details_stand_on_the_page_to_ask_the_preferred_one_first(world, as_member):
    ways = as_member(world["lina"]).get("/in/ines/connect/").context["ways"]
    details = [(way.text, way.label) for way in ways if way.label]
    assert details == [("ines@example.net", "Email, preferred"), ("+33 1", "Phone")]
