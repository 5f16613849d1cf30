"""What rosters and CVs of an earlier system make of employers and schools, and what is proved by them."""

import pytest

from accounts.actions import claim_account
from accounts.models import User
from communities.actions import add_name, start_organization
from communities.actions.organizations import organization_named
from communities.models import Belonging, Organization, OrganizationDomain, OrganizationRole
from tests.factories import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def proved() -> set[tuple[str, str]]:
    """Whom rosters prove to be of what: email address and name."""
    return set(Belonging.objects.filter(source="roster").values_list("member__email", "organization__name"))


def test_employer_and_school_become_pages_that_nobody_started(run, sheet, ada):
    assert "2 organizations are new." in run("import_roster", sheet(ada))
    assert set(Organization.objects.values_list("name", "kind", "slug", "started_by")) == {
        ("River Authority", "company", "river-authority", None),
        ("École des Ponts", "school", "ecole-des-ponts", None),
    }
    assert not OrganizationRole.objects.exists()
    assert proved() == {("ada@alumni.example", "River Authority"), ("ada@alumni.example", "École des Ponts")}


def test_people_meet_on_one_page_however_its_name_is_written(run, sheet, ada, wei):
    run("import_roster", sheet(ada, wei | {"Employer": "The RIVER authority, Ltd.", "School": "Ecole  des ponts"}))
    assert Organization.objects.count() == 2
    assert len(proved()) == 4


def test_the_page_that_a_member_started_is_taken_by_any_of_its_names(run, sheet, ada, ines):
    page = start_organization(by=ines, name="Bureau of Rivers")
    add_name(page, by=ines, name="River Authority", use="former")
    run("import_roster", sheet(ada))
    assert ("ada@alumni.example", "Bureau of Rivers") in proved()
    assert page.roles.get().member == ines


def test_two_names_of_one_address_get_two(run, sheet, ada, wei):
    MemberFactory()
    run("import_roster", sheet(ada | {"Employer": "C", "School": "new"}, wei | {"Employer": "C++"}))
    assert Organization.objects.filter(slug="c").count() == 1
    assert Organization.objects.filter(slug__startswith="c-").count() == 1
    assert not Organization.objects.filter(slug="new").exists(), "an address of the site's own"
    assert len(proved()) == 3


def test_a_school_that_was_taken_for_a_company_is_a_school(run, sheet, ada, wei):
    run("import_roster", sheet(wei | {"Employer": "École des Ponts"}))
    assert organization_named("École des Ponts").kind == "company"
    run("import_roster", sheet(ada))
    assert organization_named("École des Ponts").kind == "school"


def test_a_page_that_somebody_looks_after_keeps_its_kind(run, sheet, ada, ines):
    page = start_organization(by=ines, name="École des Ponts", kind="company")
    run("import_roster", sheet(ada))
    page.refresh_from_db()
    assert page.kind == "company"


def test_a_second_run_proves_nothing_anew(run, sheet, ada, wei):
    run("import_roster", sheet(ada, wei))
    before = list(Belonging.objects.order_by("pk").values())
    said = run("import_roster", sheet(ada, wei))
    assert "organizations are new" not in said
    assert "proved" not in said
    assert list(Belonging.objects.order_by("pk").values()) == before


def test_a_corrected_sheet_corrects_what_is_proved(run, sheet, ada):
    run("import_roster", sheet(ada))
    said = run("import_roster", sheet(ada | {"Employer": "Delta Works", "School": "", "Class Year": ""}))
    assert "1 people: what is proved of them changed." in said
    assert proved() == {("ada@alumni.example", "Delta Works")}


def test_what_was_proved_of_somebody_who_claimed_is_theirs(run, sheet, ada):
    run("import_roster", sheet(ada))
    claim_account(User.objects.get())
    Belonging.objects.filter(organization__name="River Authority").delete()
    run("import_roster", sheet(ada | {"School": "Delta School"}))
    assert proved() == {("ada@alumni.example", "École des Ponts")}


def test_a_proof_by_an_address_is_not_the_rosters_to_take_away(run, sheet, ada):
    run("import_roster", sheet(ada))
    page = organization_named("River Authority")
    domain = OrganizationDomain.objects.create(organization=page, domain="river.example")
    Belonging.objects.create(member=User.objects.get(), organization=page, source="domain", domain=domain)
    run("import_roster", sheet(ada | {"Employer": "Delta Works"}))
    assert Belonging.objects.filter(organization=page).get().source == "domain"


def test_a_bad_row_and_a_dry_run_make_no_page(run, sheet, ada):
    run("import_roster", sheet(ada | {"Class Year": "long ago"}))
    assert "2 organizations are new." in run("import_roster", sheet(ada), dry_run=True)
    assert not Organization.objects.exists()
    assert not Belonging.objects.exists()


def test_a_name_of_signs_alone_makes_no_page(run, sheet, ada):
    run("import_roster", sheet(ada | {"Employer": "…"}))
    assert proved() == {("ada@alumni.example", "École des Ponts")}


def test_positions_make_pages_and_prove_nothing(run, sheet, ada):
    run("import_roster", sheet(ada))
    header = ["Email Address", "Company Name", "Started On"]
    cv = [
        {"Email Address": ada["Email Address"], "Company Name": name, "Started On": "2001"}
        for name in ("Delta Works", "École des Ponts", "the river authority")
    ]
    assert "1 organizations are new." in run("import_positions", sheet(*cv, header=header, name="cv.csv"))
    assert organization_named("Delta Works").kind == "company"
    assert organization_named("École des Ponts").kind == "school"
    assert len(proved()) == 2


@pytest.mark.parametrize("rows", [1, 40])
def test_many_organizations_cost_as_many_queries_as_one(rows, run, sheet, ada, django_assert_max_num_queries):
    path = sheet(*(ada | {"Email Address": f"ada{n}@alumni.example", "Employer": f"Works {n}"} for n in range(rows)))
    with django_assert_max_num_queries(25 + 14 * rows):  # each account with its parts, and nothing for its employer
        run("import_roster", path)
