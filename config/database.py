"""The PostgreSQL that Acquaint uses: the embedded one in `var/` unless `DATABASE_URL` names a server."""

from pathlib import Path
from typing import Any

import environ

KEPT = {
    "CONN_MAX_AGE": 600,  # seconds; a new connection for each request would cost more than half of the throughput
    "CONN_HEALTH_CHECKS": True,
}

SHORT = "-c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan"
"""Every statement of a page is short: to compile it, or to start helpers for it, takes longer than to answer it.

One that is prepared (`accounts.prepared`) is planned once, whatever it is asked of. Left to itself, PostgreSQL planned
those about a few members anew each time, which took up to four times as long as to answer them.
"""


def database_settings(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Return Django's settings for the default database.

    `url` names a server; if it is empty, the embedded one with its files in `data_dir` is
    used. It starts when the first connection is made, not when settings are read.
    """
    settings = (server_settings(url) if url else embedded_settings(data_dir)) | KEPT
    options = settings.setdefault("OPTIONS", {})
    if options.get("prepare_threshold") == "off":  # a pooler stands between, which takes no options either
        options["prepare_threshold"] = None
        settings["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        # What every page asks is planned once for a connection (`accounts.prepared`): from the second time on.
        options["prepare_threshold"] = 1
        options.setdefault("options", SHORT)
    return settings


def direct_settings(url: str) -> dict[str, Any] | None:
    """Return Django's settings for reaching past a pooler the server that `url` names; None if it names none."""
    return database_settings(url, data_dir=Path()) if url else None


def server_settings(url: str) -> dict[str, Any]:
    """The settings for a server, by TCP or by socket (`postgresql:///name?host=/folder`)."""
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    options = settings.setdefault("OPTIONS", {})
    for key in ("host", "port", "user", "password"):
        if key in options:
            settings[key.upper()] = options.pop(key)
    settings["PORT"] = str(settings["PORT"])
    settings["ENGINE"] = "django.db.backends.postgresql"
    return settings


def embedded_settings(data_dir: Path) -> dict[str, Any]:
    from config.embedded.server import PORT, server_in

    return {
        "ENGINE": "config.embedded",
        "DATA_DIR": str(data_dir),
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": str(server_in(data_dir).socket_dir),
        "PORT": str(PORT),
    }
