"""What the operators' pages say to browsers about safety, and what holds when DEBUG is off.

That every other answer carries a strict policy is held on the walk through the table of routes (`test_routes`).
"""

import json
import os
import subprocess
import sys
from copy import deepcopy

import pytest

from config.check import HOME, PRODUCTION
from tests.scenes import built_once
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
ASKED = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY",
    "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_REFERRER_POLICY", "X_FRAME_OPTIONS", "DEBUG",
)  # fmt: skip


scene = built_once(build_world)


@pytest.fixture
def world(scene, db) -> World:
    return deepcopy(scene)


def test_the_operators_pages_carry_it_too(world, client, settings):
    settings.DEBUG = True
    client.force_login(world.operator, backend="accounts.backends.MemberBackend")
    for page in ("/admin/", "/admin/accounts/user/", "/admin/moderation/case/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_without_debug_cookies_and_connections_are_secure():
    program = (
        "import json, django; django.setup(); from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {ASKED}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=HOME,
        env=os.environ | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("SECURE_HSTS_SECONDS") >= 365 * 24 * 3600
    assert found == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "DEBUG": False,
    }
