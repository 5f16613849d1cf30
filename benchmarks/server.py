"""The web server as the site runs it, beside others of its kind, and what it uses."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


@contextmanager
def serving(port: int, settings: str = "benchmarks.settings", path: str = "/healthz") -> Iterator[subprocess.Popen]:
    """The web server, as `config/run.py` starts it."""
    environment = os.environ | {"PORT": str(port), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
    with subprocess.Popen(command, cwd=HOME, env=environment) as server:
        try:
            _wait_until_healthy(port, path)
            yield server
        finally:
            server.terminate()


def _wait_until_healthy(port: int, path: str) -> None:
    for _try in range(300):
        time.sleep(0.2)
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            client.request("GET", path)
            if client.getresponse().status == 200:
                return
        except OSError:
            continue
        finally:
            client.close()
    raise SystemExit("The web server doesn't answer.")


def memory_of(server: subprocess.Popen) -> list[float]:
    """What each of a server's workers holds in memory, in MB: all of it, what they share with each other too."""
    import psutil

    return [worker.memory_info().rss / 2**20 for worker in psutil.Process(server.pid).children()]
