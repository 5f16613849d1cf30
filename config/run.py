"""`make run` and `make dev`: all that the site needs, started together and stopped together.

A supervisor of two processes, the web server and the worker, and of the embedded database
under them. The first that ends by itself ends them all.
"""

import argparse
import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import environ

HOME = Path(__file__).resolve().parent.parent
STARTING = 120  # seconds that the web server may take until it is healthy
STOPPING = 25  # seconds that a process may take to finish what it does
PR_SET_PDEATHSIG = 1


class Site:
    """The running site: its processes, and whether it has been asked to stop."""

    def __init__(self, *, port: int, reload: bool) -> None:
        self.port = port
        self.reload = reload
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = threading.Event()

    def commands(self) -> dict[str, list[str]]:
        python, manage = sys.executable, str(HOME / "manage.py")
        if self.reload:
            web = [python, manage, "runserver", f"127.0.0.1:{self.port}"]
        else:
            web = [python, "-m", "gunicorn", "-c", "python:config.gunicorn"]
        reload = "--reload" if self.reload else "--no-reload"
        return {"web server": web, "worker": [python, manage, "db_worker", reload, "--no-startup-delay"]}

    def start(self) -> None:
        environment = os.environ | {
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_RUNSERVER_HIDE_WARNING": "true",
        }
        for name, command in self.commands().items():
            self.processes[name] = subprocess.Popen(
                command,
                cwd=HOME,
                env=environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # the terminal's Ctrl-C reaches the supervisor only, which stops them in turn
                preexec_fn=die_with_the_supervisor,
            )

    def fallen(self) -> str | None:
        """The process that ended by itself, in words, if one did."""
        for name, process in self.processes.items():
            if (code := process.poll()) is not None:
                how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
                return f"The {name} {how}."
        return None

    def watch(self) -> str | None:
        """Wait until the site is asked to stop, or one of its processes ends; then the latter in words."""
        while not self.asked_to_stop.wait(0.3):
            if trouble := self.fallen():
                return trouble
        return None

    def wait_until_healthy(self) -> str | None:
        """Wait for the first healthy answer. Returns what went wrong, or nothing."""
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline:
            if self.asked_to_stop.wait(0.1):
                return None
            if trouble := self.fallen():
                return trouble
            if self.healthy():
                return None
        return f"The site is not healthy after {STARTING} seconds; http://127.0.0.1:{self.port}/healthz says why."

    def healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": host_to_ask_for()})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End every process: politely first, and by force what doesn't listen."""
        for process in self.processes.values():
            send(process, signal.SIGTERM)
        deadline = time.monotonic() + STOPPING
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                send(process, signal.SIGKILL)
                process.wait()


def send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a process and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def die_with_the_supervisor() -> None:
    """In a new process: ask the system to end it when the supervisor is killed, so that nothing keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def host_to_ask_for() -> str:
    """A host name that the site answers to."""
    from django.conf import settings

    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return "127.0.0.1" if not hosts or "127.0.0.1" in hosts else hosts[0]


def port_is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


@contextlib.contextmanager
def interruptible(site: Site) -> Iterator[None]:
    """While the site is prepared, a signal breaks off; afterwards it asks the site to stop."""
    preparing = True

    def heed(number: int, frame: FrameType | None) -> None:
        already = site.asked_to_stop.is_set()
        site.asked_to_stop.set()
        if preparing and not already:
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, heed)
    try:
        yield
    finally:
        preparing = False


def run(site: Site) -> int:
    """Serve until asked to stop. Returns the exit code: 0 if it was asked, 1 if something failed."""
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from config.prepare import NotReadyError, prepare_site

    try:
        with interruptible(site):
            django.setup()
            prepare_site(say=say)
    except KeyboardInterrupt:
        return 0
    except (NotReadyError, ImproperlyConfigured) as problem:
        say(f"Acquaint can't start. {problem}")
        return 1
    site.start()
    trouble = site.wait_until_healthy()
    if trouble is None and not site.asked_to_stop.is_set():
        announce(site)
        trouble = site.watch()
    say(f"{trouble} Stopping the rest." if trouble else "\nStopping.")
    site.stop()
    if trouble is None and settings.DATABASES["default"]["ENGINE"] == "config.embedded":
        say("Stopped. What was written stays in var/.")
    return 1 if trouble else 0


def announce(site: Site) -> None:
    from config.prepare import DEMO_OPERATOR, DEMO_PASSWORD, demo_sign_ins

    say(f"\nAcquaint is at http://127.0.0.1:{site.port}")
    if sign_ins := demo_sign_ins():
        say(f"Sign in as {', '.join(email for email in sign_ins if email != DEMO_OPERATOR)},")
        say(f"or as the operator {DEMO_OPERATOR}; the password is {DEMO_PASSWORD}")
    say("Ctrl-C stops it.\n")


def close_database() -> None:
    """Let go of the database; the embedded one stops unless another program uses it."""
    from django.conf import settings
    from django.db import connections

    from config.embedded.server import EmbeddedServerError, servers_in_use

    if settings.configured:  # not if reading them was what failed
        connections.close_all()
    for server in servers_in_use():
        try:
            if not server.release():
                say("The database goes on running, because another program uses it; the last one stops it.")
        except EmbeddedServerError as problem:
            say(str(problem))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.run", description=__doc__)
    parser.add_argument("--reload", action="store_true", help="restart what runs whenever the code changes")
    arguments = parser.parse_args()
    environ.Env.read_env(HOME / ".env")
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    port = os.environ.setdefault("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        say(f"PORT must be a number up to 65535, not {port!r}.")
        return 1
    if not port_is_free(int(port)):
        say(f"Port {port} is taken by another program. Stop that one, or choose another port: PORT=8001 make run")
        return 1
    try:
        return run(Site(port=int(port), reload=arguments.reload))
    finally:
        close_database()


if __name__ == "__main__":
    sys.exit(main())
