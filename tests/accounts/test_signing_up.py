"""Joining with an email address and a password, which has to be verified."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import link_in, sign_in, sign_up
from tests.concurrently import at_once
from tests.factories import MemberFactory, UnclaimedFactory

pytestmark = pytest.mark.django_db


def test_signing_up_sends_a_link_that_signs_in_and_leads_to_the_welcome(client):
    answer = sign_up(client, "Newcomer@Example.com")
    assert answer.url == reverse("account_email_verification_sent")
    assert not client.session.get("_auth_user_id")
    link = link_in(mail.outbox[0])
    answer = client.post(link, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("welcome")
    member = User.objects.get(email="newcomer@example.com")
    assert member.claimed_at
    assert member.welcomed_at is None
    assert EmailAddress.objects.get(user=member).verified


def test_before_the_address_is_verified_nobody_signs_in(client):
    sign_up(client, "newcomer@example.com")
    client.cookies.clear()
    answer = sign_in(client, "newcomer@example.com")
    assert answer.url == reverse("account_email_verification_sent")
    assert not client.session.get("_auth_user_id")


def test_the_link_opened_in_another_browser_verifies_and_asks_to_sign_in(client):
    sign_up(client, "newcomer@example.com")
    client.cookies.clear()
    answer = client.post(link_in(mail.outbox[0]))
    assert answer.url.startswith(reverse("account_login"))
    assert sign_in(client, "newcomer@example.com").url == "/"


def test_a_sign_up_is_nobody_to_others_until_they_are_welcomed(client, lina):
    sign_up(client, "newcomer@example.com")
    client.post(link_in(mail.outbox[0]))
    assert not User.objects.visible_to(lina).filter(email="newcomer@example.com").exists()


def test_a_bad_password_comes_back_with_what_was_typed_and_why(client):
    answer = sign_up(client, "newcomer@example.com", "12345")
    page = answer.content.decode()
    assert "newcomer@example.com" in page
    assert "too short" in page
    assert not User.objects.exists()


def test_signing_up_twice_makes_one_account_and_one_letter(client):
    first = sign_up(client, "newcomer@example.com")
    second = sign_up(client, "newcomer@example.com")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert User.objects.count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("known", ["member", "unverified", "unclaimed", "suspended"])
def test_signing_up_answers_the_same_whoever_has_the_address(client, known):
    match known:
        case "member":
            MemberFactory(email="known@example.com")
        case "unverified":
            MemberFactory(email="known@example.com")
            EmailAddress.objects.update(verified=False)
        case "unclaimed":
            UnclaimedFactory(email="known@example.com")
        case "suspended":
            MemberFactory(email="known@example.com", suspended=True)
    answers = []
    for email in ["unknown@example.com", "known@example.com"]:
        client.cookies.clear()
        answer = sign_up(client, email)
        page = client.get(answer.url).content.decode().replace(email, "…")
        answers.append((answer.status_code, answer.url, _without_nonces(page)))
        assert len(mail.outbox) == 1
        mail.outbox.clear()
    assert answers[0] == answers[1]


def test_a_known_address_takes_as_long_as_an_unknown_one(client, monkeypatch):
    from django.contrib.auth import hashers

    hashed = []
    make = hashers.make_password
    monkeypatch.setattr(
        "django.contrib.auth.base_user.make_password", lambda *args, **kwargs: hashed.append(args) or make(*args)
    )
    UnclaimedFactory(email="known@example.com")
    hashed.clear()
    sign_up(client, "known@example.com")
    known = len(hashed)
    hashed.clear()
    client.cookies.clear()
    sign_up(client, "unknown@example.com")
    assert known == len(hashed) == 1


def test_the_holder_of_a_known_address_is_told_by_email_that_they_have_an_account(client):
    MemberFactory(email="known@example.com")
    sign_up(client, "known@example.com")
    assert "password" in mail.outbox[0].body
    assert mail.outbox[0].to == ["known@example.com"]


def test_somebody_on_the_roster_who_signs_up_gets_the_link_to_claim(client):
    person = UnclaimedFactory(email="roster@example.com")
    sign_up(client, "roster@example.com")
    assert link_in(mail.outbox[0]).startswith("/claim/")
    person.refresh_from_db()
    assert person.claimed_at is None
    assert not person.has_usable_password()


def test_an_address_that_a_member_only_asked_to_change_to_is_free(client, ines):
    EmailAddress.objects.create(user=ines, email="wanted@example.com", verified=False)
    sign_up(client, "wanted@example.com")
    client.post(link_in(mail.outbox[0]))
    assert EmailAddress.objects.get(email="wanted@example.com", verified=True).user.email == "wanted@example.com"
    ines.refresh_from_db()
    assert ines.email == "ines@example.com"


@pytest.mark.django_db(transaction=True)
def test_of_two_sign_ups_at_once_one_makes_the_account_and_both_are_answered_alike():
    one, other = at_once(
        lambda: sign_up(Client(), "newcomer@example.com"),
        lambda: sign_up(Client(), "newcomer@example.com"),
    )
    assert one.url == other.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert EmailAddress.objects.count() == 1
    assert len(mail.outbox) == 1


def _without_nonces(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", page)
