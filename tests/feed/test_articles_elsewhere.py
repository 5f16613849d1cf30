"""Articles for an organization and in groups: by who may write there when they are published, and lost to nobody."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.refusals import Refusal
from communities.models import Membership, OrganizationRole
from feed.actions import publish_draft, publish_post
from feed.actions.posting import move_posts
from feed.models import Draft, Post
from tests.communities.breakers import group, organization
from tests.factories import article, draft

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


def typed(mine: Draft | None = None, **fields) -> dict:
    seen = {"key": mine.key, "saves": mine.saves} if mine else {"key": uuid4(), "saves": 0}
    said = {"title": "Ice", "text": "It cracks.", "comments_from": "anyone", "page": uuid4()}
    return {name: str(value) for name, value in (said | seen | fields).items()}


def test_an_editor_writes_an_article_in_the_organizations_name(authority, ines, lina, as_member):
    client, address = as_member(ines), reverse("new_organization_article", args=[authority.slug])
    assert address in client.get(authority.get_absolute_url()).text
    page = client.get(address).text
    assert "For River Authority" in page
    assert 'value="connections"' not in page, "an organization has none"
    form = typed(organization=authority.slug, audience="public")
    client.post(reverse("preview_draft"), form, headers=HTMX)
    mine = Draft.objects.get()
    assert (mine.organization, mine.audience) == (authority, "public")
    assert "For River Authority" in client.get(reverse("drafts")).text
    assert "For River Authority" in client.get(mine.get_absolute_url()).text
    client.post(mine.get_absolute_url(), form | {"saves": "1", "publish": "1"})
    said = Post.objects.get()
    assert (said.organization, said.group, said.audience, said.author) == (authority, None, "public", ines)
    for url in (authority.get_absolute_url(), said.article.get_absolute_url()):
        read = as_member(lina).get(url).text
        assert "Ice" in read
        assert "Ines" not in read.split("<main")[1], "who wrote it for them stays unnamed"
    assert "Ice" not in as_member(lina).get("/in/ines/posts/").text


def test_in_a_group_its_members_read_it_and_nobody_is_asked_who_sees_it(low_water, ines, tomasz, lina, as_member):
    client, address = as_member(ines), reverse("new_group_article", args=[low_water.slug])
    assert address in client.get(low_water.get_absolute_url()).text
    assert 'name="audience"' not in client.get(address).text
    client.post(address, typed(group=low_water.slug, audience="public", publish="1"))
    said = Post.objects.get()
    assert (said.group, said.audience) == (low_water, "group")
    url = said.article.get_absolute_url()
    assert as_member(tomasz).get(url).status_code == 200
    assert as_member(lina).get(url).status_code == 404
    edit = reverse("edit_article", args=[said.pk])
    assert 'name="audience"' not in client.get(edit).text
    client.post(edit, typed(text="It melts.", saves=1))
    said.refresh_from_db()
    assert (said.text, said.audience, said.group) == ("It melts.", "group", low_water)


def test_another_editor_mends_what_the_organization_said_and_sees_no_draft(authority, ines, lina, as_member):
    said, begun = article(ines, organization=authority), draft(ines, "Begun", organization=authority)
    OrganizationRole.objects.create(organization=authority, member=lina, role="editor")
    client = as_member(lina)
    assert client.get(begun.get_absolute_url()).status_code == 404
    form = typed(text="Better.", saves=1, audience="members")
    assert client.post(reverse("edit_article", args=[said.pk]), form | {"audience": "connections"}).status_code == 422
    assert client.post(reverse("edit_article", args=[said.pk]), form).status_code == 302
    assert Post.objects.get().text == "Better."


@pytest.mark.parametrize("viewer", ["lina", "tomasz"])
def test_nobody_else_begins_one_there(authority, low_water, cast, as_member, viewer):
    client = as_member(cast[viewer])
    Membership.objects.filter(member=cast["tomasz"]).delete()
    for address in (
        reverse("new_organization_article", args=[authority.slug]),
        reverse("new_group_article", args=[low_water.slug]),
    ):
        assert client.get(address).status_code == client.post(address, typed(publish="1")).status_code == 404
    for where in ({"organization": authority.slug}, {"group": low_water.slug}):
        answer = client.post(reverse("new_article"), typed(audience="public", publish="1", **where))
        assert answer.status_code == 422
        with pytest.raises(Refusal):
            publish_draft(draft(cast[viewer], organization=authority), by=cast[viewer])
        with pytest.raises(Refusal):
            publish_draft(draft(cast[viewer], group=low_water), by=cast[viewer])
    assert not Post.objects.exists()


@pytest.mark.parametrize("place", ["organization", "group"])
def test_whoever_may_write_there_no_more_keeps_the_draft_for_the_fewest(authority, low_water, ines, as_member, place):
    where = {"organization": authority, "group": low_water}[place]
    mine = draft(ines, "Ice", "It cracks.", **{place: where})
    OrganizationRole.objects.all().delete(), Membership.objects.all().delete()
    client, address = as_member(ines), mine.get_absolute_url()
    page = client.get(address).text
    assert "What you wrote is kept as a draft for posts of your own." in page
    assert where.name not in page
    assert where.name not in client.get(reverse("drafts")).text
    assert '<option value="connections" selected>' in page
    stale = typed(mine, text="More.", **{place: where.slug}) | ({"audience": "members"} if place != "group" else {})
    refused = client.post(address, stale | {"publish": "1"})
    assert refused.status_code == 422
    assert "More." in refused.text
    assert '<option value="connections" selected>' in refused.text
    saved = client.post(reverse("preview_draft"), stale, headers=HTMX)
    assert "What you wrote is kept" in saved.text
    mine.refresh_from_db()
    assert (mine.text, mine.organization, mine.group, mine.audience) == ("More.", None, None, "connections")
    if place == "group":  # its page never showed who sees it
        assert client.post(address, stale | {place: "", "saves": "2", "publish": "1"}).status_code == 422
    assert not Post.objects.exists()


def test_a_draft_goes_along_when_pages_are_merged_and_stays_when_the_place_goes(authority, low_water, ines):
    into, mine, other = organization(name="Other"), draft(ines, organization=authority), draft(ines, group=low_water)
    move_posts(from_=authority, into=into)
    mine.refresh_from_db()
    assert mine.organization == into
    into.delete(), low_water.delete()
    mine.refresh_from_db(), other.refresh_from_db()
    assert (mine.organization, other.group) == (None, None)


def test_a_draft_with_the_key_of_an_update_is_published_beside_it(ines, as_member):
    said = publish_post(by=ines, text="An update.")
    answer = as_member(ines).post(reverse("new_article"), typed(key=said.key, audience="members", publish="1"))
    assert answer.url == Post.objects.exclude(pk=said.pk).get().article.get_absolute_url()
    assert not Draft.objects.exists()
