"""A wall stands between two who look after the same page too: neither reads the other's name, and either may act."""

import pytest
from django.urls import reverse

from accounts.actions import block_member
from communities.actions import give_role, start_organization
from communities.models import OrganizationRole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


@pytest.fixture
def page(ines, tomasz):
    """Both look after a page, and one has blocked the other."""
    page = start_organization(by=ines, name="River Authority")
    give_role(page, tomasz, by=ines, role="admin")
    block_member(ines, by=tomasz)
    return page


def test_the_other_is_a_member_without_a_name(page, ines, tomasz, as_member):
    for viewer, other in ((ines, tomasz), (tomasz, ines)):
        said = as_member(viewer).get(reverse("organization_roles", args=[page.slug])).content.decode()
        assert other.first_name not in said
        assert other.handle not in said
        assert "A member" in said
        assert viewer.first_name in said


def test_their_role_can_be_taken_without_reading_their_name(page, ines, tomasz, as_member):
    role = OrganizationRole.objects.get(member=tomasz)
    address = reverse("remove_organization_role", args=[page.slug, role.pk])
    assert "Tomasz" not in as_member(ines).get(address).content.decode()
    assert "Tomasz" not in as_member(ines).post(address, follow=True).content.decode()
    assert not OrganizationRole.objects.filter(member=tomasz).exists()
