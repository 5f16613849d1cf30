"""The name of an organization stands for its other names, as far as the viewer may know that they are its names."""

import pytest
from django.utils import timezone

from communities.actions import add_name, start_organization
from communities.models import Organization
from profiles.models import Position
from search.wanted import Wanted, matching
from tests.factories import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

BY_ANOTHER = Wanted(organization="Weir Board")


@pytest.fixture
def diver(ines):
    """Somebody whom visitors see, at an organization whose page, with another name on it, is for members."""
    add_name(start_organization(by=ines, name="River Authority"), by=ines, name="Weir Board")
    member = MemberFactory(public=True)
    Position.objects.create(member=member, title="Diver", organization="River Authority", started_year=2020)
    return member


def test_members_find_by_another_name(diver, ines):
    assert list(matching(BY_ANOTHER, ines)) == [diver]


def test_visitors_do_not_where_the_page_is_for_members(diver, visitor):
    assert list(matching(Wanted(organization="River Authority"), visitor)) == [diver]
    assert list(matching(BY_ANOTHER, visitor)) == []


def test_nobody_does_where_the_page_is_hidden(diver, ines):
    Organization.objects.update(hidden_at=timezone.now())
    assert list(matching(BY_ANOTHER, ines)) == []
