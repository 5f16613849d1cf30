"""Codes of an authenticator app, and recovery codes."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSWORD, prove, sign_in
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db) -> User:
    return MemberFactory(email="known@example.com", password=PASSWORD)


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def switch_on(client, member) -> str:
    sign_in(client, member.email)
    prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.status_code == 302
    client.post(reverse("account_logout"))
    return secret


def test_the_page_shows_a_code_to_scan_without_a_data_address(client, member, community):
    community(name="Bridge Society")
    sign_in(client, member.email)
    prove(client)
    answer = client.get(reverse("mfa_activate_totp"))
    page = answer.content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert "Bridge%20Society" in answer.context["totp_url"]


def test_with_a_second_factor_the_password_alone_signs_nobody_in(client, member):
    switch_on(client, member)
    answer = sign_in(client, member.email)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("settings")).status_code == 302


def test_the_code_of_the_app_signs_in(client, member, time_machine):
    secret = switch_on(client, member)
    time_machine.move_to(time.time() + 60)
    sign_in(client, member.email)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("settings")).status_code == 200


def test_a_wrong_code_signs_nobody_in(client, member):
    switch_on(client, member)
    sign_in(client, member.email)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get(reverse("settings")).status_code == 302


def test_a_recovery_code_signs_in_once(client, member):
    switch_on(client, member)
    recovery = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    first = recovery.get_unused_codes()[0]
    sign_in(client, member.email)
    client.post(reverse("mfa_authenticate"), {"code": first})
    assert client.get(reverse("settings")).status_code == 200
    client.post(reverse("account_logout"))
    sign_in(client, member.email)
    client.post(reverse("mfa_authenticate"), {"code": first})
    assert client.get(reverse("settings")).status_code == 302


def test_codes_can_not_be_guessed_by_trying(client, member):
    switch_on(client, member)
    sign_in(client, member.email)
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"}) for number in range(12)]
    assert any("Too many" in answer.content.decode() for answer in answers)
