"""The pages on which organizations and members are proved: whose they are, and what they say."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from communities import links
from communities.actions import ask_to_prove_member, ask_to_prove_organization, give_role, start_organization
from communities.models import Belonging, Organization, OrganizationDomain, ProofLetter
from tests.cast import CAST


@pytest.fixture(autouse=True)
def _mail_at_once(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def page(ines) -> Organization:
    return start_organization(by=ines, name="River Authority")


@pytest.fixture
def domain(page) -> OrganizationDomain:
    return OrganizationDomain.objects.create(organization=page, domain="river.example")


def key_on(page) -> str:
    return re.search(r'name="key" value="([^"]+)"', page.text)[1]


def path_in(letter) -> str:
    return re.search(r"http://testserver(/\S+)", letter.body)[1]


def test_an_admin_proves_the_page_without_javascript(as_member, page, ines):
    browser, address = as_member(ines), reverse("organization_domains", args=[page.slug])
    shown = browser.get(address)
    assert "Nothing proves this page yet." in shown.text
    form = {"email": "ines@river.example", "key": key_on(shown)}
    for _time in range(2):  # a double click
        answer = browser.post(address, form, follow=True)
        assert "A link is on its way to ines@river.example. It works for 3 days." in answer.text
    (letter,) = mail.outbox
    link = path_in(letter)
    asked = browser.get(link)
    assert "Confirm that you are at River Authority" in asked.text
    assert not OrganizationDomain.objects.exists(), "opening the link proves nothing"
    for _time in range(2):
        assert "River Authority is proved." in browser.post(link, follow=True).text
    assert "river.example" in browser.get(address).text
    assert "ines@river.example" not in browser.get(address).text


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Type an address first."),
        ("nowhere", "This is no email address."),
        ("ines@gmail.com", "Anybody gets an address at gmail.com."),
        ("ines@delta.example", "delta.example proves another organization."),
    ],
)
def test_a_refused_address_comes_back_with_why(as_member, page, ines, lina, email, said):
    other = start_organization(by=lina, name="Delta Works")
    OrganizationDomain.objects.create(organization=other, domain="delta.example")
    form = {"email": email, "key": str(uuid4())}
    answer = as_member(ines).post(reverse("organization_domains", args=[page.slug]), form)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{email}"' in answer.text or not email
    assert not mail.outbox


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("place", ["organization_domains", "take_domain_away"])
def test_only_admins_come_to_the_domains(as_member, cast, domain, name, place):
    give_role(domain.organization, cast["tomasz"], by=cast["ines"])  # an editor
    mail.outbox.clear()
    given = [domain.organization.slug, *([domain.pk] if place == "take_domain_away" else [])]
    expected = {"ines": 200, "visitor": 302}.get(name, 404)
    for method in ("get", "post"):
        form = {"email": "a@new.example", "key": str(uuid4())}
        status = getattr(as_member(cast[name]), method)(reverse(place, args=given), form).status_code
        assert status == (302 if name == "ines" and method == "post" else expected)
    assert len(mail.outbox) == (name == "ines" and place == "organization_domains")
    assert OrganizationDomain.objects.exists() is not (name == "ines" and place == "take_domain_away")


def test_a_member_confirms_that_they_are_there(as_member, domain, lina):
    page, browser = domain.organization, as_member(lina)
    address = reverse("prove_member", args=[page.slug])
    shown = browser.get(address)
    assert "river.example" in shown.text
    browser.post(address, {"email": "lina@river.example", "key": key_on(shown)})
    answer = browser.post(path_in(mail.outbox[0]), follow=True)
    assert "It is proved that you are at River Authority." in answer.text
    assert "Proved" in browser.get(address).text
    own = browser.get(reverse("belongings"))
    assert "An address at river.example" in own.text
    assert "lina@river.example" not in own.text
    taken = browser.post(reverse("end_belonging", args=[Belonging.objects.get().pk]), follow=True)
    assert "nobody reads this proof any more" in taken.text
    assert not Belonging.objects.exists()


def test_a_page_that_no_domain_proves_says_what_is_missing(as_member, page, lina):
    assert (
        "No email domain proves this page yet." in as_member(lina).get(reverse("prove_member", args=[page.slug])).text
    )


@pytest.mark.parametrize("kind", ["organization", "member"])
@pytest.mark.parametrize("name", CAST)
def test_a_link_works_for_whoever_asked_for_it_alone(as_member, cast, domain, name, kind):
    page, ines = domain.organization, cast["ines"]
    ask = {"organization": ask_to_prove_organization, "member": ask_to_prove_member}[kind]
    email = "ines@new.example" if kind == "organization" else "ines@river.example"
    link = links.proof_link(ask(page, by=ines, email=email, key=uuid4()), email)
    expected = {"ines": 200, "visitor": 302}.get(name, 404)
    browser = as_member(cast[name])
    assert browser.get(link).status_code == expected
    assert browser.post(link).status_code == (302 if name == "ines" else expected)
    assert Belonging.objects.exists() is (name == "ines")


@pytest.mark.parametrize("what", ["expired", "tampered", "used"])
def test_a_link_that_ended_says_so_and_proves_nothing(as_member, domain, ines, time_machine, what):
    letter = ask_to_prove_member(domain.organization, by=ines, email="ines@river.example", key=uuid4())
    link, browser = links.proof_link(letter, "ines@river.example"), as_member(ines)
    if what == "expired":
        time_machine.move_to(timezone.now() + timezone.timedelta(days=3, minutes=1))
        browser = as_member(ines)
    elif what == "tampered":
        link = link.replace("/proof/", "/proof/x")
    else:
        ProofLetter.objects.update(followed_at=timezone.now())
    answer = browser.post(link)
    assert answer.status_code == (422 if what == "used" else 404)
    assert "This link doesn’t work" in answer.text
    assert not Belonging.objects.exists()


def test_a_proof_is_only_its_members_to_take_back(as_member, domain, ines, lina):
    own = Belonging.objects.create(member=ines, organization=domain.organization, source="roster")
    assert as_member(lina).post(reverse("end_belonging", args=[own.pk])).status_code == 404
    assert Belonging.objects.exists()


@pytest.mark.parametrize("rows", [1, 50])
def test_what_is_proved_of_oneself_costs_the_same_with_one_row_and_with_fifty(
    as_member, ines, rows, django_assert_max_num_queries
):
    for number in range(rows):
        page = start_organization(by=None, name=f"Works {number}")
        Belonging.objects.create(member=ines, organization=page, source="roster")
    browser = as_member(ines)
    with django_assert_max_num_queries(6):
        assert browser.get(reverse("belongings")).text.count("A list of the operators,") == rows
