"""`make check`: everything that can be said about the code without running its tests."""

import os
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
DEVELOPMENT = {"DEBUG": "1"}
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a-long-text-of-no-meaning-that-only-checks-use-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "acquaint.example",
    "SITE_URL": "https://acquaint.example",
    "CSRF_TRUSTED_ORIGINS": "https://acquaint.example",
    "EMAIL_HOST": "mail.example",
}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("code", [f"{BIN}/ruff", "check", "."], {}),
    ("its format", [f"{BIN}/ruff", "format", "--check", "."], {}),
    ("layers", [f"{BIN}/lint-imports", "--no-cache"], {}),
    ("types", [f"{BIN}/mypy", "."], DEVELOPMENT),
    ("markup of templates", [f"{BIN}/djlint", "--lint", "--quiet", "templates"], {}),
    ("templates", [sys.executable, "-m", "config.check_templates"], DEVELOPMENT),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], DEVELOPMENT),
    ("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def main() -> int:
    """Run every check, also after one has failed. Returns 1 if any did."""
    failed = []
    for name, command, environment in CHECKS:
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=HOME,
            env=os.environ | environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:22} {verdict:7} {time.monotonic() - started:5.1f} s", flush=True)  # noqa: T201
        if done.returncode != 0:
            print(done.stdout, flush=True)  # noqa: T201
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All is well.")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
