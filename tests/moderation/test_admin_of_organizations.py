"""What operators find and do about organizations and openings: reading, hiding, giving an admin, merging two pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions import (
    add_name,
    follow_organization,
    give_role,
    mark_applied,
    mute_organization,
    post_opening,
    start_organization,
)
from communities.models import Application, Belonging, Event, Opening, Organization, OrganizationDomain, ProofLetter
from feed.models import Draft, Post
from moderation.models import Decision
from tests.communities.breakers import event
from tests.factories import MemberFactory
from tests.factories import post as publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def address(page, *args):
    return reverse(f"admin:communities_{page}", args=args)


def read(browser, page, *args, **query):
    answer = browser.get(address(page, *args), query)
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def two(ines, tomasz, lina, amara) -> tuple[Organization, Organization]:
    """Two pages of one organization, and something of every kind that the first has."""
    doubled = start_organization(by=ines, name="River Authority", about="We measure.")
    into = start_organization(by=tomasz, name="Authority of Rivers", audience="public")
    add_name(doubled, by=ines, name="Old Weir", use="former")
    OrganizationDomain.objects.create(organization=doubled, domain="example.org")
    follow_organization(doubled, by=lina, quiet=True)
    for page in (doubled, into):
        follow_organization(page, by=amara)
    mute_organization(into, by=amara, until=timezone.now() + timezone.timedelta(days=9))
    give_role(doubled, lina, by=ines)
    give_role(into, ines, by=tomasz)
    publish(ines, "We measure.", organization=doubled)
    Draft.objects.create(author=ines, title="How we measure", organization=doubled)
    told = {"title": "Hydrologist", "place": "Lyon", "text": "Measure.", "apply_email": "a@example.com"}
    mark_applied(post_opening(doubled, by=ines, closes_on=timezone.localdate(), **told), by=lina)
    event(host=ines, organization=doubled)
    Belonging.objects.create(member=lina, organization=doubled, source="roster")
    return doubled, into


def test_pages_are_found_by_the_beginnings_of_any_of_their_names(desk, two):
    assert "River Authority" in read(desk, "organization_changelist", q="old wei")
    assert "Authority of Rivers" not in read(desk, "organization_changelist", q="old wei")
    assert "River Authority" not in read(desk, "organization_changelist", q="zz")


def test_a_page_shows_its_names_domains_roles_and_counts(desk, two):
    html = read(desk, "organization_change", two[0].pk)
    for words in ("Old Weir", "Former name", "example.org", "Ines Moreau", "Editor", "followers, quiet ones too: 2"):
        assert words in html


def test_who_follows_and_who_ticked_is_shown_nowhere(desk, two, amara):
    opening = Opening.objects.get()
    pages = [
        read(desk, "organization_change", two[0].pk),
        read(desk, "opening_change", opening.pk),
        read(desk, "opening_changelist"),
    ]
    assert not any("Amara" in html for html in pages)
    assert not any("applied" in html.lower().replace("can be applied", "") for html in pages[1:])
    assert not any(Application in (model,) for model in desk.get(reverse("admin:index")).context["app_list"])


def test_filters(desk, two):
    orphan = start_organization(by=None, name="Delta Works")
    assert "Delta Works" in read(desk, "organization_changelist", standing="orphaned")
    assert "River Authority" not in read(desk, "organization_changelist", standing="orphaned")
    Organization.objects.filter(pk=orphan.pk).update(hidden_at=timezone.now())
    assert "Delta Works" in read(desk, "organization_changelist", standing="hidden")
    assert "Delta Works" not in read(desk, "organization_changelist", standing="merged")
    assert "Hydrologist" in read(desk, "opening_changelist", open="yes")


def test_a_page_is_hidden_and_shown_again_with_a_reason_on_record(desk, two, as_member, lina):
    doubled, _into = two
    decide = address("organization_decide", doubled.pk, "hide")
    assert desk.post(decide, {"why": ""}).status_code == 422
    desk.post(decide, {"why": "Nobody of it knows of this page"})
    assert as_member(lina).get(doubled.get_absolute_url()).status_code == 404
    assert Decision.objects.get().why == "Nobody of it knows of this page"
    assert "Nobody of it knows" in read(desk, "organization_change", doubled.pk)
    desk.post(address("organization_decide", doubled.pk, "restore"), {"why": "They do"})
    assert as_member(lina).get(doubled.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("written", ["lina", "Lina@Example.com"])
def test_a_page_is_given_an_admin(desk, lina, written):
    page = start_organization(by=None, name="Delta Works")
    appoint = address("organization_appoint", page.pk)
    assert appoint in read(desk, "organization_change", page.pk)
    assert desk.post(appoint, {"member": "nobody"}).status_code == 422
    assert desk.post(appoint, {"member": written}).url == address("organization_change", page.pk)
    assert Organization.objects.run_by(lina).get() == page


def choose(desk, *pages, **data):
    told = {"action": "merge", "_selected_action": [page.pk for page in pages]} | data
    return desk.post(address("organization_changelist"), told)


def test_merging_shows_first_what_each_has(desk, two):
    html = choose(desk, *two).text
    for words in ("River Authority stays", "Authority of Rivers stays", "followers, quiet ones too", "people proved"):
        assert words in html
    assert not Organization.objects.filter(merged_into__isnull=False).exists(), "nothing is done yet"


def test_merging_takes_two_pages_that_stand_for_themselves(desk, two):
    doubled, into = two
    for chosen in ([doubled], [doubled, into, start_organization(by=None, name="Delta Works")]):
        assert choose(desk, *chosen, stays=doubled.pk).status_code == 302
    choose(desk, *two, stays=into.pk)
    choose(desk, *two, stays=doubled.pk)
    assert Organization.objects.filter(merged_into__isnull=False).get() == doubled


def test_a_merge_loses_nothing(desk, two, as_member, lina, amara, ines, tomasz):
    doubled, into = two
    assert choose(desk, doubled, into, stays=into.pk).url == address("organization_change", into.pk)
    into.refresh_from_db()
    assert into.about == "We measure.", "what it doesn't say itself"
    assert sorted(into.names.values_list("name", "use")) == [
        ("Authority of Rivers", "present"),
        ("Old Weir", "former"),
        ("River Authority", "other"),
    ]
    assert into.domains.get().domain == "example.org"
    assert (
        Post.objects.get().organization
        == Draft.objects.get().organization
        == Opening.objects.get().organization
        == Event.objects.get().organization
        == into
    )
    assert Application.objects.get().member == lina
    assert set(into.follows.values_list("follower", "quiet")) == {(lina.pk, True), (amara.pk, False)}
    assert into.follows.get(follower=amara).muted_until, "who follows both keeps what they have here"
    roles = set(into.roles.values_list("member", "role"))
    assert roles == {(ines.pk, "admin"), (tomasz.pk, "admin"), (lina.pk, "editor")}
    assert Belonging.objects.get().organization == into
    answer = as_member(lina).get(doubled.get_absolute_url())
    assert (answer.status_code, answer.url) == (301, into.get_absolute_url())
    for model in of_an_organization():
        assert not model.objects.filter(organization=doubled).exists(), model


def of_an_organization() -> list:
    """Every kind of row that belongs to an organization; a new one shows up here by itself."""
    fields = Organization._meta.get_fields(include_hidden=True)
    related = {field.related_model for field in fields if field.auto_created and field.related_model}
    return sorted((model for model in related - {Organization, ProofLetter}), key=lambda model: model.__name__)


def test_every_kind_of_row_of_an_organization_is_known_to_the_test_of_merging():
    assert [model.__name__ for model in of_an_organization()] == [
        "Belonging",
        "Draft",
        "Event",
        "Opening",
        "OrganizationDomain",
        "OrganizationFollow",
        "OrganizationName",
        "OrganizationRole",
        "Post",
    ]


def test_only_whoever_may_decide_merges_or_appoints(as_member, two, settings):
    settings.DEBUG = True
    reader = as_member(MemberFactory(is_staff=True))
    assert choose(reader, *two, stays=two[0].pk).status_code == 403
    assert reader.post(address("organization_appoint", two[0].pk), {"member": "lina"}).status_code == 403
    assert not Organization.objects.filter(merged_into__isnull=False).exists()


def test_nothing_is_added_changed_or_deleted_by_hand(desk, two):
    for page, thing in (("organization", two[0]), ("opening", Opening.objects.get())):
        assert desk.get(address(f"{page}_add")).status_code == 403
        assert desk.post(address(f"{page}_change", thing.pk), {"name": "X"}).status_code == 403
        assert desk.post(address(f"{page}_delete", thing.pk), {"post": "yes"}).status_code == 403
