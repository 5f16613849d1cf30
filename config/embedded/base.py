"""Django's PostgreSQL engine, whose server is started by the first connection that needs it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient
from psycopg import OperationalError

from config.embedded.server import EmbeddedServer, server_in


class DatabaseClient(PostgresClient):
    """`manage.py dbshell`, with the server started and the `psql` that belongs to it."""

    def runshell(self, parameters: Iterable[str]) -> None:
        server = embedded_server(self.connection.settings_dict)
        server.ensure_running()
        self.executable_name = str(server.programs / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        server = embedded_server(self.settings_dict)
        if not server.in_use:
            server.ensure_running()
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            if server.answers():
                raise
            server.ensure_running()
            return super().get_new_connection(conn_params)


def embedded_server(settings: dict[str, Any]) -> EmbeddedServer:
    return server_in(Path(settings["DATA_DIR"]))
