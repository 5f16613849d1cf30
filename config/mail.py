"""How email leaves the site: to an SMTP server that the environment names, or else to the console and to files."""

from pathlib import Path
from typing import Any

from environ import Env


def delivery_mailer(env: Env, *, folder: Path) -> dict[str, Any]:
    """Return the mailer by which the worker delivers; `folder` takes the files where no server is named."""
    host = env("EMAIL_HOST", default="")
    if not host:
        return {"BACKEND": "notifications.mail.ConsoleAndFileBackend", "OPTIONS": {"file_path": str(folder)}}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": host,
            "port": env.int("EMAIL_PORT", default=25),
            "username": env("EMAIL_HOST_USER", default=""),
            "password": env("EMAIL_HOST_PASSWORD", default=""),
            "use_tls": env.bool("EMAIL_USE_TLS", default=False),
            "use_ssl": env.bool("EMAIL_USE_SSL", default=False),
            "timeout": 20,  # seconds
        },
    }
