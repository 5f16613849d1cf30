"""`make check` finds what it is for."""

import subprocess
import sys
from pathlib import Path

import pytest

from config import check, check_templates

HOME = Path(__file__).resolve().parents[2]


def test_a_template_that_doesnt_compile_is_named(tmp_path, settings, monkeypatch):
    (tmp_path / "broken.html").write_text("{% if %}")
    (tmp_path / "fine.html").write_text("{{ fine }}")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [str(tmp_path)]}]
    monkeypatch.setattr(check_templates, "HOME", tmp_path)
    assert check_templates.names() == ["broken.html", "fine.html"]
    assert [mistake.split(":")[0] for mistake in check_templates.mistakes()] == ["broken.html"]


def test_all_templates_of_ours_are_compiled():
    assert "base.html" in check_templates.names()
    assert not [name for name in check_templates.names() if name.startswith("admin/login")]


def test_every_check_runs_even_after_one_has_failed(monkeypatch, capsys):
    fail, succeed = [sys.executable, "-c", "print('why'); exit(1)"], [sys.executable, "-c", "print('quiet')"]
    monkeypatch.setattr(check, "CHECKS", [("first", fail, {}), ("second", succeed, {})])
    assert check.main() == 1
    said = capsys.readouterr().out
    assert "why" in said
    assert "second                 ok" in said
    assert "quiet" not in said
    assert said.endswith("Failed: first\n")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_hashes_and_names_no_index(name):
    text = (HOME / name).read_text()
    requirements = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert requirements
    assert all("==" in line and line.endswith("\\") for line in requirements)
    assert "://" not in text
    assert "--index-url" not in text


def test_make_lists_its_commands():
    listed = subprocess.run(["make", "-C", str(HOME)], capture_output=True, text=True, check=True).stdout
    for command in ("run", "dev", "test", "check", "lock"):
        assert f"make {command} " in listed
