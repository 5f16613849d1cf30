"""Organizations among the ways to reach somebody, and among what one follows (product.md §4, §6)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models.standing import FOR_GOOD
from communities.actions import follow_organization, mute_organization, start_organization
from communities.models import Organization, OrganizationFollow
from profiles.models import Position
from tests.factories import connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


@pytest.fixture
def page(ines) -> Organization:
    Position.objects.create(member=ines, organization="River Authority")
    return start_organization(by=ines, name="River Authority")


def way(client) -> bool:
    return "Follow River Authority, where they work" in client.get("/in/ines/").text


def test_the_page_of_their_employer_is_a_way_until_it_is_followed(as_member, page, lina):
    assert way(as_member(lina))
    follow_organization(page, by=lina, quiet=True)
    assert not way(as_member(lina))


@pytest.mark.parametrize("why", ["over", "hidden", "connected", "visitor"])
def test_it_is_none_where_it_isnt_really_open(as_member, page, ines, lina, visitor, why):
    viewer = lina
    if why == "over":
        Position.objects.update(ended_year=2010)
    elif why == "hidden":
        Organization.objects.update(hidden_at=timezone.now())
    elif why == "connected":
        connect(lina, ines)
    else:
        viewer, ines.profile_audience, page.audience = visitor, "public", "public"
        ines.save()
        page.save()
    assert not way(as_member(viewer))


def test_there_is_one_such_way_at_most(as_member, page, ines, lina):
    Position.objects.create(member=ines, organization="Delta Works")
    start_organization(by=ines, name="Delta Works")
    assert as_member(lina).get("/in/ines/").text.count(", where they work") == 1


def test_followed_organizations_stand_below_the_people_quiet_and_muted_ones_too(as_member, page, lina, ines):
    follow_organization(page, by=lina, quiet=True)
    mute_organization(page, by=lina, until=FOR_GOOD)
    text = as_member(lina).get(reverse("following")).text
    for said in ("River Authority", "/organizations/river-authority/", "Quiet", "Muted"):
        assert said in text
    assert "River Authority" not in as_member(ines).get(reverse("following")).text


def test_reading_on_in_either_list_shows_every_organization_once(as_member, lina):
    moment = timezone.now()
    for number in range(45):
        page = start_organization(by=None, name=f"Works {number}")
        OrganizationFollow.objects.create(
            follower=lina, organization=page, followed_at=moment + timedelta(minutes=number // 3)
        )
    browser, address, seen = as_member(lina), reverse("following"), []
    while address:
        rows = browser.get(address).context["organizations"]
        seen += [row.organization_id for row in rows.rows]
        address = rows.next_url
    assert len(seen) == len(set(seen)) == 45
    more = browser.get(
        browser.get(reverse("following")).context["organizations"].next_url, headers={"HX-Request": "true"}
    )
    assert more.text.count("<li>") >= 20
    assert "<html" not in more.text
    assert "Nobody" not in more.text


def test_it_costs_the_same_with_one_organization_and_with_fifty(as_member, lina, django_assert_max_num_queries):
    browser, costs = as_member(lina), []
    for number in range(50):
        follow_organization(start_organization(by=None, name=f"Works {number}"), by=lina)
        if number in (0, 49):
            browser.get(reverse("following"))
            with django_assert_max_num_queries(12) as queries:
                browser.get(reverse("following"))
            costs.append(len(queries))
    assert costs[0] == costs[1]
