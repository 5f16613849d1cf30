"""The last part of a profile's address."""

import pytest
from django.urls import reverse

from accounts.actions import change_handle
from accounts.handles import free_handle
from accounts.models import FormerHandle
from accounts.refusals import Refusal
from tests.concurrently import at_once
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def ask_for(client, handle):
    return client.post(reverse("settings_handle"), {"handle": handle})


def test_a_member_takes_another_handle_and_the_old_one_stays_theirs(as_member, ines):
    ask_for(as_member(ines), "ines-moreau")
    ines.refresh_from_db()
    assert ines.handle == "ines-moreau"
    assert FormerHandle.objects.get(handle="ines").member == ines


@pytest.mark.parametrize(
    "handle",
    ["", "a", "Ines", "ines moreau", "-ines", "ines-", "inês", "ines/..", "x" * 41, "admin", "settings", "ines_m"],
)
def test_what_is_no_handle_is_refused_beside_the_field(as_member, ines, handle):
    answer = ask_for(as_member(ines), handle)
    assert answer.status_code == 422
    assert answer.context["forms"]["handle"].errors["handle"]
    ines.refresh_from_db()
    assert ines.handle == "ines"


def test_a_handle_that_somebody_has_is_taken(as_member, ines, lina):
    assert "This handle is taken." in ask_for(as_member(ines), "lina").content.decode()


def test_a_handle_that_somebody_had_stays_theirs(as_member, ines, lina):
    change_handle("lina-svensson", by=lina)
    assert "This handle is taken." in ask_for(as_member(ines), "lina").content.decode()


def test_ones_own_former_handle_can_be_taken_back(ines):
    change_handle("ines-moreau", by=ines)
    change_handle("ines", by=ines)
    ines.refresh_from_db()
    assert ines.handle == "ines"
    assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["ines-moreau"]


def test_the_same_handle_again_changes_nothing(as_member, ines):
    assert ask_for(as_member(ines), "ines").status_code == 302
    assert not FormerHandle.objects.exists()


def test_a_handle_is_made_of_the_name_without_accents():
    assert free_handle("Zoë Łukasik-O'Brien") == "zoe-lukasik-o-brien"


def test_a_name_without_latin_letters_gets_a_handle_of_chance():
    assert free_handle("山田 太郎").startswith("m-")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_a_handle_at_once_one_gets_it():
    one, other = MemberFactory(), MemberFactory()
    results = at_once(lambda: change_handle("wanted", by=one), lambda: change_handle("wanted", by=other))
    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
