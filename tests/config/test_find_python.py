"""`make` finds a Python that is new enough by trying those that are here."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

FINDER = Path(__file__).resolve().parents[2] / "config" / "find-python.sh"
REAL = Path(sys.executable).resolve()
SHIM = "#!/bin/sh\necho 'command not found in this version' >&2\nexit 127\n"
OLD = '#!/bin/sh\ncase "$2" in *\'3, 12\'*) exit 1;; *) echo "$@" >> {log}; exit {code};; esac\n'
BARE = '#!/bin/sh\ncase "$2" in *venv*) exit 1;; *) exit 0;; esac\n'

pytestmark = pytest.mark.skipif(sys.version_info < (3, 12), reason="needs a Python that the finder may find")


class Machine:
    """A machine with just the Pythons that a test puts on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        (folder / "site" / "config").mkdir(parents=True)
        self.bin.mkdir()
        text = FINDER.read_text().replace("/usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3", "")
        self.finder = self.put(folder / "site" / "config" / "find-python.sh", text)
        (folder / "site" / "requirements-dev.txt").write_text("uv==0.1 \\\n    --hash=sha256:00\nother==1\n")
        for tool in ("sed", "mkdir", "dirname", "sh", "env"):
            (self.bin / tool).symlink_to(f"/bin/{tool}" if Path(f"/bin/{tool}").exists() else f"/usr/bin/{tool}")

    def put(self, path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def real(self, path: Path) -> Path:
        return self.put(path, f'#!/bin/sh\nexec "{REAL}" "$@"\n')

    def find(self, **environment: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "HOME": str(self.folder)} | environment
        return subprocess.run([self.finder], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_paths_own_python_comes_first(machine):
    expected = machine.real(machine.bin / "python3")
    machine.real(machine.bin / "python3.13")
    assert machine.find().stdout.strip() == str(expected)


def test_a_name_that_is_an_empty_shell_is_passed_over(machine):
    machine.put(machine.bin / "python3", SHIM)
    machine.put(machine.bin / "python3.13", SHIM)
    expected = machine.real(machine.bin / "python3.12")
    assert machine.find().stdout.strip() == str(expected)


def test_pyenvs_versions_are_looked_through(machine):
    machine.put(machine.bin / "python3", SHIM)
    expected = machine.real(machine.folder / ".pyenv" / "versions" / "3.13.0" / "bin" / "python3")
    assert machine.find().stdout.strip() == str(expected)


def test_pyenvs_root_may_be_elsewhere(machine):
    expected = machine.real(machine.folder / "envs" / "versions" / "3.12.1" / "bin" / "python3")
    assert machine.find(PYENV_ROOT=str(machine.folder / "envs")).stdout.strip() == str(expected)


def test_a_named_python_wins(machine):
    machine.real(machine.bin / "python3")
    expected = machine.real(machine.folder / "mine" / "python")
    assert machine.find(PYTHON=str(expected)).stdout.strip() == str(expected)


def test_a_new_enough_python_without_venv_says_how_to_get_it(machine):
    machine.put(machine.bin / "python3", BARE)
    result = machine.find()
    assert result.returncode == 1
    assert "lacks its venv module" in result.stderr
    assert "apt install python3-venv" in result.stderr


def test_an_old_python_tries_to_fetch_a_new_one_with_a_pinned_uv_and_says_if_that_fails(machine):
    log = machine.folder / "log"
    machine.put(machine.bin / "python3", OLD.format(log=log, code=0))
    result = machine.find()
    assert result.returncode == 1
    assert "fetching one with uv" in result.stderr
    assert "needs Python 3.12 or newer" in result.stderr
    assert "-m venv" in log.read_text()
    assert (machine.folder / "site" / "var" / "uv.txt").read_text() == "uv==0.1 \\\n    --hash=sha256:00\n"


def test_a_python_that_was_fetched_before_is_found(machine):
    machine.put(machine.bin / "python3", SHIM)
    expected = machine.real(machine.folder / "site" / "var" / "python" / "cpython-3.13" / "bin" / "python3")
    assert machine.find().stdout.strip() == os.fspath(expected)
