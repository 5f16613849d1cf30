"""`make run` starts all of the site and stops all of it, and a crash loses nothing that was committed.

It runs here as in production (`DEBUG=0`), so that no demo community is in the way.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config.embedded.server import EmbeddedServer

HOME = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds


class Running:
    """The site as `make run` runs it, with its files in a folder of its own."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.port = free_port()
        self.var = var
        self.log = var / "output"
        self.environment = os.environ | {
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "DEBUG": "0",
            "SECRET_KEY": "of-this-test",
            "ALLOWED_HOSTS": "acquaint.example",
            "DATABASE_URL": "",
            "WEB_CONCURRENCY": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.environment |= environment
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=HOME,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def until(self, text: str) -> "Running":
        deadline = time.monotonic() + PATIENCE
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)
        return self

    def until_it_serves(self) -> "Running":
        return self.until("Acquaint is at")

    def get(self, path: str) -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": "acquaint.example"})
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 — an address of this test
            return response.status

    def family(self) -> dict[str, list[psutil.Process]]:
        """The web server's and the worker's processes."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return {
            "web": [p for p in found if "gunicorn" in " ".join(p.cmdline())],
            "worker": [p for p in found if "db_worker" in p.cmdline()],
        }

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal as a terminal does, and wait for the end."""
        os.killpg(self.process.pid, number)
        return self.process.wait(PATIENCE)

    def kill_hard(self) -> None:
        """`kill -9` of everything but the database, so that nobody has the time to clean up after another."""
        family = [p for processes in self.family().values() for p in processes]
        self.process.send_signal(signal.SIGSTOP)
        for process in family:
            process.suspend()
        for process in family:
            process.kill()
        self.process.kill()
        self.process.wait(PATIENCE)
        psutil.wait_procs(family, timeout=PATIENCE)


MAKE_A_MEMBER = """
from django.test import Client
from tests.factories import MemberFactory
client = Client()
client.force_login(MemberFactory())
print("SESSION", client.session.session_key)
"""


def open_stream(running: Running) -> socket.socket:
    """Listen as the page of a member does."""
    shell = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", MAKE_A_MEMBER]
    said = subprocess.run(shell, cwd=HOME, env=running.environment, capture_output=True, text=True, check=True)
    page = socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
    page.sendall(
        b"GET /live/ HTTP/1.1\r\nHost: acquaint.example\r\nX-Forwarded-Proto: https\r\n"
        b"Cookie: sessionid=" + said.stdout.split("SESSION ")[1].split()[0].encode() + b"\r\n\r\n"
    )
    return page


def told(page: socket.socket, word: str) -> bool:
    """Wait until the page is told a word; False if its connection ends before."""
    heard = b""
    while not re.search(f"event: ({word})\n".encode(), heard):
        more = page.recv(10_000)
        if not more:
            return False
        heard += more
    return True


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def query(var: Path, sql: str) -> list[tuple]:
    host = str(EmbeddedServer(var / "postgres").socket_dir)
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """One folder for all tests of this file: the first start takes the longest.

    Not one of pytest's: it closes them to other users, and the database's user must pass when root runs the tests.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def server(var: Path) -> EmbeddedServer:
    return EmbeddedServer(var / "postgres")


@pytest.fixture
def running(var: Path):
    site = Running(var).until_it_serves()
    yield site
    if site.process.poll() is None:
        site.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_of_it_quietly(running, server, number):
    assert running.get("/healthz") == 200
    family = [process for processes in running.family().values() for process in processes]
    assert running.end(number) == 0
    assert not [process for process in family if process.is_running()]
    assert not server.answers()
    assert "Traceback" not in running.output
    assert "Stopped." in running.output


def test_a_kill_of_everything_but_the_database_loses_nothing(running, var, server):
    query(var, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('committed')")
    running.kill_hard()
    assert server.answers()
    again = Running(var).until_it_serves()
    assert query(var, "TABLE kept") == [("committed",)]
    assert again.end() == 0
    assert not server.answers()


def test_a_kill_of_everything_and_the_database_loses_nothing(running, var, server):
    query(var, "CREATE TABLE kept_too (word text); INSERT INTO kept_too VALUES ('committed')")
    postmaster = psutil.Process(int((var / "postgres" / "postmaster.pid").read_text().splitlines()[0]))
    running.kill_hard()
    postmaster.kill()
    again = Running(var).until_it_serves()
    assert query(var, "TABLE kept_too") == [("committed",)]
    assert again.end() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_a_killed_supervisor_takes_the_rest_with_it(running):
    family = [process for processes in running.family().values() for process in processes]
    running.process.kill()
    running.process.wait(PATIENCE)
    _gone, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert not alive


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_one_process_ends_by_itself_so_does_the_rest(running, server, name):
    running.family()[name][0].kill()
    assert running.process.wait(PATIENCE) == 1
    assert f"The {'web server' if name == 'web' else 'worker'} was killed by signal 9." in running.output
    assert not server.answers()


def test_the_site_survives_a_restart_of_its_database(running, var):
    assert running.get("/healthz") == 200
    page = open_stream(running)
    assert told(page, "beat|all")
    postmaster = psutil.Process(int((var / "postgres" / "postmaster.pid").read_text().splitlines()[0]))
    postmaster.kill()
    psutil.wait_procs([postmaster], timeout=PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            assert running.get("/healthz") == 200
            break
        except (OSError, AssertionError):
            time.sleep(0.2)
    assert running.get("/healthz") == 200
    assert told(page, "all")  # whoever has a page open looks at what they may have missed
    page.close()


def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        site = Running(tmp_path, PORT=port)
        assert site.process.wait(PATIENCE) == 1
    assert f"Port {port} is taken" in site.output
    assert not (tmp_path / "postgres").exists()


def test_a_server_that_cant_be_reached_is_reported_without_a_traceback(tmp_path):
    site = Running(tmp_path, DATABASE_URL=f"postgres://ada:secret@127.0.0.1:{free_port()}/acquaint")
    assert site.process.wait(PATIENCE) == 1
    assert "The database can't be reached" in site.output
    assert "Traceback" not in site.output
    assert "secret" not in site.output


def test_a_missing_secret_is_reported_without_a_traceback(tmp_path):
    site = Running(tmp_path, SECRET_KEY="")
    assert site.process.wait(PATIENCE) == 1
    assert "SECRET_KEY" in site.output
    assert "Traceback" not in site.output
