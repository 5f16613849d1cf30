"""A database of its own for each community that is measured, on the embedded PostgreSQL or on that of DATABASE_URL."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, quote_plus

HOME = Path(__file__).resolve().parent.parent
INSIDE = "ACQUAINT_BENCHMARK"


def in_its_own_database(arguments: argparse.Namespace, module: str) -> int:
    """Make the database if it isn't there, and do the rest in a process that knows no other."""
    os.environ.setdefault("DEBUG", "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.db import connection

    name = f"benchmark_{arguments.members}_{arguments.degree}_{arguments.seed}"
    with connection.cursor() as cursor:
        if getattr(arguments, "drop", False):
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            return 0
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        environment = os.environ | settings_for(name, connection.settings_dict)
        return subprocess.run(
            [sys.executable, "-m", module, *sys.argv[1:]], cwd=HOME, env=environment, check=False
        ).returncode


def settings_for(name: str, told: dict) -> dict[str, str]:
    """The environment in which the site runs as in production, on a database of the server of `told`."""
    secret = f":{quote(told['PASSWORD'], safe='')}" if told.get("PASSWORD") else ""
    return {
        INSIDE: "1",
        "DATABASE_URL": f"postgresql://{told['USER']}{secret}@/{name}?host={quote_plus(told['HOST'])}&port={told['PORT']}",
        "DEBUG": "0",
        "SECRET_KEY": "for-measuring-only" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "VAR_DIR": str(HOME / "var" / "benchmark"),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }


def prepare() -> None:
    """Bring the database's tables and the static files to what the code is."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
