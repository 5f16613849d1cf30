"""A database that is migrated once, of which each process takes a copy to test with.

Migrating takes twelve seconds, copying a moment. What was migrated stays on the server for the next time, until a
migration changes, or what migrations import of ours.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

NAME = "acquaint_migrated"
IMPORTED = re.compile(rb"^(?:from|import) ([\w.]+)", re.MULTILINE)


def copy_what_is_migrated() -> None:
    """Let the test database be made as a copy. Other processes wait for the one that migrates."""
    name = f"{NAME}_{here()}_{state_of_migrations()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [NAME])  # let go of as the connection closes
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{NAME}_{here()}"])
        there = [one for (one,) in cursor.fetchall()]
        if name not in there:
            for earlier in there:
                cursor.execute(f"DROP DATABASE {earlier}")
            migrate(f"{NAME}_{here()}")
            # Now it is whole. Who connects to it would keep others from copying it.
            cursor.execute(f"ALTER DATABASE {NAME}_{here()} RENAME TO {name}")
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def migrate(name: str) -> None:
    """Make a database of this name, as Django makes one to test with."""
    test, before = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    named, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)
    finally:
        test["NAME"] = named


def here() -> str:
    """Tells the databases of several copies of the source apart, which may share a server."""
    return hashlib.sha256(bytes(settings.BASE_DIR)).hexdigest()[:8]


def state_of_migrations() -> str:
    """A digest of all that decides what migrating makes."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(files()))).hexdigest()[:16]


def files() -> set[Path]:
    """The migrations of all apps, and the modules of ours that they import."""
    migrations = {path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")}
    return migrations | {ours for path in migrations for ours in imported_of_ours(path)}


def imported_of_ours(path: Path) -> Iterator[Path]:
    for module in IMPORTED.findall(path.read_bytes()):
        file = Path(settings.BASE_DIR, *module.decode().split(".")).with_suffix(".py")
        if file.exists():
            yield file
