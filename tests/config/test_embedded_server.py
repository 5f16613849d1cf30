"""The embedded PostgreSQL starts when it is needed, survives its users, and leaves nothing running behind them."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config.embedded.server import EmbeddedServer

HOME = Path(__file__).resolve().parents[2]
USE = """
import sys, time
from pathlib import Path
from config.embedded.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.ensure_running()
print("using", flush=True)
sys.stdin.read(1)
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder whose path is awkward in two ways: it has a space, and it is too long for a socket.

    Not one of pytest's: it closes them to other users, and the database's user must pass when root runs the tests.
    """
    with tempfile.TemporaryDirectory(prefix="a folder with a long name " + 60 * "x") as folder:
        yield Path(folder) / "postgres"


@pytest.fixture
def server(folder: Path):
    server = EmbeddedServer(folder)
    yield server
    server.release()


def connect(server: EmbeddedServer) -> psycopg.Connection:
    return psycopg.connect(host=str(server.socket_dir), port=5432, user="postgres", dbname="postgres", autocommit=True)


def postmaster(server: EmbeddedServer) -> psutil.Process:
    return psutil.Process(int((server.data_dir / "postmaster.pid").read_text().splitlines()[0]))


def another_user(folder: Path) -> subprocess.Popen[str]:
    user = subprocess.Popen(
        [sys.executable, "-c", USE, str(folder)], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert user.stdout is not None
    assert user.stdout.readline() == "using\n"
    return user


def kill(user: subprocess.Popen[str]) -> None:
    user.kill()
    user.communicate(timeout=60)


def leave(user: subprocess.Popen[str]) -> None:
    user.communicate("\n", timeout=60)


def test_it_starts_and_stops_with_its_only_user(server):
    server.ensure_running()
    assert server.answers()
    with connect(server) as connection:
        assert connection.execute("SELECT lower('ÅÉ')").fetchone() == ("åé",)
    assert server.release()
    assert not server.answers()
    assert not (server.data_dir / "postmaster.pid").exists()


def test_it_keeps_an_eighth_of_the_machines_memory_of_its_files(server):
    server.ensure_running()
    with connect(server) as connection:
        ((kept,),) = connection.execute("SELECT pg_size_bytes(current_setting('shared_buffers'))").fetchall()
    assert kept == min(max(psutil.virtual_memory().total // 8 // 2**20, 128), 4096) * 2**20


def test_it_listens_on_no_network_and_lets_no_other_account_in(server):
    server.ensure_running()
    assert not [c for c in postmaster(server).net_connections(kind="inet") if c.status == psutil.CONN_LISTEN]
    assert server.data_dir.stat().st_mode & 0o077 == 0
    assert server.socket_dir.stat().st_mode & 0o077 == 0


def test_whoever_leaves_last_stops_it(server, folder):
    server.ensure_running()
    first, second = another_user(folder), another_user(folder)
    leave(first)
    assert server.answers()
    assert not server.release()
    assert server.answers()
    leave(second)
    assert not server.answers()


def test_several_that_start_it_at_once_share_one(server, folder):
    users = [
        subprocess.Popen(
            [sys.executable, "-c", USE, str(folder)], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert [user.stdout.readline() for user in users] == ["using\n"] * 4
    for user in users:
        leave(user)
    assert [user.returncode for user in users] == [0] * 4
    assert not server.answers()


def test_a_killed_user_is_not_counted(server, folder):
    user = another_user(folder)
    server.ensure_running()
    kill(user)
    assert server.release()


def test_it_goes_on_when_its_users_are_killed_and_the_next_one_finds_it(server, folder):
    user = another_user(folder)
    before = postmaster(server).pid
    kill(user)
    assert server.answers()
    server.ensure_running()
    assert postmaster(server).pid == before


def test_what_was_committed_outlives_a_kill_of_the_server_too(server):
    server.ensure_running()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('committed')")
    kill_hard(postmaster(server))
    server.ensure_running()
    with connect(server) as connection:
        assert connection.execute("TABLE kept").fetchone() == ("committed",)


def test_a_stale_number_that_another_program_has_by_now_is_no_obstacle(server):
    server.ensure_running()
    pid_file = server.data_dir / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    kill_hard(postmaster(server))
    owner = pid_file.stat()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    os.chown(pid_file, owner.st_uid, owner.st_gid)
    server.ensure_running()
    assert server.answers()


def test_a_first_start_that_was_broken_off_is_begun_again(folder):
    data_dir = folder.with_name("begun")
    (data_dir / "base").mkdir(parents=True, mode=0o700)
    (data_dir / "postgresql.conf").write_text("half")
    server = EmbeddedServer(data_dir)
    server.ensure_running()
    assert server.answers()
    assert server.release()


def kill_hard(process: psutil.Process) -> None:
    process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.05)


def test_its_own_programs_make_a_dump_that_restores(folder):
    """As docs/operating.md has it: dump, move the folder away, restore."""

    def run(*arguments: str) -> str:
        environment = os.environ | {"VAR_DIR": str(folder.parent / "dumped")}
        done = subprocess.run(
            [sys.executable, "-m", "config.embedded", *arguments],
            cwd=HOME,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    (folder.parent / "dumped").mkdir()
    dump = str(folder.parent / "dump")
    run("psql", "-c", "CREATE TABLE word AS SELECT 'dumped' AS text")
    run("pg_dump", "--format=custom", f"--file={dump}")
    (folder.parent / "dumped" / "postgres").rename(folder.parent / "old")
    run("pg_restore", "--no-owner", "--exit-on-error", "--dbname=postgres", dump)
    assert run("psql", "-tAc", "TABLE word").strip() == "dumped"
