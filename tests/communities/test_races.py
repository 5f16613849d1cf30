"""What happens to organizations at the same moment."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.refusals import Refusal
from communities.actions import (
    ask_to_prove_organization,
    change_opening,
    change_organization,
    follow_organization,
    follow_proof,
    gather_organizations,
    merge_organizations,
    post_opening,
    start_organization,
    take_role,
    take_up_page,
)
from communities.models import Belonging, Opening, Organization, OrganizationDomain, OrganizationFollow
from feed.actions import publish_post
from feed.models import Post
from tests.concurrently import at_once
from tests.factories import MemberFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]
ROUNDS = range(5)


@pytest.fixture
def two():
    editor = MemberFactory()
    return start_organization(by=editor, name="Bureau of Rivers"), start_organization(by=editor, name="River Authority")


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_page_is_started_once(round_):
    members = [MemberFactory() for _number in range(4)]
    names = ["River Authority", "The River Authority", "RIVER AUTHORITY", "River-Authority"]
    pages = at_once(*[lambda m=m, n=n: start_organization(by=m, name=n) for m, n in zip(members, names, strict=True)])
    assert len(set(pages)) == 1
    assert Organization.objects.get().roles.count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_follow_during_a_merge_is_not_lost(two, round_):
    doubled, into = two
    operator, member = MemberFactory(is_staff=True), MemberFactory()
    at_once(
        lambda: merge_organizations(doubled, into=into, by=operator),
        lambda: follow_organization(doubled, by=member),
    )
    assert OrganizationFollow.objects.get().organization == into


@pytest.mark.parametrize("round_", ROUNDS)
def test_an_update_during_a_merge_is_said_by_the_page_that_stays_or_refused(two, round_):
    doubled, into = two
    operator, editor = MemberFactory(is_staff=True), doubled.roles.get().member
    _merged, said = at_once(
        lambda: merge_organizations(doubled, into=into, by=operator),
        lambda: publish_post(by=editor, text="We measure.", organization=doubled),
    )
    assert isinstance(said, Refusal) or Post.objects.get().organization == into


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_merges_of_the_same_pages_end_in_one(two, round_):
    one, other = two
    operator = MemberFactory(is_staff=True)
    results = at_once(
        lambda: merge_organizations(one, into=other, by=operator),
        lambda: merge_organizations(other, into=one, by=operator),
    )
    assert sum(isinstance(result, Refusal) for result in results) == 1
    assert Organization.objects.filter(merged_into__isnull=True).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_admins_who_step_down_at_once_leave_one(two, round_):
    page, _other = two
    one, other = page.roles.get().member, MemberFactory()
    page.roles.create(member=other, role="admin")
    at_once(lambda: take_role(page, one, by=one), lambda: take_role(page, other, by=other))
    assert page.roles.count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_organizations_a_domain_proves_one(two, round_):
    admin = two[0].roles.get().member
    letters = [
        ask_to_prove_organization(page, by=admin, email=f"a{page.pk}@river.example", key=uuid4()) for page in two
    ]
    results = at_once(*[lambda one=one: follow_proof(one, by=admin, email="a@river.example") for one in letters])
    assert sum(isinstance(result, Refusal) for result in results) == 1
    domain = OrganizationDomain.objects.get()
    assert Belonging.objects.get().organization == domain.organization


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_link_pressed_twice_at_once_proves_once(two, round_):
    admin = two[0].roles.get().member
    letter = ask_to_prove_organization(two[0], by=admin, email="a@river.example", key=uuid4())
    results = at_once(*[lambda: follow_proof(letter, by=admin, email="a@river.example")] * 2)
    assert results == [two[0], two[0]]
    assert OrganizationDomain.objects.count() == Belonging.objects.count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_roster_and_a_member_start_one_page(round_):
    member = MemberFactory()
    _page, gathered = at_once(
        lambda: start_organization(by=member, name="River Authority"),
        lambda: gather_organizations({"The River Authority": "company", "Delta Works": "company"}),
    )
    assert Organization.objects.count() == 2
    assert set(gathered[0].values()) == set(Organization.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("round_", ROUNDS)
def test_of_two_who_take_up_a_page_at_once_one_becomes_its_admin(round_):
    page = start_organization(by=None, name="River Authority")
    members = [MemberFactory() for _number in range(3)]
    results = at_once(*[lambda member=member: take_up_page(page, by=member) for member in members])
    assert sum(isinstance(result, Refusal) for result in results) == 2
    assert page.roles.get().role == "admin"


@pytest.mark.parametrize("round_", ROUNDS)
def test_what_an_editor_changes_or_posts_during_a_merge_is_refused_or_on_the_page_that_stays(two, round_):
    doubled, into = two
    operator, editor = MemberFactory(is_staff=True), doubled.roles.get().member
    told = {"title": "Hydrologist", "place": "Lyon", "text": "Measure.", "apply_email": "a@example.com"}
    opening = post_opening(doubled, by=editor, closes_on=date(2099, 1, 1), **told)
    _merged, changed, edited, posted = at_once(
        lambda: merge_organizations(doubled, into=into, by=operator),
        lambda: change_organization(doubled, by=editor, about="We measure."),
        lambda: change_opening(opening, by=editor, title="Senior hydrologist"),
        lambda: post_opening(doubled, by=editor, closes_on=date(2099, 1, 1), **told),
    )
    into.refresh_from_db()
    assert isinstance(changed, Refusal) or into.about == "We measure."
    assert set(Opening.objects.values_list("organization", flat=True)) == {into.pk}
    assert isinstance(posted, Refusal) or Opening.objects.count() == 2
    assert isinstance(edited, Refusal) or Opening.objects.filter(title="Senior hydrologist").exists()
