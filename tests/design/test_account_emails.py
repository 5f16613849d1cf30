"""The letters that signing up, resetting and changing send: short, plain, and with one link."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)


def the_letter() -> tuple[str, str]:
    """The subject and the text of the one letter that was sent."""
    (letter,) = mail.outbox
    return letter.subject, letter.message().get_body(("plain",)).get_content().replace("\r\n", "\n")


def assert_plain(text: str, *, links: int) -> None:
    assert "!" not in text
    assert text.endswith("\nAcquaint\n")
    assert len(re.findall(r"https?://", text)) == links
    assert "\n\n\n" not in text
    assert not re.search(r"\{|&#|&lt;|&quot;", text)


def test_a_newcomer_gets_one_link_to_begin(client: Client):
    client.post(
        reverse("account_signup"),
        {"email": "new@example.com", "password1": "the river runs deep", "password2": "the river runs deep"},
    )
    subject, text = the_letter()
    assert "Welcome to Acquaint: confirm your email address" in subject
    assert_plain(text, links=1)


def test_whoever_joins_twice_is_reminded_and_the_page_does_not_tell(client: Client, lina):
    client.post(
        reverse("account_signup"),
        {"email": lina.email, "password1": "the river runs deep", "password2": "the river runs deep"},
    )
    subject, text = the_letter()
    assert "You are already a member of Acquaint" in subject
    assert_plain(text, links=1)


def test_a_forgotten_password_takes_one_link(client: Client, lina):
    client.post(reverse("account_reset_password"), {"email": lina.email})
    subject, text = the_letter()
    assert "Set a new password for Acquaint" in subject
    assert_plain(text, links=1)


def test_an_address_that_nobody_has_is_told_so_by_letter_only(client: Client):
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"}, follow=True)
    assert "nobody@example.com" not in response.text
    subject, text = the_letter()
    assert "There is no account with this address" in subject
    assert_plain(text, links=1)


def test_a_changed_password_is_told_with_where_it_came_from(client: Client, lina, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    lina.set_password("the river runs deep")
    lina.save()
    client.force_login(lina)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "the river runs deep", "password1": "and never stops", "password2": "and never stops"},
        headers={"user-agent": "Firefox"},
    )
    subject, text = the_letter()
    assert "Your password changed" in subject
    assert "Firefox" in text
    assert reverse("account_reset_password") in text  # for whoever didn't change it
    assert_plain(text, links=1)
