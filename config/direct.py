"""Connections past a pooler, for what needs a session of its own: listening, and a lock as long as somebody lives."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler


def reach_directly() -> None:
    """Let all that this thread asks from now on go to `DATABASE_DIRECT_URL`, where that is set."""
    if settings.DIRECT_DATABASE is None:
        return
    connections[DEFAULT_DB_ALIAS].close()
    direct = ConnectionHandler({DEFAULT_DB_ALIAS: settings.DIRECT_DATABASE})
    connections[DEFAULT_DB_ALIAS] = direct[DEFAULT_DB_ALIAS]
