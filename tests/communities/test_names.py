"""Names of organizations match however they are written (product.md §12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.names import organization_key

SAME = [
    ("University of Michigan", "university  of MICHIGAN"),
    ("The University of Michigan", "Univ. of Michigan"),
    ("University of Michigan, The", "U. of Michigan"),
    ("École des Ponts", "Ecole des Ponts"),
    ("Stone & Reed", "Stone and Reed"),
    ("Müller & Söhne", "Müller und Söhne"),
    ("Riverwatch", "River Watch"),
    ("River-Watch", "River Watch"),
    ("Streamline, Inc.", "Streamline"),
    ("Aquapeople GmbH & Co. KG", "Aquapeople"),
    ("Fiat S.p.A.", "FIAT"),
    ("Novo A/S", "Novo"),
    ("Łęczna Sp. z o.o.", "Łęczna"),
    ("Acme, S.A. de C.V.", "Acme"),
    ("Brno s.r.o.", "Brno"),
    ("Indus Works Pvt. Ltd.", "Indus Works Private Limited"),
    ("Indus Works Pvt Ltd", "Indus Works"),
    ("I.B.M.", "IBM"),
    ("J. P. Morgan", "JP Morgan"),
    ("L’Oréal", "L'Oreal"),
    ("St John’s College", "St. Johns College"),
    ("St. John's College", "Saint John's College"),
    ("Mt. Sinai Hospital", "Mount Sinai Hosp."),
    ("Int’l Red Cross", "International Red Cross"),
    ("Bell Labs", "Bell Laboratories"),
    ("Can Tho Centre", "Can Tho Center"),
    ("Łódź Institute", "Lodz Inst."),
    ("Речное управление", "речное  управление"),
    ("ООО «Речное управление»", "Речное управление"),
    ("トヨタ自動車株式会社", "株式会社トヨタ自動車"),
    ("トヨタ自動車㈱", "トヨタ自動車"),
    ("华为技术有限公司", "华为技术"),
    ("주식회사 카카오", "카카오"),
    ("Ｔｏｋｙｏ Ｗｏｒｋｓ", "Tokyo Works"),
]
DIFFERENT = [
    ("University of Michigan", "Michigan State University"),
    ("University of Michigan", "Michigan University"),
    ("University of Michigan", "University of Michigan–Flint"),
    ("Andrés Bello University", "Andrés Bello Catholic University"),
    ("Universidad de Santiago", "Universidade de Santiago"),
    ("Universität Wien", "University of Vienna"),
    ("Main St", "Main Saint"),
    ("The Company", "The Association"),
    ("Inc", "Ltd"),
    ("Inc", "Streamline Inc"),
    ("东京大学", "京都大学"),
    ("株式会社", "有限会社"),
    ("School No. 5", "School No. 6"),
    ("C", "C++"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_one_name_are_the_same(one, other):
    assert organization_key(one) == organization_key(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_of_different_organizations_differ(one, other):
    assert organization_key(one) != organization_key(other)


@pytest.mark.parametrize(
    "name", ["Inc", "The", "And", "The Company", "GmbH & Co. KG", "S.A.", "ООО", "株式会社", "&Co"]
)
def test_a_name_of_nothing_else_keeps_a_key(name):
    assert organization_key(name)


def test_a_name_of_signs_alone_has_no_key():
    assert organization_key("… – …") == ""


@given(st.text(max_size=40))
def test_case_and_spaces_around_never_matter_and_some_letter_always_gives_a_key(name):
    key = organization_key(name)
    assert organization_key(f"  {name}  ") == key
    assert organization_key(f"The {name}") == key or not key or name.casefold().strip().startswith("the")
