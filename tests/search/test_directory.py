"""The directory's switch, and what search engines are told."""

import pytest

from accounts.models import Community
from tests.factories import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def test_operators_switch_the_directory_off_and_on_for_people_and_engines(client):
    MemberFactory(public=True)
    assert "/directory/" in client.get("/").content.decode()
    assert "Sitemap:" in client.get("/robots.txt").content.decode()
    Community.objects.update_or_create(pk=1, defaults={"has_directory": False})
    for address in ("/directory/", "/directory/organizations/", "/sitemap.xml", "/sitemap-people.xml"):
        assert client.get(address).status_code == 404, address
    assert "/directory/" not in client.get("/").content.decode()
    assert "Sitemap:" not in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("wanted", [True, False])
def test_a_public_profile_is_for_engines_only_if_its_member_wants_it(client, wanted):
    member = MemberFactory(public=True, engines_may_list=wanted)
    assert client.get(member.get_absolute_url()).has_header("X-Robots-Tag") == (not wanted)
    assert client.get("/directory/").has_header("X-Robots-Tag")
    client.force_login(member, backend="accounts.backends.MemberBackend")
    assert client.get(member.get_absolute_url()).has_header("X-Robots-Tag")
