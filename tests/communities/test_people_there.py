"""The people at an organization: now and before, the nearest first, only those whom the viewer may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from communities.actions import add_name, start_organization
from network import people_there as module
from network.people_there import people_there
from profiles.models import Education, Position
from tests.factories import MemberFactory, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

QUERIES = 16
"""Session, member, community, what waits, the page, names, entries of two kinds, three rings, degrees, standings."""


@pytest.fixture
def page(ines):
    return start_organization(by=ines, name="University of Michigan", kind="school")


def there(name: str, *, wrote: str = "Univ. of Michigan", **span):
    member = MemberFactory(first_name=name, handle=name.lower())
    Position.objects.create(member=member, title="Gauger", organization=wrote, **span)
    return member


def names(page, viewer, *, now=True, most=50) -> list[str]:
    return [member.first_name for member in people_there(page, viewer=viewer, now=now, most=most)[0]]


@pytest.fixture(params=["few", "many"])
def however_many(request, monkeypatch):
    """Both ways of asking: by number for few, person by person for many."""
    if request.param == "many":
        monkeypatch.setattr(module, "FEW", 0)


def test_connections_come_first_then_theirs_then_the_others_by_name(page, lina, however_many):
    far, near, second, also_far = (there(name) for name in ("Abel", "Zora", "Yves", "Bert"))
    bridge = MemberFactory()
    connect(lina, near)
    connect(lina, bridge)
    connect(bridge, second)
    assert names(page, lina) == ["Zora", "Yves", "Abel", "Bert"]
    assert far
    assert also_far


def test_now_is_without_an_end_or_with_one_to_come_and_before_is_the_rest(page, lina, however_many):
    year = timezone.localdate().year
    there("Now", started_year=2010)
    there("Soon", started_year=2010, ended_year=year + 1)
    there("Before", started_year=2001, ended_year=2005)
    back = there("Back", started_year=2001, ended_year=2005)
    Education.objects.create(member=back, school="The University of Michigan")
    student = MemberFactory(first_name="Student")
    Education.objects.create(member=student, school="university of MICHIGAN", ended_year=2008)
    assert names(page, lina) == ["Back", "Now", "Soon"]
    assert names(page, lina, now=False) == ["Before", "Student"]


def test_each_stands_once_with_what_they_do_there(page, lina, however_many):
    member = there("Ada", started_year=2015)
    Position.objects.create(member=member, title="Porter", organization="University of Michigan", started_year=2012)
    (found,), _more = people_there(page, viewer=lina, now=True, most=5)
    assert found.part == "Gauger · 2015 – now"


def test_any_of_its_names_leads_to_it_and_others_dont(page, ines, lina):
    there("Ada", wrote="U-M")
    there("Bob", wrote="Michigan State University")
    assert names(page, lina) == []
    add_name(page, by=ines, name="U-M")
    assert names(page, lina) == ["Ada"]


def test_only_whom_the_viewer_may_see(page, lina, visitor, however_many):
    there("Ada")
    public = there("Pia")
    type(public).objects.filter(pk=public.pk).update(profile_audience="public")
    block_member(lina, by=there("Wall"))
    gone = there("Gone")
    type(gone).objects.filter(pk=gone.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=1))
    assert names(page, lina) == ["Ada", "Pia"]
    assert names(page, visitor) == ["Pia"]


def test_reading_on_shows_each_once(page, lina, as_member, however_many):
    members = [there(f"Nora{number}") for number in range(45)]
    for member in members[:22]:
        connect(lina, member)
    client, address, seen = as_member(lina), reverse("organization_people", args=[page.slug]), []
    while address:
        context = client.get(address).context
        seen += [member.pk for member in context["people"]]
        address = context["next_url"]
    assert len(seen) == 45
    assert set(seen) == {member.pk for member in members}


def test_it_costs_the_same_with_one_as_with_fifty(page, lina, as_member, however_many):
    client, address = as_member(lina), reverse("organization_people", args=[page.slug])
    there("One")
    client.get(address)
    counted = []
    for number in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counted.append(len(queries))
        for each in range(49 if number == 0 else 0):
            there(f"Many{each}")
    assert counted[1] <= counted[0] <= QUERIES


def test_reading_on_by_htmx_brings_rows_and_nothing_else(page, lina, as_member):
    for number in range(25):
        there(f"Nora{number}")
    client = as_member(lina)
    first = client.get(reverse("organization_people", args=[page.slug]))
    more = client.get(first.context["next_url"], headers={"HX-Request": "true"}).text
    assert more.count("<li>") == 5
    assert "<html" not in more


@pytest.mark.parametrize("after", ["", "x", "9.1.a", "0.1", "1..", "2.99999999999999999999.a"])
def test_a_forged_place_is_no_error(page, lina, as_member, after):
    there("Ada")
    assert as_member(lina).get(reverse("organization_people", args=[page.slug]), {"after": after}).status_code == 200
