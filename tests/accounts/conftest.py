"""What the tests of accounts stand on."""

import re

import pytest
from django.core.cache import cache

from accounts.models import Community

PASSWORD = "seventeen-herons"


@pytest.fixture(autouse=True)
def _letters_at_once(settings):
    """Mail lands in `mail.outbox` as soon as it is written: how the outbox hands it on is tested elsewhere."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


@pytest.fixture
def community(db):
    """Change what operators set: `community(joining="domains")`."""

    def change(**choices):
        return Community.objects.update_or_create(pk=1, defaults=choices)[0]

    return change


def link_in(letter) -> str:
    """The path of the first link of an email to the site."""
    return re.search(r"http://testserver(/\S+)", letter.body).group(1)


def sign_up(client, email, password=PASSWORD, **more):
    return client.post("/accounts/signup/", {"email": email, "password1": password} | more)


def prove(client, password=PASSWORD):
    """Give the password again, as before every change to how one signs in."""
    return client.post("/accounts/reauthenticate/", {"password": password})


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": email, "password": password}, **more)
