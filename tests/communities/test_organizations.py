"""Starting and naming the pages of organizations, following them, and making one of two (product.md §6, §12)."""

import pytest
from django.utils import timezone

from accounts.refusals import Refusal
from communities.actions import (
    add_name,
    change_organization,
    follow_organization,
    give_role,
    merge_organizations,
    mute_organization,
    remove_name,
    rename_organization,
    start_organization,
    take_role,
    unfollow_organization,
    unmute_organization,
)
from communities.actions.organizations import organization_named
from communities.models import Belonging, Organization, OrganizationDomain, OrganizationFollow, OrganizationRole
from feed.actions import publish_post
from notifications.models import Notice
from tests.communities.breakers import event, opening
from tests.factories import MemberFactory

pytestmark = pytest.mark.usefixtures("unmailed")


@pytest.fixture
def page(ines) -> Organization:
    return start_organization(by=ines, name="River Authority")


@pytest.fixture
def operator(db):
    return MemberFactory(is_staff=True)


class TestStartingAPage:
    def test_makes_its_starter_the_admin(self, page, ines):
        assert (page.slug, page.name) == ("river-authority", "River Authority")
        assert page.roles.get().member == ines
        assert Organization.objects.run_by(ines).get() == page

    def test_of_a_name_that_has_one_leads_to_it_and_gives_no_role(self, page, lina):
        assert start_organization(by=lina, name="the RIVER authority, Ltd.") == page
        assert not Organization.objects.edited_by(lina).exists()

    def test_needs_it_in_ones_cv(self, lina):
        with pytest.raises(Refusal, match="positions or education"):
            start_organization(by=lina, name="Nasa", may_start=lambda key: False)

    @pytest.mark.parametrize("name", ["", "   ", "…"])
    def test_needs_a_name(self, name, lina):
        with pytest.raises(Refusal, match="one letter"):
            start_organization(by=lina, name=name)

    def test_gives_addresses_to_names_in_any_script_and_to_those_of_one_beginning(self, lina):
        slugs = {start_organization(by=lina, name=name).slug for name in ("Речное управление", "東京大学", "New")}
        assert len(slugs) == 3
        assert "new" not in slugs, "an address of the site's own"


class TestNames:
    def test_the_name_before_stays_as_a_former_name(self, page, ines):
        rename_organization(page, by=ines, name="Water Authority")
        assert organization_named("river authority") == organization_named("Water Authority") == page
        assert list(page.names.order_by("use").values_list("name", "use")) == [
            ("River Authority", "former"),
            ("Water Authority", "present"),
        ]

    def test_a_former_name_can_be_taken_back(self, page, ines):
        rename_organization(page, by=ines, name="Water Authority")
        rename_organization(page, by=ines, name="River authority")
        page.refresh_from_db()
        assert page.name == "River authority"
        assert sorted(page.names.values_list("name", "use")) == [
            ("River authority", "present"),
            ("Water Authority", "former"),
        ]

    def test_another_way_of_writing_it_leaves_no_former_name(self, page, ines):
        rename_organization(page, by=ines, name="The River Authority")
        assert page.names.get().name == "The River Authority"

    def test_the_name_of_another_page_is_refused(self, page, ines, lina):
        start_organization(by=lina, name="Delta Works")
        for change in (rename_organization, add_name):
            with pytest.raises(Refusal, match="Delta Works has a page of its own"):
                change(page, by=ines, name="delta works")

    def test_other_names_are_added_and_taken_away(self, page, ines):
        other = add_name(page, by=ines, name="Autorité des fleuves")
        assert add_name(page, by=ines, name="Autorite des Fleuves").pk == other.pk
        assert organization_named("AUTORITE DES FLEUVES") == page
        remove_name(page, other, by=ines)
        assert organization_named("Autorité des fleuves") is None
        with pytest.raises(Refusal, match="present name"):
            add_name(page, by=ines, name="river authority")
        remove_name(page, page.names.get(), by=ines)
        assert page.names.exists(), "the present name stays"


class TestRoles:
    @pytest.mark.parametrize("role", [None, "editor", "admin"])
    def test_only_admins_change_a_page(self, role, page, ines, lina):
        if role:
            give_role(page, lina, by=ines, role=role)
        changes = [
            lambda: change_organization(page, by=lina, about="We measure."),
            lambda: add_name(page, by=lina, name="Bureau of Rivers"),
            lambda: give_role(page, MemberFactory(), by=lina),
            lambda: rename_organization(page, by=lina, name="Water Authority"),
        ]
        for change in changes:
            if role == "admin":
                change()
            else:
                with pytest.raises(Refusal):
                    change()

    @pytest.mark.parametrize("role", [None, "editor", "admin"])
    def test_editors_and_admins_write_for_it(self, role, page, ines, lina):
        if role:
            give_role(page, lina, by=ines, role=role)
            assert publish_post(by=lina, text="We measure.", organization=page).organization == page
        else:
            with pytest.raises(Refusal):
                publish_post(by=lina, text="We measure.", organization=page)

    def test_the_last_admin_stays_one(self, page, ines, lina):
        with pytest.raises(Refusal, match="somebody else"):
            take_role(page, ines, by=ines)
        with pytest.raises(Refusal, match="somebody else"):
            give_role(page, ines, by=ines, role="editor")
        give_role(page, lina, by=ines, role="admin")
        take_role(page, ines, by=ines)
        assert page.roles.get().member == lina

    def test_letting_people_in_and_out_again_is_no_way_to_write_to_them(self, page, ines, lina, monkeypatch):
        monkeypatch.setattr("communities.actions.organizations.LET_IN_A_DAY", 2)
        for _turn in range(2):
            give_role(page, lina, by=ines)
            take_role(page, lina, by=ines)
        with pytest.raises(Refusal, match="tomorrow"):
            give_role(page, lina, by=ines)
        assert Notice.objects.filter(recipient=lina).count() == 2

    def test_an_editor_steps_down_and_nobody_else_may_take_an_admins_role(self, page, ines, lina):
        give_role(page, lina, by=ines)
        with pytest.raises(Refusal):
            take_role(page, ines, by=lina)
        take_role(page, lina, by=lina)
        assert page.roles.get().member == ines


class TestFollowing:
    def test_twice_is_once_and_only_changes_whether_it_is_quiet(self, page, lina):
        follow_organization(page, by=lina)
        follow_organization(page, by=lina, quiet=True)
        assert page.follows.get().quiet
        assert not page.follows.counted().exists(), "the organization doesn't count a quiet follow"

    def test_it_can_be_muted_and_ended(self, page, lina):
        follow_organization(page, by=lina)
        mute_organization(page, by=lina, until=timezone.now() + timezone.timedelta(days=30))
        assert not OrganizationFollow.objects.by(lina).heard().exists()
        unmute_organization(page, by=lina)
        assert OrganizationFollow.objects.by(lina).heard().exists()
        unfollow_organization(page, by=lina)
        unfollow_organization(page, by=lina)
        assert not OrganizationFollow.objects.exists()

    def test_of_a_hidden_page_is_refused(self, page, lina):
        Organization.objects.update(hidden_at=timezone.now())
        with pytest.raises(Refusal):
            follow_organization(page, by=lina)


class TestMerging:
    @pytest.fixture
    def doubled(self, lina) -> Organization:
        return start_organization(by=lina, name="Bureau of Rivers", about="Since 1911.", website="https://example.org/")

    def test_moves_everything_and_loses_nothing(self, page, doubled, operator, ines, lina, tomasz):
        said = publish_post(by=lina, text="We measure.", organization=doubled)
        job, meeting = opening(organization=doubled), event(organization=doubled)
        OrganizationDomain.objects.create(organization=doubled, domain="rivers.example")
        Belonging.objects.create(organization=doubled, member=lina, source="roster")
        follow_organization(doubled, by=tomasz, quiet=True)

        assert merge_organizations(doubled, into=page, by=operator) == page

        for row in (said, job, meeting):
            row.refresh_from_db()
            assert row.organization == page
        assert organization_named("bureau of rivers") == organization_named("River Authority") == page
        assert page.domains.get().domain == "rivers.example"
        assert page.belongings.get().member == lina
        assert {role.member for role in page.roles.all()} == {ines, lina}
        assert page.follows.get().quiet
        page.refresh_from_db()
        assert (page.about, page.website) == ("Since 1911.", "https://example.org/")
        doubled.refresh_from_db()
        assert doubled.merged_into == page
        assert not Organization.objects.visible_to(lina).filter(pk=doubled.pk).exists()

    def test_of_what_somebody_has_with_both_that_with_the_other_stays_and_the_greater_role(
        self, page, doubled, operator, ines, lina
    ):
        give_role(page, lina, by=ines)
        follow_organization(page, by=ines)
        follow_organization(doubled, by=ines, quiet=True)
        merge_organizations(doubled, into=page, by=operator)
        assert not page.follows.get().quiet
        assert page.roles.get(member=lina).role == "admin"
        assert not OrganizationFollow.objects.filter(organization=doubled).exists()
        assert not OrganizationRole.objects.filter(organization=doubled).exists()

    def test_following_the_page_that_was_merged_follows_the_one_it_became(self, page, doubled, operator, tomasz):
        merge_organizations(doubled, into=page, by=operator)
        assert follow_organization(doubled, by=tomasz).organization == page

    def test_is_for_operators_and_for_two_pages_that_still_stand(self, page, doubled, operator, ines):
        with pytest.raises(Refusal, match="operators"):
            merge_organizations(doubled, into=page, by=ines)
        with pytest.raises(Refusal, match="two different"):
            merge_organizations(page, into=page, by=operator)
        merge_organizations(doubled, into=page, by=operator)
        with pytest.raises(Refusal, match="two different"):
            merge_organizations(page, into=doubled, by=operator)

    def test_what_was_merged_into_it_before_leads_on(self, page, doubled, operator, lina):
        third = start_organization(by=lina, name="Water Office")
        merge_organizations(third, into=doubled, by=operator)
        merge_organizations(doubled, into=page, by=operator)
        third.refresh_from_db()
        assert third.merged_into == page
