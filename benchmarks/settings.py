"""The site's settings for measuring: as in production, with the yardstick's addresses added and every request counted."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.yardstick"
SECURE_SSL_REDIRECT = False  # the measuring comes without a proxy
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}
MIDDLEWARE = ["benchmarks.accounting.AccountingMiddleware", *MIDDLEWARE]  # noqa: F405
