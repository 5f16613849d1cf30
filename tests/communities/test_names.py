"""Names of organizations match however they are written (product.md §12)."""

import pytest

from communities.names import organization_key

SAME = [
    ("University of Michigan", "university  of MICHIGAN"),
    ("The University of Michigan", "Univ. of Michigan"),
    ("École des Ponts", "Ecole des Ponts"),
    ("Stone & Reed", "Stone and Reed"),
    ("Riverwatch", "River Watch"),
    ("River-Watch", "River Watch"),
    ("Streamline, Inc.", "Streamline"),
    ("Aquapeople GmbH & Co. KG", "Aquapeople"),
    ("Речное управление", "речное  управление"),
    ("Łódź Institute", "Lodz Inst."),
    ("St John’s College", "St. Johns College"),
]
DIFFERENT = [
    ("University of Michigan", "Michigan State University"),
    ("Andrés Bello University", "Andrés Bello Catholic University"),
    ("The Company", "The Association"),
    ("Inc", "Ltd"),
    ("東京大学", "京都大学"),
    ("C", "C++"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_one_name_are_the_same(one, other):
    assert organization_key(one) == organization_key(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_of_different_organizations_differ(one, other):
    assert organization_key(one) != organization_key(other)


def test_a_name_of_signs_alone_has_no_key():
    assert organization_key("… – …") == ""
