"""The browser of the tests: the machine's Chromium, or Playwright's own, fetched if need be."""

import fcntl
import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MISSING = "no Chromium on this machine"
HOW_TO_GET_IT = """\
Install one of these, then run the tests again:
  Debian, Ubuntu:    apt install chromium
  macOS:             brew install --cask chromium
  anywhere:          .venv/bin/playwright install --with-deps chromium
or name one that you have: CHROMIUM=/path/to/chromium make test"""
PATIENCE = 600  # seconds for a download

# A browser under test talks to the site under test and to nobody else.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),  # its sandbox refuses to be root
]


@functools.cache
def chromium() -> str | None:
    """The path of a Chromium, fetched by Playwright where there is none; `None` if that fails too."""
    return find() or fetch()


def find() -> str | None:
    """The Chromium that is already here: `$CHROMIUM`, one on the path, or the one that Playwright fetched before."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return playwrights_own()


def playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def fetch() -> str | None:
    """Let Playwright download its Chromium, once even if several processes want it."""
    if os.environ.get("CHROMIUM"):
        return None  # a browser was named, and another one would be a surprise
    lock = Path(__file__).resolve().parents[2] / "var" / "chromium.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if path := playwrights_own():
            return path
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        try:
            subprocess.run(command, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except (subprocess.SubprocessError, OSError):
            return None
        return playwrights_own()
