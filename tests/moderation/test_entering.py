"""Who gets into the admin, and how."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models.standing import FOR_GOOD

ADMIN = reverse("admin:index")
PASSWORD = "gauges and rivers"


@pytest.fixture
def operator(operator):
    operator.set_password(PASSWORD)
    operator.save()
    return operator


def sign_in(browser: Client, operator):
    return browser.post(reverse("account_login"), {"login": operator.email, "password": PASSWORD})


def code(authenticator) -> str:
    """The code that the operator's app shows now."""
    from allauth.mfa.utils import decrypt

    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter))


@pytest.fixture
def authenticator(operator):
    return TOTP.activate(operator, "JBSWY3DPEHPK3PXP").instance


def test_a_visitor_is_led_to_the_sites_own_sign_in(client, db):
    answer = client.get(ADMIN, follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next={ADMIN}"


def test_for_a_plain_member_there_is_no_admin(as_member, ines):
    answer = as_member(ines).get(ADMIN, follow=True)
    assert answer.status_code == 404


def test_an_operator_without_a_second_factor_is_led_to_set_one_up(operator):
    browser = Client()
    sign_in(browser, operator)
    answer = browser.get(ADMIN, follow=True)
    assert answer.status_code == 403
    assert reverse("mfa_activate_totp") in answer.content.decode()
    assert len(answer.redirect_chain) == 1


def test_a_session_with_the_second_factor_enters(operator, authenticator):
    browser = Client()
    assert sign_in(browser, operator).url.startswith(reverse("mfa_authenticate"))
    browser.post(reverse("mfa_authenticate"), {"code": code(authenticator)})
    assert browser.get(ADMIN).status_code == 200


def test_a_session_opened_before_the_second_factor_has_to_show_it(operator):
    browser = Client()
    sign_in(browser, operator)
    authenticator = TOTP.activate(operator, "JBSWY3DPEHPK3PXP").instance
    answer = browser.get(ADMIN, follow=True)
    assert answer.status_code == 403
    again = f"{reverse('mfa_reauthenticate')}?next={ADMIN}"
    assert again in answer.content.decode()
    assert browser.post(again, {"code": code(authenticator)}).url == ADMIN
    assert browser.get(ADMIN).status_code == 200


def test_whoever_gives_the_second_factor_up_is_out(operator, authenticator):
    browser = Client()
    sign_in(browser, operator)
    browser.post(reverse("mfa_authenticate"), {"code": code(authenticator)})
    authenticator.delete()
    assert browser.get(ADMIN).status_code == 302


def test_on_a_development_machine_no_second_factor_is_asked_for(desk):
    assert desk.get(ADMIN).status_code == 200


def test_the_way_back_leads_nowhere_else(desk):
    assert desk.get(reverse("admin:login") + "?next=https://example.net/").url == ADMIN


def test_a_suspended_operator_is_out(desk, operator):
    operator.suspended_until = FOR_GOOD
    operator.save()
    assert desk.get(ADMIN).status_code == 302


PAGES = [
    ("accounts_user", "view_user"),
    ("feed_post", "view_post"),
    ("feed_comment", "view_comment"),
    ("moderation_case", "view_case"),
    ("moderation_decision", "view_decision"),
    ("accounts_invitation", "view_invitation"),
]


@pytest.mark.parametrize(("page", "permission"), PAGES)
def test_staff_see_only_what_they_have_the_permission_for(page, permission, as_member, ines, settings):
    settings.DEBUG = True
    ines.is_staff = True
    ines.save()
    browser = as_member(ines)
    assert browser.get(reverse(f"admin:{page}_changelist")).status_code == 403
    ines.user_permissions.add(Permission.objects.get(codename=permission))
    assert browser.get(reverse(f"admin:{page}_changelist")).status_code == 200


def test_staff_without_the_permission_to_decide_have_no_buttons(as_member, ines, lina, settings):
    settings.DEBUG = True
    ines.is_staff = True
    ines.save()
    ines.user_permissions.add(Permission.objects.get(codename="view_user"))
    browser, page = as_member(ines), reverse("admin:accounts_user_change", args=[lina.pk])
    decide = reverse("admin:accounts_user_decide", args=[lina.pk, "suspend"])
    assert decide not in browser.get(page).content.decode()
    assert browser.post(decide, {"why": "I say so", "days": "7"}).status_code == 403
    lina.refresh_from_db()
    assert not lina.is_suspended
    ines.user_permissions.add(Permission.objects.get(codename="add_decision"))
    assert browser.post(decide, {"why": "I say so", "days": "7"}).status_code == 302
    lina.refresh_from_db()
    assert lina.is_suspended


def test_only_who_may_do_everything_makes_operators(as_member, ines, lina, settings):
    settings.DEBUG = True
    ines.is_staff = True
    ines.save()
    ines.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "add_decision"]))
    page = reverse("admin:accounts_user_change", args=[lina.pk])
    as_member(ines).post(page, {"is_staff": "on", "is_superuser": "on"})
    lina.refresh_from_db()
    assert not (lina.is_staff)
    assert not (lina.is_superuser)


def test_second_factors_sessions_addresses_and_the_network_are_not_in_the_admin():
    from django.contrib import admin

    shown = {f"{model._meta.app_label}.{model._meta.model_name}" for model in admin.site._registry}
    assert shown == {
        "accounts.community",
        "accounts.invitation",
        "accounts.user",
        "auth.group",
        "communities.attendance",
        "communities.event",
        "communities.group",
        "communities.groupban",
        "communities.membership",
        "communities.opening",
        "communities.organization",
        "django_tasks_database.dbtaskresult",
        "feed.comment",
        "feed.post",
        "feed.revision",
        "moderation.case",
        "moderation.decision",
        "network.recommendation",
        "notifications.email",
    }
