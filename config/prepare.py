"""What must be true before the site can serve: a database that is new enough, migrated, and at first filled."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import NotSupportedError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from config.embedded.server import EmbeddedServerError
from demo import OPERATOR as DEMO_OPERATOR
from demo import PASSWORD as DEMO_PASSWORD
from demo import SIGN_INS as DEMO_SIGN_INS

__all__ = ["DEMO_OPERATOR", "DEMO_PASSWORD", "NotReadyError", "demo_sign_ins", "migrate", "prepare_site"]


class NotReadyError(Exception):
    """The site can't be served; the text says why and what to do."""


def prepare_site(*, say: Callable[[str], None]) -> None:
    """Bring the database up to this code, and fill the demo community if this is the first start of a development site.

    Raises `NotReadyError` if the database can't be reached or is too old.
    """
    reach_database()
    migrate(say=say)
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    if settings.DEBUG and "demo" in get_commands() and not get_user_model()._default_manager.exists():
        say("Filling the demo community, once.")
        with transaction.atomic():
            call_command("demo")


def reach_database() -> None:
    try:
        connection.ensure_connection()
    except EmbeddedServerError as problem:
        raise NotReadyError(str(problem)) from problem
    except NotSupportedError as problem:  # Django's own check of the version
        raise NotReadyError(f"The server of DATABASE_URL is too old: {problem}") from problem
    except OperationalError as problem:
        raise NotReadyError(f"The database can't be reached:\n{problem}") from problem


def migrate(*, say: Callable[[str], None]) -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        say("Applying 1 migration." if len(waiting) == 1 else f"Applying {len(waiting)} migrations.")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def demo_sign_ins() -> list[str]:
    """Whom one can sign in as on this development site; nobody elsewhere."""
    if not settings.DEBUG:
        return []
    demo = [*DEMO_SIGN_INS, DEMO_OPERATOR]
    found = set(get_user_model()._default_manager.filter(email__in=demo).values_list("email", flat=True))
    return [email for email in demo if email in found]
