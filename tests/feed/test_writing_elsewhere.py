"""Writing an update for an organization, or in a group: through the pages, by who may."""

from uuid import uuid4

import pytest
from django.urls import reverse

from communities.models import Membership, OrganizationRole
from feed.models import Post
from tests.communities.breakers import group, organization
from tests.factories import post

pytestmark = pytest.mark.usefixtures("unmailed")

HTMX = {"HX-Request": "true"}


@pytest.fixture
def authority(ines):
    """Ines edits the River Authority's page."""
    page = organization(name="River Authority", audience="public")
    OrganizationRole.objects.create(organization=page, member=ines, role="editor")
    return page


@pytest.fixture
def low_water(ines, tomasz):
    """Ines and Tomasz are in a group."""
    made = group(name="Low water")
    for member in (ines, tomasz):
        Membership.objects.create(group=made, member=member)
    return made


def filled(**fields) -> dict:
    return {"text": "Out now.", "comments_from": "anyone", "key": str(uuid4())} | fields


def test_an_editor_writes_in_the_organizations_name(authority, ines, as_member):
    answer = as_member(ines).post(reverse("new_organization_post", args=[authority.slug]), filled(audience="public"))
    assert answer["Location"] == f"/organizations/{authority.slug}/"
    said = Post.objects.get()
    assert (said.organization, said.audience, said.text) == (authority, "public", "Out now.")


def test_a_member_of_a_group_writes_to_its_members_whatever_audience_they_send(low_water, ines, as_member):
    address = reverse("new_group_post", args=[low_water.slug])
    answer = as_member(ines).post(address, filled(audience="public"), headers=HTMX)
    assert answer["HX-Redirect"] == f"/groups/{low_water.slug}/"
    said = Post.objects.get()
    assert (said.group, said.audience) == (low_water, "group")


def test_a_double_click_says_it_once(low_water, ines, as_member):
    form = filled()
    for _turn in range(2):
        as_member(ines).post(reverse("new_group_post", args=[low_water.slug]), form)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("viewer", ["lina", "tomasz"])
def test_nobody_else_finds_the_place_to_write_for_an_organization(authority, lina, tomasz, as_member, viewer):
    client = as_member({"lina": lina, "tomasz": tomasz}[viewer])
    address = reverse("new_organization_post", args=[authority.slug])
    assert client.get(address).status_code == client.post(address, filled(audience="public")).status_code == 404
    assert not Post.objects.exists()


@pytest.mark.parametrize("entry", ["open", "unlisted"])
def test_an_outsider_finds_no_place_to_write_in_a_group(low_water, lina, as_member, entry):
    low_water.entry = entry
    low_water.save()
    address = reverse("new_group_post", args=[low_water.slug])
    assert as_member(lina).get(address).status_code == as_member(lina).post(address, filled()).status_code == 404
    assert not Post.objects.exists()


def test_an_organization_speaks_to_nobodys_connections(authority, ines, as_member):
    address = reverse("new_organization_post", args=[authority.slug])
    for fields in ({"audience": "connections"}, {"audience": "members", "comments_from": "connections"}):
        answer = as_member(ines).post(address, filled(**fields))
        assert answer.status_code == 422
        assert "Out now." in answer.content.decode(), "what was typed is kept"
    assert not Post.objects.exists()


def test_bad_input_comes_back_into_the_place_of_the_prompt(low_water, ines, as_member):
    answer = as_member(ines).post(reverse("new_group_post", args=[low_water.slug]), filled(text=" "), headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Write something, or add a picture." in html
    assert f'hx-post="/groups/{low_water.slug}/posts/new/"' in html
    assert "<main" not in html


def test_a_post_in_a_group_is_edited_without_its_audience_being_asked(low_water, ines, as_member):
    said = post(ines, "Befor.", group=low_water)
    client = as_member(ines)
    assert 'name="audience"' not in client.get(reverse("edit_post", args=[said.pk])).content.decode()
    answer = client.post(reverse("edit_post", args=[said.pk]), {"text": "Before.", "comments_from": "nobody"})
    said.refresh_from_db()
    assert (answer.status_code, said.text, said.audience, said.comments_from) == (302, "Before.", "group", "nobody")


def test_another_editor_mends_and_deletes_what_the_organization_said(authority, ines, lina, as_member):
    said = post(ines, "Befor.", organization=authority, audience="public")
    OrganizationRole.objects.create(organization=authority, member=lina, role="editor")
    client = as_member(lina)
    client.post(
        reverse("edit_post", args=[said.pk]), {"text": "Before.", "audience": "members", "comments_from": "anyone"}
    )
    said.refresh_from_db()
    assert (said.text, said.audience) == ("Before.", "members")
    answer = client.post(reverse("delete_post", args=[said.pk]))
    assert answer["Location"] == f"/organizations/{authority.slug}/"
    assert not Post.objects.exists()
