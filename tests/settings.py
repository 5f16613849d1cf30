"""The site's settings as the tests have them: the development ones, whatever the machine's environment says."""

import os

os.environ |= {
    "DEBUG": "1",
    "SECRET_KEY": "for-tests-only",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "http://testserver",
    "EMAIL_HOST": "",
    "DEFAULT_FROM_EMAIL": "Acquaint <acquaint@example.org>",
    "TIME_ZONE": "UTC",
}

from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, TEMPLATES, VAR_DIR
from tests.templates import UndefinedIsAnError

INSTALLED_APPS = [*INSTALLED_APPS, "tests.emptying"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast

# A test database may lose its last moments in a crash.
OPTIONS = DATABASES["default"]["OPTIONS"]
OPTIONS["options"] = f"{OPTIONS.get('options', '')} -c synchronous_commit=off"

# Tasks run where they are enqueued, those for later not at all;
# `tests.conftest.worker` is for the tests that need a queue.
TASKS = {"default": {"BACKEND": "tests.tasks.AtOnceBackend", "QUEUES": ["default"]}}

MEDIA_ROOT = VAR_DIR / "test-media" / os.environ.get("PYTEST_XDIST_WORKER", "main")
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedIsAnError()  # type: ignore[index]
