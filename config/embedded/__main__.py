"""Run a program of the embedded PostgreSQL (`pg_dump`, `pg_restore`, `psql` …) on the site's own database.

.venv/bin/python -m config.embedded pg_dump --format=custom --file=acquaint.dump
"""

import os
import subprocess
import sys
from pathlib import Path

import environ

from config.embedded.server import PORT, EmbeddedServerError, server_in

HOME = Path(__file__).resolve().parents[2]


def main(program: str, *arguments: str) -> int:
    """Start the server if it doesn't run, and run `program` connected to it. Returns its exit code."""
    environ.Env.read_env(HOME / ".env")
    server = server_in(Path(os.environ.get("VAR_DIR") or HOME / "var") / "postgres")
    path = server.programs / program
    if not path.exists():
        raise SystemExit(
            f"There is no {program}; there are {', '.join(sorted(p.name for p in server.programs.iterdir()))}."
        )
    try:
        server.ensure_running()
    except EmbeddedServerError as problem:
        raise SystemExit(str(problem)) from problem
    connection = {"PGHOST": str(server.socket_dir), "PGPORT": str(PORT), "PGUSER": "postgres", "PGDATABASE": "postgres"}
    return subprocess.run([str(path), *arguments], env=os.environ | connection, check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
