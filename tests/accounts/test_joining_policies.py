"""Who may join: anyone, people at listed email domains, or people with an invitation (product.md §14)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite
from accounts.models import Community, Invitation, User
from tests.accounts.conftest import link_in, sign_up
from tests.factories import MemberFactory, UnclaimedFactory

pytestmark = pytest.mark.django_db
Joining = Community.Joining


def follow_the_invitation(client, email, by):
    invite(email, by=by)
    answer = client.get(link_in(mail.outbox.pop()), follow=True)
    return answer.content.decode()


@pytest.fixture
def by_domain(community):
    return community(joining=Joining.DOMAINS, email_domains="example.org\n @Uni.Example.edu \n")


@pytest.fixture
def by_invitation(community):
    return community(joining=Joining.INVITATION)


def test_anyone_may_join_where_the_operators_say_so(client):
    sign_up(client, "anybody@anywhere.example")
    assert User.objects.filter(email="anybody@anywhere.example").exists()


@pytest.mark.parametrize("email", ["ana@example.org", "Ana@EXAMPLE.org", "ana@uni.example.edu"])
def test_an_address_at_a_listed_domain_may_join(client, by_domain, email):
    sign_up(client, email)
    assert User.objects.filter(email=email.lower()).exists()


@pytest.mark.parametrize(
    "email", ["ana@example.com", "ana@sub.example.org", "ana@notexample.org", "example.org@evil.example"]
)
def test_an_address_elsewhere_is_refused_beside_the_field(client, by_domain, email):
    page = sign_up(client, email).content.decode()
    assert "people with an address at example.org, uni.example.edu" in page
    assert email in page
    assert not User.objects.exists()


def test_the_refusal_of_a_domain_is_the_same_for_members_and_people_on_the_roster(client, by_domain):
    MemberFactory(email="known@example.com")
    UnclaimedFactory(email="roster@example.com")
    pages = {
        sign_up(client, email).content.decode().count("people with an address at")
        for email in ["known@example.com", "roster@example.com", "unknown@example.com"]
    }
    assert pages == {1}
    assert not mail.outbox


def test_an_invitation_opens_sign_up_whatever_the_domain(client, by_domain, ines):
    follow_the_invitation(client, "guest@example.com", ines)
    sign_up(client, "guest@example.com")
    assert User.objects.filter(email="guest@example.com").exists()


def test_without_an_invitation_nobody_signs_up_by_invitation(client, by_invitation):
    page = client.get(reverse("account_signup")).content.decode()
    assert "open to people who were invited" in page
    sign_up(client, "stranger@example.com")
    assert not User.objects.exists()


def test_the_invitation_fills_in_the_address_and_counts_as_its_verification(client, by_invitation, ines):
    page = follow_the_invitation(client, "guest@example.com", ines)
    assert 'value="guest@example.com"' in page
    answer = sign_up(client, "guest@example.com")
    assert answer.url == reverse("welcome")
    assert not mail.outbox
    assert client.session["_auth_user_id"]


def test_the_invitation_is_marked_as_accepted(client, by_invitation, ines):
    follow_the_invitation(client, "guest@example.com", ines)
    assert Invitation.objects.get().accepted_at is None
    sign_up(client, "guest@example.com")
    assert Invitation.objects.get().accepted_at is not None


def test_an_invitation_is_for_its_own_address_only(client, by_invitation, ines):
    follow_the_invitation(client, "guest@example.com", ines)
    page = sign_up(client, "friend@example.com").content.decode()
    assert "Your invitation is for guest@example.com." in page
    assert not User.objects.filter(email="friend@example.com").exists()


def test_where_anyone_may_join_another_address_than_the_invited_has_to_be_verified(client, ines):
    follow_the_invitation(client, "guest@example.com", ines)
    answer = sign_up(client, "friend@example.com")
    assert answer.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_an_accepted_invitation_leads_to_sign_in(client, by_invitation, ines):
    invite("guest@example.com", by=ines)
    link = link_in(mail.outbox[0])
    client.get(link)
    sign_up(client, "guest@example.com")
    client.logout()
    assert client.get(link).url == reverse("account_login")


@pytest.mark.parametrize("token", ["rubbish", "MQ:1abcde:forged"])
def test_a_forged_invitation_opens_nothing(client, by_invitation, token):
    answer = client.get(f"/join/{token}/")
    assert answer.status_code == 404
    assert "open to people who were invited" in client.get(reverse("account_signup")).content.decode()


def test_an_invitation_link_ends_after_30_days(client, by_invitation, ines, time_machine):
    invite("guest@example.com", by=ines)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert client.get(link_in(mail.outbox[0])).status_code == 404


def test_inviting_twice_keeps_one_invitation_and_sends_it_again(ines):
    invite("Guest@example.com", by=ines)
    invite("guest@EXAMPLE.com", by=ines)
    assert Invitation.objects.count() == 1
    assert len(mail.outbox) == 2


def test_a_member_is_not_invited(ines, lina):
    with pytest.raises(ValueError, match="belongs to a member already"):
        invite(lina.email.upper(), by=ines)
    assert not mail.outbox


def test_whom_the_roster_knows_gets_the_claim_link_instead_of_an_invitation(ines):
    UnclaimedFactory(email="roster@example.com")
    assert invite("roster@example.com", by=ines) is None
    assert link_in(mail.outbox[0]).startswith("/claim/")


@pytest.mark.parametrize("whose", ["invited", "unclaimed", "member", "unknown"])
def test_asking_for_a_lost_link_answers_the_same_for_everybody(client, ines, whose):
    Invitation.objects.create(email="invited@example.com", invited_by=ines)
    UnclaimedFactory(email="unclaimed@example.com")
    MemberFactory(email="member@example.com")
    email = f"{whose}@example.com"
    answer = client.post(reverse("send_link_again"), {"email": email})
    page = client.get(answer.url).content.decode()
    assert answer.url == reverse("account_login")
    assert f"If something waits for {email}, its link is on its way." in page
    assert len(mail.outbox) == (whose in {"invited", "unclaimed"})


def test_a_lost_link_is_sent_five_times_a_minute_at_the_most(client):
    UnclaimedFactory(email="unclaimed@example.com")
    answers = [client.post(reverse("send_link_again"), {"email": "unclaimed@example.com"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mail.outbox) == 5
