"""Deleting one's account: out of sight at once, gone after 14 days (product.md §14)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import registers
from accounts.actions import delete_departed, keep_account, leave
from accounts.models import User
from accounts.refusals import Refusal
from tests.accounts.conftest import PASSWORD, sign_in
from tests.factories import MemberFactory, connect

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)


@pytest.fixture
def member(db) -> User:
    return MemberFactory(first_name="Rosa", last_name="Leaving", email="rosa@example.com", password=PASSWORD)


@pytest.fixture
def browser(client, member) -> Client:
    sign_in(client, member.email)
    return client


def ask_for_deletion(client, password=PASSWORD):
    return client.post(reverse("settings_delete"), {"password": password})


def test_deleting_asks_for_the_password(browser, member):
    answer = ask_for_deletion(browser, "not-this-one")
    assert answer.status_code == 422
    assert "This is not your password." in answer.content.decode()
    member.refresh_from_db()
    assert member.leaves_at is None


def test_the_password_can_not_be_guessed_there_by_trying(browser, member):
    for _ in range(5):
        ask_for_deletion(browser, "guess")
    assert ask_for_deletion(browser).status_code == 422
    member.refresh_from_db()
    assert member.leaves_at is None


def test_deletion_comes_14_days_later_and_is_told_by_email(browser, member):
    answer = ask_for_deletion(browser)
    assert answer.status_code == 200
    member.refresh_from_db()
    assert timedelta() <= timezone.now() + FORTNIGHT - member.leaves_at < timedelta(minutes=1)
    assert mail.outbox[-1].to == ["rosa@example.com"]
    assert "will be deleted on" in mail.outbox[-1].subject


def test_somebody_who_leaves_is_signed_out_everywhere(browser, member):
    elsewhere = Client()
    sign_in(elsewhere, member.email)
    ask_for_deletion(browser)
    for client in [browser, elsewhere]:
        assert client.get(reverse("settings")).url.startswith(reverse("account_login"))


def test_somebody_who_leaves_is_out_of_sight_at_once(member, lina):
    leave(by=member)
    assert not User.objects.visible_to(lina).filter(pk=member.pk).exists()


def test_signing_in_leads_only_to_the_way_to_stay(client, member):
    leave(by=member)
    sign_in(client, member.email)
    for page in ["settings", "welcome", "account_email", "settings_blocked"]:
        assert client.get(reverse(page)).url == reverse("leaving")
    page = client.get(reverse("leaving")).content.decode()
    assert "Your account will be deleted on" in page
    assert "Keep my account" in page


def test_keeping_the_account_brings_everything_back(client, member, lina):
    connect(member, lina)
    leave(by=member)
    sign_in(client, member.email)
    client.post(reverse("keep_account"))
    assert client.get(reverse("settings")).status_code == 200
    assert User.objects.visible_to(lina).filter(pk=member.pk).exists()
    assert member.connections.count() == 1
    assert "stays" in mail.outbox[-1].subject


def test_nobody_stays_who_does_not_leave(as_member, lina):
    assert as_member(lina).get(reverse("leaving")).url == "/"
    as_member(lina).post(reverse("keep_account"))
    assert not mail.outbox


def test_asked_twice_the_date_and_the_email_stay(member, time_machine):
    first = leave(by=member).leaves_at
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert leave(by=member).leaves_at == first
    assert len(mail.outbox) == 1


def test_after_14_days_the_worker_deletes_for_good(worker, member, time_machine):
    leave(by=member)
    time_machine.move_to(timezone.now() + FORTNIGHT - timedelta(minutes=1))
    worker()
    assert User.objects.filter(pk=member.pk).exists()
    time_machine.shift(timedelta(minutes=2))
    worker()
    assert not User.objects.filter(pk=member.pk).exists()
    assert mail.outbox[-1].to == ["rosa@example.com"]
    assert "is deleted" in mail.outbox[-1].subject


def test_who_changed_their_mind_is_not_deleted(worker, member, time_machine):
    leave(by=member)
    keep_account(by=member)
    time_machine.move_to(timezone.now() + FORTNIGHT + timedelta(days=1))
    worker()
    assert User.objects.filter(pk=member.pk).exists()


def test_who_left_came_back_and_left_again_has_the_later_date(worker, member, time_machine):
    start = timezone.now()
    time_machine.move_to(start)
    leave(by=member)
    time_machine.move_to(start + timedelta(days=10))
    keep_account(by=member)
    leave(by=member)
    time_machine.move_to(start + FORTNIGHT + timedelta(days=1))
    worker()
    assert User.objects.filter(pk=member.pk).exists()
    time_machine.move_to(start + timedelta(days=25))
    worker()
    assert not User.objects.filter(pk=member.pk).exists()


def test_deleting_twice_does_nothing_more(member, time_machine):
    leave(by=member)
    time_machine.move_to(timezone.now() + FORTNIGHT + timedelta(minutes=1))
    assert delete_departed(member.pk) is True
    assert delete_departed(member.pk) is False


def test_deletion_lets_other_apps_erase_what_does_not_go_with_the_row(member, monkeypatch, time_machine):
    erased = []
    monkeypatch.setattr(registers, "on_departure", [lambda *, member: erased.append(member.email)])
    leave(by=member)
    assert not erased
    time_machine.move_to(timezone.now() + FORTNIGHT + timedelta(minutes=1))
    delete_departed(member.pk)
    assert erased == ["rosa@example.com"]


def test_an_operator_can_not_delete_their_account(member):
    member.is_staff = True
    member.save()
    with pytest.raises(Refusal):
        leave(by=member)


def test_a_former_operator_goes_and_their_decisions_stay(member, lina, time_machine):
    from moderation.actions import suspend_member
    from moderation.models import Decision

    member.is_staff = member.is_superuser = True
    member.save()
    suspend_member(lina, by=member, why="Advertising")
    member.is_staff = member.is_superuser = False
    member.save()
    leave(by=member)
    time_machine.move_to(timezone.now() + FORTNIGHT + timedelta(minutes=1))
    assert delete_departed(member.pk) is True
    assert Decision.objects.filter(why="Advertising").exists()
