"""Names of organizations while somebody types one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions import add_name, start_organization
from communities.models import Organization
from communities.suggestions import names_like

pytestmark = pytest.mark.usefixtures("unmailed")


def found(text: str, viewer) -> list[str]:
    return [name.name for name in names_like(text, viewer=viewer)]


@pytest.fixture
def pages(ines) -> dict[str, Organization]:
    names = [
        "University of Michigan",
        "Michigan Works",
        "Umeå University",
        "Речное управление",
        "Rhône River Authority",
    ]
    return {name: start_organization(by=ines, name=name) for name in names}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("mich", ["Michigan Works", "University of Michigan"]),
        ("univ mich", ["University of Michigan"]),
        ("the univ. of michigan", ["University of Michigan"]),
        ("UMEA", ["Umeå University"]),
        ("упр реч", ["Речное управление"]),
        ("rhone", ["Rhône River Authority"]),
        ("m", []),
        ("", []),
        ("…", []),
        ("zz", []),
        ("a & !(b):* | '", []),
    ],
)
def test_every_word_typed_is_the_beginning_of_one(pages, lina, typed, names):
    assert found(typed, lina) == names


def test_a_page_stands_there_once_by_the_name_that_fits(pages, ines, lina):
    add_name(pages["Michigan Works"], by=ines, name="Michigan Mills", use="former")
    assert found("michigan", lina) == ["Michigan Works", "University of Michigan"]
    assert found("michigan mil", lina) == ["Michigan Mills"]


def test_what_nobody_sees_is_suggested_to_nobody(pages, lina):
    Organization.objects.filter(name="Michigan Works").update(hidden_at=timezone.now())
    assert found("mich", lina) == ["University of Michigan"]


def test_it_is_for_members(as_member, pages, lina, visitor):
    address = reverse("suggest_organizations")
    assert as_member(visitor).get(address, {"q": "mich"}).status_code == 302
    answer = as_member(lina).get(address, {"q": "mich"})
    assert '<li data-value="Michigan Works">' in answer.text
    assert "2 organizations have a page here" in answer.text


@pytest.mark.parametrize("rows", [0, 1, 50])
def test_it_costs_the_same_whatever_it_finds(as_member, ines, rows, django_assert_num_queries):
    for number in range(rows):
        start_organization(by=None, name=f"Delta Works {number}")
    browser = as_member(ines)
    with django_assert_num_queries(4):  # session, member and the two of the names
        answer = browser.get(reverse("suggest_organizations"), {"q": "delta"})
    assert answer.text.count("<li") == min(rows, 8)
