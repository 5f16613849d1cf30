"""Signing up, in and out, passwords, addresses, codes and sessions: allauth's pages in the site's own look."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

WAY_IN = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
]
OWN_ACCOUNT = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "usersessions_list",
]


def assert_ours(html: str) -> None:
    assert '<a class="skip" href="#main">' in html
    assert "css/acquaint" in html
    assert not re.search(r"<[^>]+\sstyle=", html), "a style attribute, which the content security policy refuses"
    assert not re.search(r"<script(?![^>]*\ssrc=)", html), "an inline script, which the content security policy refuses"


@pytest.mark.django_db
@pytest.mark.parametrize("name", WAY_IN)
def test_a_visitor_meets_the_sites_own_look_on_the_way_in(client: Client, name: str):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert_ours(response.text)


@pytest.mark.parametrize("name", OWN_ACCOUNT)
def test_a_member_looks_after_the_account_in_the_sites_own_look(client: Client, lina, name: str):
    lina.set_password("the river runs deep")
    lina.save()
    client.force_login(lina)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert_ours(response.text)


@pytest.mark.django_db
def test_a_link_that_no_longer_works_says_so_and_offers_a_new_one(client: Client):
    response = client.get(reverse("account_reset_password_from_key", args=["0", "set-password"]), follow=True)
    assert_ours(response.text)
    assert reverse("account_reset_password") in response.text
    response = client.get(reverse("account_confirm_email", args=["long-gone"]))
    assert_ours(response.text)
    assert reverse("account_email") in response.text


@pytest.mark.django_db
def test_what_was_typed_wrongly_is_said_beside_the_field_and_kept(client: Client):
    response = client.post(reverse("account_signup"), {"email": "not an address", "password1": "x", "password2": "y"})
    assert 'value="not an address"' in response.text
    email = re.search(r'<input[^>]+name="email"[^>]*>', response.text)
    assert email
    assert 'aria-invalid="true"' in email.group()
    described = re.search(r'aria-describedby="([^"]+)"', email.group())
    assert described
    for one in described.group(1).split():
        assert f'id="{one}"' in response.text


def test_every_page_of_allauth_stands_on_ours():
    for layout in ("base", "entrance", "manage"):
        origin = get_template(f"allauth/layouts/{layout}.html").origin.name
        assert "site-packages" not in origin


@pytest.mark.django_db
def test_a_form_that_waited_too_long_is_refused_in_the_sites_own_look():
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "lina@example.com", "password": "x"})
    assert response.status_code == 403
    assert "This page waited too long" in response.text
    assert_ours(response.text)
