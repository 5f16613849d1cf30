"""Forgotten passwords, and new addresses."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSWORD, link_in, prove, sign_in, sign_up
from tests.factories import MemberFactory, UnclaimedFactory

pytestmark = pytest.mark.django_db
NEW = "nineteen-cranes"


@pytest.fixture
def member(db) -> User:
    return MemberFactory(email="known@example.com", password=PASSWORD)


def ask_for_a_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def follow_the_reset(client, link):
    form = client.get(link).url
    return client.post(form, {"password1": NEW, "password2": NEW})


def test_the_link_in_the_email_sets_a_new_password(client, member):
    ask_for_a_reset(client, member.email)
    follow_the_reset(client, link_in(mail.outbox[0]))
    sign_in(client, member.email, NEW)
    assert client.session["_auth_user_id"] == str(member.pk)


def test_pages_that_listen_look_whether_they_may_go_on_when_the_password_changes(client, member, told):
    sign_in(client, member.email)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    ask_for_a_reset(client, member.email)
    follow_the_reset(client, link_in(mail.outbox[-1]))
    assert told == [("sessions", None, {member.pk})] * 2


def test_a_new_password_ends_sessions_elsewhere(client, as_member, member):
    elsewhere = as_member(member)
    ask_for_a_reset(client, member.email)
    follow_the_reset(client, link_in(mail.outbox[0]))
    assert elsewhere.get(reverse("settings")).status_code == 302


def test_the_link_works_once(client, member):
    ask_for_a_reset(client, member.email)
    link = link_in(mail.outbox[0])
    follow_the_reset(client, link)
    client.cookies.clear()
    assert "used already" in client.get(link).content.decode()


@pytest.mark.parametrize("whose", ["unclaimed", "unknown", "suspended", "leaving"])
def test_asking_for_a_reset_answers_the_same_whoever_has_the_address(client, member, whose):
    from django.utils import timezone

    UnclaimedFactory(email="unclaimed@example.com")
    MemberFactory(email="suspended@example.com", suspended=True)
    MemberFactory(email="leaving@example.com", leaves_at=timezone.now())
    answers = []
    for email in ["known@example.com", f"{whose}@example.com"]:
        client.cookies.clear()
        answer = ask_for_a_reset(client, email)
        page = client.get(answer.url).content.decode()
        answers.append((answer.status_code, answer.url, page))
        assert len(mail.outbox) == 1
        mail.outbox.clear()
    assert answers[0] == answers[1]


def test_whom_the_roster_knows_gets_the_link_to_claim(client):
    UnclaimedFactory(email="roster@example.com")
    ask_for_a_reset(client, "Roster@example.com")
    assert link_in(mail.outbox[0]).startswith("/claim/")


def test_an_unknown_address_is_told_by_email_that_it_has_no_account(client):
    ask_for_a_reset(client, "unknown@example.com")
    assert reverse("account_signup") in mail.outbox[0].body


def test_resets_for_an_address_are_limited(client, member):
    answers = [ask_for_a_reset(client, member.email).status_code for _ in range(6)]
    assert answers[:5] == [302] * 5
    assert answers[5] == 429
    assert len(mail.outbox) == 5


def test_changing_the_address_asks_for_the_password_and_waits_for_the_new_address(client, member):
    sign_in(client, member.email)
    prove(client)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.com"})
    member.refresh_from_db()
    assert member.email == "known@example.com"
    (letter,) = [letter for letter in mail.outbox if letter.to == ["new@example.com"]]
    client.post(link_in(letter))
    member.refresh_from_db()
    assert member.email == "new@example.com"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.com", True)]
    assert ["known@example.com"] in [letter.to for letter in mail.outbox], "the old address is told"


def test_an_address_of_somebody_else_can_be_asked_for_and_never_taken(client, member):
    person = UnclaimedFactory(email="roster@example.com")
    sign_in(client, member.email)
    prove(client)
    answer = client.post(reverse("account_email"), {"action_add": "", "email": "roster@example.com"})
    assert answer.status_code == 302
    client.post(link_in(mail.outbox[0]))
    member.refresh_from_db()
    person.refresh_from_db()
    assert (member.email, person.email) == ("known@example.com", "roster@example.com")


def test_a_changed_password_is_told_by_email(client, member):
    sign_in(client, member.email)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    member.refresh_from_db()
    assert member.check_password(NEW)
    assert [letter.to for letter in mail.outbox] == [["known@example.com"]]


def test_no_reset_of_a_member_goes_to_an_address_that_they_never_verified(client, member):
    EmailAddress.objects.create(user=member, email="victim@example.com", verified=False)
    ask_for_a_reset(client, "victim@example.com")
    assert "/password/reset/key/" not in mail.outbox[0].body


def test_changing_the_address_asks_for_the_password_first(client, member):
    sign_in(client, member.email)
    answer = client.post(reverse("account_email"), {"action_add": "", "email": "new@example.com"})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not mail.outbox


def test_somebody_elses_unverified_sign_up_is_no_obstacle(client):
    """Whoever signs up with an address that isn't theirs keeps nobody out: its holder resets the password."""
    sign_up(client, "mine@example.com", "squatters-password")
    mail.outbox.clear()
    client.cookies.clear()
    ask_for_a_reset(client, "mine@example.com")
    follow_the_reset(client, link_in(mail.outbox[0]))
    client.cookies.clear()
    sign_in(client, "mine@example.com", NEW)
    assert "_auth_user_id" in client.session
