"""Signing in with an email address and a password, and how often one may try."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.actions import reactivate_member, suspend_member
from accounts.models import User
from moderation.actions import suspend_member as decide_to_suspend
from tests.accounts.conftest import PASSWORD, sign_in
from tests.factories import MemberFactory, UnclaimedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db) -> User:
    return MemberFactory(email="known@example.com", password=PASSWORD)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["known@example.com", "Known@Example.COM", " known@example.com "])
def test_a_member_signs_in_whatever_the_case_of_the_address(client, member, email):
    sign_in(client, email)
    assert signed_in(client)


def test_signing_in_leads_back_to_the_page_that_asked_for_it(client, member):
    asked = client.get(reverse("settings"))
    assert asked.url == "/accounts/login/?next=/settings/"
    assert sign_in(client, member.email, next="/settings/").status_code == 302


def test_signing_in_leads_nowhere_else(client, member):
    answer = client.post(
        "/accounts/login/", {"login": member.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer.url == "/"


def test_a_wrong_password_reads_the_same_whoever_has_the_address(client, member):
    UnclaimedFactory(email="roster@example.com")
    MemberFactory(email="suspended@example.com", password=PASSWORD, suspended=True)
    answers = set()
    for email in ["known@example.com", "unknown@example.com", "roster@example.com", "suspended@example.com"]:
        answer = sign_in(client, email, "wrong-password")
        errors = answer.context["form"].errors.as_text()
        answers.add((answer.status_code, errors))
    assert len(answers) == 1
    assert not signed_in(client)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, member):
    for _ in range(5):
        sign_in(client, member.email, "wrong-password")
    page = sign_in(client, member.email).content.decode()
    assert "Too many attempts to sign in" in page
    assert not signed_in(client)


def test_after_five_minutes_one_may_try_again(client, member, time_machine):
    for _ in range(5):
        sign_in(client, member.email, "wrong-password")
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1))
    sign_in(client, member.email)
    assert signed_in(client)


def test_attempts_at_an_unknown_address_are_limited_alike(client):
    for _ in range(5):
        sign_in(client, "unknown@example.com", "wrong-password")
    assert "Too many attempts to sign in" in sign_in(client, "unknown@example.com").content.decode()


def test_one_machine_may_not_try_many_addresses(client, member):
    for number in range(10):
        sign_in(client, f"guess{number}@example.com", "wrong-password")
    assert "Too many attempts to sign in" in sign_in(client, member.email).content.decode()
    sign_in(client, member.email, REMOTE_ADDR="198.51.100.7")
    assert signed_in(client)


def test_a_crowd_of_other_counts_pushes_nobodys_out(client, member):
    for _ in range(5):
        sign_in(client, member.email, "wrong-password")
    cache.set_many({f"another-{number}": [1.0] for number in range(400)})
    assert "Too many attempts to sign in" in sign_in(client, member.email).content.decode()


def test_behind_a_proxy_the_client_counts_and_not_what_it_says_of_itself(client, member, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        claims = f"203.0.113.{number}, 198.51.100.7"
        sign_in(client, f"guess{number}@example.com", "wrong-password", HTTP_X_FORWARDED_FOR=claims)
    limited = sign_in(client, member.email, HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.7")
    assert "Too many attempts to sign in" in limited.content.decode()
    sign_in(client, member.email, HTTP_X_FORWARDED_FOR="198.51.100.8")
    assert signed_in(client)


def test_without_a_proxy_the_header_is_nobodys_word(client, member):
    for number in range(10):
        claims = f"203.0.113.{number}"
        sign_in(client, f"guess{number}@example.com", "wrong-password", HTTP_X_FORWARDED_FOR=claims)
    limited = sign_in(client, member.email, HTTP_X_FORWARDED_FOR="203.0.113.99")
    assert "Too many attempts to sign in" in limited.content.decode()


def test_signing_in_too_often_from_one_machine_is_answered_with_429_and_a_page(client):
    answers = [client.post(reverse("account_login"), {}) for _ in range(31)]
    assert answers[29].status_code == 200
    assert answers[30].status_code == 429
    assert "Wait a minute" in answers[30].content.decode()


def test_a_suspended_member_is_told_after_the_right_password_until_when_and_why(client, ines, member):
    until = datetime(2050, 3, 4, 12, 0, tzinfo=UTC)
    ines.is_staff = ines.is_superuser = True
    ines.save()
    decide_to_suspend(member, by=ines, until=until, why="Sold timeshares <to> everybody")
    answer = sign_in(client, member.email)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "suspended until 4 March 2050, 12:00" in page
    assert "Sold timeshares &lt;to&gt; everybody" in page
    assert not signed_in(client)
    assert "suspended" not in sign_in(client, member.email, "wrong-password").content.decode()


def test_a_suspension_without_an_end_names_no_date(client, ines, member):
    suspend_member(member, by=ines)
    page = sign_in(client, member.email).content.decode()
    assert "suspended until further notice" in page
    assert "9999" not in page


def test_a_suspension_ends_the_running_sessions(client, ines, member):
    sign_in(client, member.email)
    suspend_member(member, by=ines)
    assert client.get(reverse("settings")).status_code == 302
    reactivate_member(member, by=ines)
    assert client.get(reverse("settings")).status_code == 302, "the old session stays ended"
    sign_in(client, member.email)
    assert client.get(reverse("settings")).status_code == 200


def test_a_suspension_that_is_over_needs_no_operator(client, ines, member, time_machine):
    suspend_member(member, by=ines, until=datetime(2050, 3, 4, tzinfo=UTC))
    time_machine.move_to(datetime(2050, 3, 5, tzinfo=UTC))
    sign_in(client, member.email)
    assert signed_in(client)


def test_a_member_sees_their_sessions_and_ends_the_others(client, member):
    from django.test import Client

    elsewhere = Client()
    sign_in(elsewhere, member.email, HTTP_USER_AGENT="Lynx on the old laptop")
    sign_in(client, member.email)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Lynx on the old laptop" in page
    client.post(reverse("usersessions_list"))
    assert elsewhere.get(reverse("settings")).status_code == 302
    assert client.get(reverse("settings")).status_code == 200
    assert UserSession.objects.count() == 1
