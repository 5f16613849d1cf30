"""A CV leads to the pages of organizations, and says what is proved (product.md §1, §11, §12)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities.actions import change_organization, start_organization
from communities.models import Belonging, Organization, OrganizationDomain
from profiles.models import Education, Position
from tests.cast import CAST

pytestmark = pytest.mark.usefixtures("unmailed")


@pytest.fixture
def page(ines) -> Organization:
    Position.objects.create(member=ines, title="Hydrologist", organization="the RIVER Authority, Ltd.")
    return start_organization(by=ines, name="River Authority")


def positions(client, handle: str = "ines") -> str:
    text = client.get(f"/in/{handle}/").text
    return re.search(r'<section[^>]* id="positions".*?</section>', text, re.DOTALL)[0]


def prove(member, page, source="roster") -> Belonging:
    domain = None
    if source == "domain":
        domain = OrganizationDomain.objects.get_or_create(organization=page, domain="river.example")[0]
    return Belonging.objects.create(member=member, organization=page, source=source, domain=domain)


def test_a_position_leads_to_its_page_however_the_name_is_written(as_member, page, lina):
    shown = positions(as_member(lina))
    assert '<a class="where" href="/organizations/river-authority/">the RIVER Authority, Ltd.</a>' in shown
    assert "Proved" not in shown


def test_a_position_without_a_page_leads_nowhere_and_its_owner_may_start_one(as_member, ines, lina):
    Position.objects.create(member=ines, organization="Stone & Reed")
    assert "/organizations/" not in positions(as_member(lina))
    own = positions(as_member(ines))
    assert f'href="{reverse("new_organization")}?name=Stone%20%26%20Reed"' in own
    assert "Start the page of Stone &amp; Reed" in own
    start = as_member(ines).get(reverse("new_organization"), {"name": "Stone & Reed"})
    assert 'value="Stone &amp; Reed"' in start.text


def test_a_school_leads_to_its_page_and_positions_under_different_spellings_stand_together(as_member, page, ines, lina):
    Position.objects.create(member=ines, title="Trainee", organization="River Authority", ended_year=2010)
    Education.objects.create(member=ines, school="Univ. of Michigan")
    start_organization(by=None, name="University of Michigan", kind="school")
    text = as_member(lina).get("/in/ines/").text
    assert 'href="/organizations/university-of-michigan/">Univ. of Michigan</a>' in text
    assert text.count('href="/organizations/river-authority/">') == 1


SEES = {
    "members": {"ines", "tomasz", "amara", "lina"},
    "public": {"ines", "tomasz", "amara", "lina", "visitor"},
}
"""Whoever sees the profile and the page; Bill and Jorge see no profile, a visitor none of the pages for members."""


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("source", ["roster", "domain"])
def test_the_table_of_who_reads_that_it_is_proved(as_member, page, cast, name, audience, source):
    User.objects.filter(pk=cast["ines"].pk).update(profile_audience="public")
    change_organization(page, by=cast["ines"], audience=audience)
    prove(cast["ines"], page, source)
    seen = name in SEES[audience]
    assert Belonging.objects.visible_to(cast[name]).exists() is seen
    answer = as_member(cast[name]).get("/in/ines/")
    assert ('class="proved"' in answer.text) is seen
    assert ("/organizations/river-authority/" in answer.text) is seen


def test_its_owner_alone_is_offered_to_confirm_that_they_are_there(as_member, page, ines, lina):
    offer = f'href="{reverse("prove_member", args=[page.slug])}"'
    assert offer not in positions(as_member(ines)), "no domain proves the page"
    OrganizationDomain.objects.create(organization=page, domain="river.example")
    assert offer in positions(as_member(ines))
    assert offer not in positions(as_member(lina))
    prove(ines, page, "domain")
    assert offer not in positions(as_member(ines))


def test_a_proof_is_read_only_beside_the_name_in_the_cv(as_member, page, ines, lina):
    other = start_organization(by=lina, name="Secret Works")
    prove(ines, other, "domain")
    text = as_member(lina).get("/in/ines/").text
    assert "Secret Works" not in text
    assert 'class="proved"' not in text


def test_a_hidden_page_is_not_led_to(as_member, page, ines, lina):
    prove(ines, page)
    Organization.objects.update(hidden_at=timezone.now())
    assert "/organizations/" not in positions(as_member(lina))


class TestRecruiters:
    @pytest.fixture
    def recruiter(self, page, ines) -> User:
        User.objects.filter(pk=ines.pk).update(recruiter="in_house", profile_audience="public")
        change_organization(page, by=ines, audience="public")
        return ines

    @pytest.mark.parametrize("name", CAST)
    @pytest.mark.parametrize("proved", [None, "roster", "domain"])
    def test_the_table_of_who_reads_that_somebody_recruits_in_house(
        self, as_member, recruiter, page, cast, name, proved
    ):
        if proved:
            prove(recruiter, page, proved)
        seen = proved == "domain" and name not in ("bill", "jorge")
        text = as_member(cast[name]).get("/in/ines/").text
        assert ('<li class="chip plain">In-house recruiter</li>' in text) is seen

    def test_it_ends_with_the_position_and_with_the_domain(self, as_member, recruiter, page, lina):
        prove(recruiter, page, "domain")
        Position.objects.update(ended_year=2020)
        assert "In-house recruiter" not in as_member(lina).get("/in/ines/").text
        Position.objects.update(ended_year=None)
        assert "In-house recruiter" in as_member(lina).get("/in/ines/").text
        page.domains.get().delete()
        assert "In-house recruiter" not in as_member(lina).get("/in/ines/").text

    def test_it_ends_with_the_last_month_of_the_position_while_the_site_runs_on(self, as_member, recruiter, page, lina):
        prove(recruiter, page, "domain")
        today = timezone.localdate()
        Position.objects.update(ended_year=today.year, ended_month=today.month)
        assert "In-house recruiter" in as_member(lina).get("/in/ines/").text
        with time_machine.travel(timezone.now() + timedelta(days=32)):
            assert "In-house recruiter" not in as_member(lina).get("/in/ines/").text

    def test_an_agency_needs_no_proof(self, as_member, ines, lina):
        User.objects.filter(pk=ines.pk).update(recruiter="agency")
        assert "Agency recruiter" in as_member(lina).get("/in/ines/").text

    def test_who_is_none_is_called_nothing(self, as_member, ines, lina):
        assert "ecruiter" not in as_member(lina).get("/in/ines/").text

    @pytest.mark.parametrize(
        ("has", "said"),
        [
            ([], "once a position in your profile says where you work now"),
            (["position"], "River Authority, which has no page yet"),
            (["position", "page"], "once an admin of the page of River Authority proves its email domain"),
            (["position", "page", "domain"], "once you confirm an address at an email domain of River Authority"),
            (["position", "page", "domain", "proof"], "Your address at the organization’s email domain proves it."),
        ],
    )
    def test_the_form_says_what_is_missing_and_keeps_the_choice(self, as_member, ines, has, said):
        User.objects.filter(pk=ines.pk).update(recruiter="in_house")
        if "position" in has:
            Position.objects.create(member=ines, organization="River Authority")
        if "page" in has:
            page = start_organization(by=ines, name="River Authority")
        if "domain" in has:
            OrganizationDomain.objects.create(organization=page, domain="river.example")
        if "proof" in has:
            prove(ines, page, "domain")
        form = as_member(ines).get(reverse("edit_card")).text
        assert said in form
        assert '<option value="in_house" selected>' in form
        own = as_member(ines).get("/in/ines/").text
        assert ("Only you read “In-house recruiter” here." in own) is ("proof" not in has)
