"""A member signs out somewhere else, and sessions that ended leave nothing behind."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.sessions import forget_expired
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
PASSWORD = "seventeen-herons"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def rosa():
    return MemberFactory(first_name="Rosa", email="rosa@example.com", password=PASSWORD)


def sign_in(email: str, **headers) -> Client:
    browser = Client(headers=headers)
    assert browser.post(reverse("account_login"), {"login": email, "password": PASSWORD}).status_code == 302
    return browser


def test_one_browser_is_signed_out_from_another(rosa):
    here, there, third = sign_in(rosa.email), sign_in(rosa.email, user_agent=FIREFOX), sign_in(rosa.email)
    html = here.get(reverse("usersessions_list")).content.decode()
    assert "Sign out Firefox on Windows" in html
    addresses = re.findall(r'action="(/settings/sessions/\d+/end/)"', html)
    assert len(addresses) == 2  # not the one that looks
    session = UserSession.objects.get(user_agent=FIREFOX)
    answer = here.post(reverse("end_session", args=[session.pk]), follow=True)
    assert "Firefox on Windows is signed out." in answer.content.decode()
    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == third.get("/settings/").status_code == 200
    assert here.post(reverse("end_session", args=[session.pk])).status_code == 404


def test_nobody_ends_the_session_of_somebody_else_or_the_one_they_are_in(rosa):
    MemberFactory(email="milan@example.com", password=PASSWORD)
    hers, his = sign_in(rosa.email), sign_in("milan@example.com")
    for session in UserSession.objects.filter(user=rosa):
        assert his.post(reverse("end_session", args=[session.pk])).status_code == 404
        assert hers.post(reverse("end_session", args=[session.pk])).status_code == 404
    assert hers.get("/settings/").status_code == 200


def test_expired_sessions_are_forgotten_with_where_they_were(rosa):
    with time_machine.travel(timezone.now() - timedelta(days=30), tick=False):
        sign_in(rosa.email)
    MemberFactory(email="milan@example.com", password=PASSWORD)
    here = sign_in("milan@example.com")
    assert (Session.objects.count(), UserSession.objects.count()) == (2, 2)
    forget_expired()
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    assert here.get("/settings/").status_code == 200
