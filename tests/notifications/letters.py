"""Every letter about an account or a case: how each comes about for a member, as `happen(member, operator)`."""

from datetime import timedelta
from uuid import uuid4

from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.actions import delete_departed, invite, keep_account, leave, send_address_link, send_claim_link
from accounts.models import User
from communities.actions import start_organization
from communities.actions.proving import ask_to_prove_member, ask_to_prove_organization
from moderation.actions import (
    dismiss_case,
    hide_post,
    hide_thing,
    reactivate_member,
    report_thing,
    suspend_member,
)
from tests.factories import MemberFactory, UnclaimedFactory, post


def done_with_the_account(what: str, **told):
    """What django-allauth tells after it."""

    def tell(member, operator) -> None:
        with request_context(RequestFactory(HTTP_USER_AGENT="Lynx <2>").get("/")):
            get_adapter().send_notification_mail(what, member, told)

    return tell


def set_another_password(member, operator) -> None:
    member.set_password("the river runs deep")
    member.save()
    browser, again = Client(), "the river runs deeper"
    browser.force_login(member, backend="accounts.backends.MemberBackend")
    sent = {"oldpassword": "the river runs deep", "password1": again, "password2": again}
    assert browser.post("/accounts/password/change/", sent).status_code == 302


def is_leaving(member, *, at) -> User:
    User.objects.filter(pk=member.pk).update(leaves_at=at)
    return User.objects.get(pk=member.pk)


def add_an_address(member, operator) -> None:
    browser = Client()
    browser.force_login(member, backend="accounts.backends.MemberBackend")
    assert browser.post("/accounts/email/", {"email": "new@example.net", "action_add": ""}).status_code == 302


def belong_to_an_organization(member, operator) -> None:
    organization = start_organization(by=operator, name="Delta Works")
    organization.domains.create(domain="example.net")
    ask_to_prove_member(organization, by=member, email="new@example.net", key=uuid4())


def have_reported(member, operator) -> None:
    report = report_thing(post(MemberFactory()), by=member, reason="spam")
    dismiss_case(report.case, by=operator, why="It is fine.")


def be_active_again(member, operator) -> None:
    User.objects.filter(pk=member.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    reactivate_member(User.objects.get(pk=member.pk), by=operator, why="A mistake.")


LETTERS = {
    "the password was changed": set_another_password,
    "a password was set": done_with_the_account("account/email/password_set"),
    "the password was set anew": done_with_the_account("account/email/password_reset"),
    "the address was changed": done_with_the_account(
        "account/email/email_changed", from_email="reader@example.org", to_email="another@example.org"
    ),
    "an address was removed": done_with_the_account("account/email/email_deleted", deleted_email="old@example.org"),
    "an address was confirmed": done_with_the_account("account/email/email_confirm"),
    "codes were switched on": done_with_the_account("mfa/email/totp_activated"),
    "codes were switched off": done_with_the_account("mfa/email/totp_deactivated"),
    "there are new recovery codes": done_with_the_account("mfa/email/recovery_codes_generated"),
    "an invitation": lambda member, operator: invite("new@example.net", by=operator),
    "the link to claim an account": lambda member, operator: send_claim_link(UnclaimedFactory(email="new@example.net")),
    "deleting the account": lambda member, operator: leave(by=member),
    "keeping the account": lambda member, operator: keep_account(
        by=is_leaving(member, at=timezone.now() + timedelta(days=1))
    ),
    "the account is gone": lambda member, operator: delete_departed(is_leaving(member, at=timezone.now()).pk),
    "an operator's decision": lambda member, operator: hide_post(post(member), by=operator, why="Not here."),
    "a suspension": lambda member, operator: suspend_member(
        member, by=operator, why="Rest a little.", until=timezone.now() + timedelta(days=1)
    ),
    "the end of a suspension": be_active_again,
    "a decision about a page": lambda member, operator: hide_thing(
        start_organization(by=member, name="Delta Works"), by=operator, why="Not here."
    ),
    "what became of a report": have_reported,
    "a further address": add_an_address,
    "an address at an organization": belong_to_an_organization,
    "the address of an organization": lambda member, operator: ask_to_prove_organization(
        start_organization(by=member, name="Delta Works"), by=member, email="new@example.net", key=uuid4()
    ),
    "does mail reach you": lambda member, operator: send_address_link(to=member),
    "a new password": lambda member, operator: Client().post("/accounts/password/reset/", {"email": member.email}),
    "nobody has this address": lambda member, operator: Client().post(
        "/accounts/password/reset/", {"email": "new@example.net"}
    ),
    "joining": lambda member, operator: Client().post(
        "/accounts/signup/",
        {"email": "new@example.net", "password1": "the river runs deep", "password2": "the river runs deep"},
    ),
    "joining twice": lambda member, operator: Client().post(
        "/accounts/signup/",
        {"email": member.email, "password1": "the river runs deep", "password2": "the river runs deep"},
    ),
}
