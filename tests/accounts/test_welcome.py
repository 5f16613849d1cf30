"""The first steps of a new member: who they are, and people to follow and to ask."""

import pytest
from django.urls import reverse

from accounts.actions import welcome_member
from accounts.models import User
from accounts.refusals import Refusal
from tests.accounts.conftest import PASSWORD
from tests.concurrently import at_once
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
HERSELF = {
    "first_name": "Zoë",
    "last_name": "Łukasik",
    "headline": "Bridge engineer",
    "place": "Gdańsk",
    "time_zone": "Europe/Warsaw",
}


@pytest.fixture
def newcomer(db) -> User:
    return MemberFactory(first_name="", last_name="", email="new@example.com", welcomed_at=None, password=PASSWORD)


@pytest.mark.parametrize("name", ["settings", "account_email", "usersessions_list", "settings_blocked"])
def test_a_newcomer_is_led_to_the_welcome_from_everywhere(as_member, newcomer, name):
    assert as_member(newcomer).get(reverse(name)).url == reverse("welcome")


def test_a_newcomer_may_sign_out_and_the_site_still_has_its_colour_and_health(as_member, newcomer):
    client = as_member(newcomer)
    assert client.get(reverse("theme")).status_code == 200
    assert client.get(reverse("healthz")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


def test_a_piece_of_a_page_leads_the_whole_page_to_the_welcome(as_member, newcomer):
    answer = as_member(newcomer).get(reverse("settings"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("welcome")


def test_the_first_step_makes_somebody_with_a_handle_of_their_name(as_member, newcomer, lina):
    answer = as_member(newcomer).post(reverse("welcome"), HERSELF)
    assert answer.url == reverse("welcome_people")
    newcomer.refresh_from_db()
    assert newcomer.handle == "zoe-lukasik"
    assert (newcomer.name, newcomer.headline, newcomer.place) == ("Zoë Łukasik", "Bridge engineer", "Gdańsk")
    assert newcomer.time_zone == "Europe/Warsaw"
    assert User.objects.visible_to(lina).filter(pk=newcomer.pk).exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("first_name", ""), ("first_name", "  "), ("time_zone", "Mars/Olympus"), ("headline", "x" * 201)],
)
def test_a_mistake_comes_back_with_what_was_typed(as_member, newcomer, field, typed):
    answer = as_member(newcomer).post(reverse("welcome"), HERSELF | {field: typed})
    assert answer.status_code == 422
    assert "Łukasik" in answer.content.decode()
    assert answer.context["form"].errors[field]
    newcomer.refresh_from_db()
    assert newcomer.welcomed_at is None


def test_a_namesake_gets_a_handle_of_their_own(newcomer):
    MemberFactory(first_name="Zoë", last_name="Łukasik", handle="zoe-lukasik")
    assert welcome_member(by=newcomer, **HERSELF).handle.startswith("zoe-lukasik-")


def test_nobody_gets_the_name_of_a_place_of_the_site_as_handle(newcomer):
    assert welcome_member(by=newcomer, **HERSELF | {"first_name": "Admin", "last_name": ""}).handle != "admin"


def test_done_again_the_welcome_keeps_the_handle(as_member, newcomer):
    client = as_member(newcomer)
    client.post(reverse("welcome"), HERSELF)
    client.post(reverse("welcome"), HERSELF | {"last_name": "Nowak"})
    newcomer.refresh_from_db()
    assert (newcomer.last_name, newcomer.handle) == ("Nowak", "zoe-lukasik")


@pytest.mark.django_db(transaction=True)
def test_namesakes_who_are_welcomed_at_once_both_get_a_handle():
    newcomers = [MemberFactory(first_name="", welcomed_at=None) for _ in range(4)]
    results = at_once(*[lambda one=one: welcome_member(by=one, **HERSELF) for one in newcomers])
    assert not [result for result in results if isinstance(result, Refusal)]
    assert len({member.handle for member in results}) == 4


def test_visitors_sign_in_first(client):
    assert client.get(reverse("welcome")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("nothing", ["\u200b", "\u202e\u2066", "!?", "\u3164\u200f"])
def test_a_name_that_nobody_can_read_is_refused(as_member, newcomer, nothing):
    answer = as_member(newcomer).post(reverse("welcome"), HERSELF | {"first_name": nothing})
    assert answer.status_code == 422
    assert "A name needs a letter." in answer.text


def test_a_name_stands_on_one_line_and_turns_nothing_around(as_member, newcomer):
    typed = {"first_name": "Zoë\u202e", "last_name": "Łukasik\n\nPay at once", "headline": "\u2067Bridges\t\u200b"}
    as_member(newcomer).post(reverse("welcome"), HERSELF | typed)
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.headline) == ("Zoë Łukasik Pay at once", "Bridges")


def test_names_keep_the_signs_that_join_letters(as_member, newcomer):
    as_member(newcomer).post(reverse("welcome"), HERSELF | {"first_name": "علی\u200cرضا"})
    newcomer.refresh_from_db()
    assert newcomer.first_name == "علی\u200cرضا"
