"""Who sees and does what with an organization and its openings: every cell walked over the pages and what they send."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions import follow_organization, give_role, post_opening, start_organization
from communities.models import (
    Application,
    Opening,
    Organization,
    OrganizationFollow,
    OrganizationName,
    OrganizationRole,
)
from feed.actions import publish_post
from feed.models import Post
from tests.world import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

OK, GONE, SIGN_IN, DONE = 200, 404, "sign in", "done"
VIEWERS = ["stranger", "follower", "editor", "admin", "visitor"]

# page: stranger, follower, editor, admin, visitor of a public page, visitor of one for members
SEES = {
    "organization": (OK, OK, OK, OK, OK, GONE),
    "organization_posts": (OK, OK, OK, OK, OK, GONE),
    "organization_people": (OK, OK, OK, OK, OK, GONE),
    "organization_openings": (OK, OK, OK, OK, OK, GONE),
    "opening": (OK, OK, OK, OK, OK, GONE),
    "step_down_from_organization": (GONE, GONE, OK, OK, SIGN_IN, SIGN_IN),
    "new_opening": (GONE, GONE, OK, OK, SIGN_IN, SIGN_IN),
    "edit_opening": (GONE, GONE, OK, OK, SIGN_IN, SIGN_IN),
    "close_opening": (GONE, GONE, OK, OK, SIGN_IN, SIGN_IN),
    "edit_organization": (GONE, GONE, GONE, OK, SIGN_IN, SIGN_IN),
    "organization_names": (GONE, GONE, GONE, OK, SIGN_IN, SIGN_IN),
    "organization_roles": (GONE, GONE, GONE, OK, SIGN_IN, SIGN_IN),
    "remove_organization_role": (GONE, GONE, GONE, OK, SIGN_IN, SIGN_IN),
}
# form: whether it changes something when it is sent by a stranger, follower, editor, admin, visitor
DOES = {
    "follow_organization": (DONE, DONE, DONE, DONE, SIGN_IN),
    "unfollow_organization": (None, DONE, None, None, SIGN_IN),
    "mute_organization": (None, DONE, None, None, SIGN_IN),
    "unmute_organization": (None, DONE, None, None, SIGN_IN),
    "mark_applied": (DONE, DONE, DONE, DONE, SIGN_IN),
    "take_up_organization": (None, None, None, None, SIGN_IN),
    "step_down_from_organization": (GONE, GONE, DONE, None, SIGN_IN),
    "new_opening": (GONE, GONE, DONE, DONE, SIGN_IN),
    "edit_opening": (GONE, GONE, DONE, DONE, SIGN_IN),
    "close_opening": (GONE, GONE, DONE, DONE, SIGN_IN),
    "edit_organization": (GONE, GONE, GONE, DONE, SIGN_IN),
    "put_logo": (GONE, GONE, GONE, DONE, SIGN_IN),
    "remove_logo": (GONE, GONE, GONE, DONE, SIGN_IN),
    "organization_names": (GONE, GONE, GONE, DONE, SIGN_IN),
    "rename_organization": (GONE, GONE, GONE, DONE, SIGN_IN),
    "remove_organization_name": (GONE, GONE, GONE, DONE, SIGN_IN),
    "organization_roles": (GONE, GONE, GONE, DONE, SIGN_IN),
    "remove_organization_role": (GONE, GONE, GONE, DONE, SIGN_IN),
}
OPENING = {"title": "Diver", "kind": "contract", "place": "Basel", "text": "Dive.", "apply_email": "dive@example.com"}
SENT = {
    "follow_organization": {"quiet": "on"},
    "new_opening": OPENING,
    "edit_opening": OPENING,
    "edit_organization": {"kind": "school", "about": "We measure.", "audience": "members"},
    "organization_names": {"name": "Bureau of Rivers", "use": "other"},
    "rename_organization": {"name": "Water Authority"},
    "organization_roles": {"handle": "lina", "role": "editor"},
}


@pytest.fixture
def page(ines, tomasz, amara) -> Organization:
    """A page that Ines looks after, for which Tomasz writes, and which Amara follows."""
    page = start_organization(by=ines, name="River Authority", audience="public")
    give_role(page, tomasz, by=ines)
    follow_organization(page, by=amara)
    OrganizationFollow.objects.update(muted_until=timezone.now() + timedelta(days=3))
    OrganizationName.objects.create(organization=page, name="Old Weir", use="former")
    Organization.objects.filter(pk=page.pk).update(logo_key="0" * 32)
    about = {"title": "Hydrologist", "place": "Lyon", "text": "Measure.", "apply_email": "jobs@example.com"}
    post_opening(page, by=tomasz, closes_on=timezone.localdate() + timedelta(days=9), **about)
    publish_post(by=tomasz, text="For members of this site.", organization=page)
    publish_post(by=tomasz, text="For everybody.", organization=page, audience="public")
    return page


@pytest.fixture
def viewers(page, lina, amara, tomasz, ines, visitor) -> dict:
    return dict(zip(VIEWERS, [lina, amara, tomasz, ines, visitor], strict=True))


def address(name: str, page: Organization) -> str:
    kwargs: dict = {"slug": page.slug}
    if name in ("opening", "edit_opening", "close_opening", "mark_applied"):
        kwargs["pk"] = Opening.objects.get().pk
    if name == "mark_applied":
        del kwargs["slug"]
    if name == "remove_organization_role":
        kwargs["pk"] = page.roles.get(role="editor").pk
    if name == "remove_organization_name":
        kwargs["pk"] = page.names.get(use="former").pk
    return reverse(name, kwargs=kwargs)


def state() -> list:
    """Everything that any of the forms could change."""
    kinds = (Organization, OrganizationName, OrganizationRole, OrganizationFollow, Opening, Application)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def said(answer):
    if answer.status_code == 302 and answer.url.startswith("/accounts/login/"):
        return SIGN_IN
    return answer.status_code


@pytest.mark.parametrize("name", SEES)
def test_who_sees_a_page(as_member, viewers, page, name):
    found = [said(as_member(viewers[viewer]).get(address(name, page))) for viewer in VIEWERS]
    Organization.objects.update(audience="members")
    found.append(said(as_member(viewers["visitor"]).get(address(name, page))))
    assert tuple(found) == SEES[name]


@pytest.mark.parametrize("name", DOES)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_who_does_something(as_member, viewers, page, viewer, name):
    data = SENT.get(name, {}) | {"key": uuid4(), "closes_on": timezone.localdate() + timedelta(days=30)}
    if name == "put_logo":
        data = {"logo": picture()}
    before = state()
    answer = as_member(viewers[viewer]).post(address(name, page), data)
    changed = state() != before
    assert (
        DONE if changed else None if answer.status_code == 302 and said(answer) != SIGN_IN else said(answer)
    ) == DOES[name][VIEWERS.index(viewer)]


@pytest.mark.parametrize("name", [*SEES, *DOES])
def test_a_page_that_an_operator_hid_is_gone_for_everybody(as_member, viewers, page, name):
    where = address(name, page)
    Organization.objects.update(hidden_at=timezone.now())
    for viewer in VIEWERS[:4]:
        client = as_member(viewers[viewer])
        assert (client.get(where) if name in SEES else client.post(where)).status_code == GONE


def test_who_reads_what_it_says(as_member, viewers, page):
    where = reverse("organization", args=[page.slug])
    for viewer in VIEWERS:
        html = as_member(viewers[viewer]).get(where).text
        assert "For everybody." in html
        assert ("For members of this site." in html) == (viewer != "visitor")


def test_whoever_follows_is_known_to_nobody_but_counted_if_they_follow_openly(as_member, viewers, page, amara, lina):
    follow_organization(page, by=lina, quiet=True)
    for viewer in VIEWERS:
        html = as_member(viewers[viewer]).get(page.get_absolute_url()).text
        assert "1 follower" in html
        assert ("Amara" in html) == (viewer == "follower")


def test_the_main_form_of_each(as_member, viewers, page):
    """What is offered is what may be done."""
    offers = {
        "stranger": ["/follow/"],
        "follower": ["/unfollow/", "/unmute/"],
        "editor": ["/openings/new/", "/step-down/"],
        "admin": ["/openings/new/", "/edit/"],
        "visitor": ["Sign in to follow"],
    }
    for viewer, offered in offers.items():
        html = as_member(viewers[viewer]).get(page.get_absolute_url()).text
        assert [each for each in offered if each not in html] == []
        assert ("/openings/new/" in html) == (viewer in ("editor", "admin"))
        assert ("/organizations/river-authority/edit/" in html) == (viewer == "admin")


def test_what_is_said_for_an_organization_names_no_editor(as_member, lina, tomasz, page):
    assert Post.objects.filter(author=tomasz).exists()
    assert "Tomasz" not in as_member(lina).get(page.get_absolute_url()).text
