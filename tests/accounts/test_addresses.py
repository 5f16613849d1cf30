"""Addresses that are filled in say what Django's `reverse` says."""

import pytest
from django.urls import NoReverseMatch, clear_script_prefix, reverse, set_script_prefix

from accounts.addresses import address


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("home", ()),
        ("profile", ("ines",)),
        ("profile", ("ines-2",)),
        ("post", (12,)),
        ("report", ("post", 12)),
        ("hide_in_group", ("rivers", "post", 12)),
        ("tag", ("Müll & Wasser",)),
        ("tag", ("a/b",)),
        ("profile", ("",)),
        ("profile", ("no handle",)),
        ("post", (-1,)),
        ("post", (None,)),
        ("post", ()),
        ("nowhere", (1,)),
    ],
)
def test_an_address_is_what_django_says(name, given):
    try:
        expected = reverse(name, args=given)
    except NoReverseMatch:
        with pytest.raises(NoReverseMatch):
            address(name, *given)
    else:
        assert address(name, *given) == address(name, *given) == expected


def test_it_begins_where_the_site_is_mounted():
    assert address("profile", "ines") == "/in/ines/"
    set_script_prefix("/alumni/")
    try:
        assert address("profile", "ines") == "/alumni/in/ines/"
    finally:
        clear_script_prefix()
