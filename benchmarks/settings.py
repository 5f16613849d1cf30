"""The site's settings for measuring: as in production, with the yardstick's addresses added."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.yardstick"
SECURE_SSL_REDIRECT = False  # the measuring comes without a proxy
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}
