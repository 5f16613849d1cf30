"""Claiming an account that a roster made."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import registers
from accounts.actions import claim_account, send_claim_link
from accounts.models import User
from accounts.refusals import Refusal
from tests.accounts.conftest import PASSWORD, link_in, sign_in
from tests.concurrently import at_once
from tests.factories import UnclaimedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db) -> User:
    return UnclaimedFactory(first_name="Noor", last_name="Haddad", email="noor@example.com")


@pytest.fixture
def link(person) -> str:
    send_claim_link(person)
    return link_in(mail.outbox.pop())


def test_the_link_asks_for_a_password_and_makes_the_account_theirs(client, person, link):
    assert "Noor" in client.get(link).content.decode()
    answer = client.post(link, {"password": PASSWORD})
    assert answer.url == reverse("welcome")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.claimed_at is not None
    assert EmailAddress.objects.get(user=person, primary=True).verified
    assert client.session["_auth_user_id"] == str(person.pk)


def test_opening_the_link_alone_claims_nothing(client, person, link):
    client.get(link)
    person.refresh_from_db()
    assert person.claimed_at is None


def test_unclaimed_people_are_nobody_to_members_and_claimed_ones_somebody(lina, person):
    assert not User.objects.visible_to(lina).filter(pk=person.pk).exists()
    claim_account(person)
    assert User.objects.visible_to(lina).filter(pk=person.pk).exists()


def test_somebody_without_a_name_on_the_roster_is_there_once_they_are_welcomed(lina):
    nameless = UnclaimedFactory(first_name="", last_name="", email="x@example.com")
    claim_account(nameless)
    assert not User.objects.visible_to(lina).filter(pk=nameless.pk).exists()


def test_claiming_runs_what_other_apps_registered(person, monkeypatch):
    claimed = []
    monkeypatch.setattr(registers, "on_claim", [lambda *, member: claimed.append(member)])
    claim_account(person)
    assert claimed == [person]


def test_a_bad_password_comes_back_with_its_reason(client, person, link):
    answer = client.post(link, {"password": "noor"})
    assert answer.status_code == 422
    assert "too short" in answer.content.decode()
    person.refresh_from_db()
    assert person.claimed_at is None


def test_claiming_twice_is_refused_and_changes_no_password(client, person, link):
    client.post(link, {"password": PASSWORD})
    client.logout()
    answer = client.post(link, {"password": "another-password"})
    assert answer.url == reverse("account_login")
    assert sign_in(client, person.email).url == "/"


def test_a_link_is_good_for_its_person_only(client, person, link):
    other = UnclaimedFactory()
    send_claim_link(other)
    uid = link_in(mail.outbox[0]).split("/")[2]
    forged = link.replace(link.split("/")[2], uid)
    assert client.get(forged).status_code == 404


@pytest.mark.parametrize("path", ["/claim/1/rubbish/", "/claim/%25/MQ:1a:b/", "/claim/zzzzzzzzzzzzzzzz/a:b:c/"])
def test_a_wrong_link_is_answered_with_the_way_to_a_new_one(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert reverse("send_link_again") in answer.content.decode()


def test_a_link_ends_after_60_days(client, link, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=59))
    assert client.get(link).status_code == 200
    time_machine.shift(timedelta(days=2))
    assert client.get(link).status_code == 404


def test_a_link_ends_when_operators_correct_the_address(client, person, link):
    User.objects.filter(pk=person.pk).update(email="corrected@example.com")
    assert client.get(link).status_code == 404


def test_claiming_ends_the_session_of_somebody_else_in_this_browser(as_member, lina, person, link):
    client = as_member(lina)
    client.post(link, {"password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_does(person):
    results = at_once(
        lambda: claim_account(person, password=PASSWORD),
        lambda: claim_account(person, password="another-password"),
    )
    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
    with transaction.atomic():
        (winner,) = [result for result in results if not isinstance(result, Refusal)]
        person.refresh_from_db()
        assert person.password == winner.password
        assert EmailAddress.objects.filter(user=person).count() == 1
