"""Rules import downward only: live ← accounts ← notifications ← communities ← profiles ← network ← the rest."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BELOW = {
    "live": set(),
    "accounts": {"live"},
    "notifications": {"live", "accounts"},
    "communities": {"live", "accounts", "notifications"},
    "profiles": {"live", "accounts", "notifications", "communities"},
    "network": {"live", "accounts", "notifications", "communities", "profiles"},
    "messaging": {"live", "accounts", "notifications", "communities", "profiles", "network"},
    "feed": {"live", "accounts", "notifications", "communities", "profiles", "network"},
    "search": {"live", "accounts", "notifications", "communities", "profiles", "network", "messaging", "feed"},
    "moderation": {"live", "accounts", "notifications", "communities", "profiles", "network", "messaging", "feed"},
}
COMPOSES = {"views", "admin", "urls", "forms", "management", "migrations", "templatetags"}
"""What may reach across, to compose a page or a command."""


def modules() -> list[Path]:
    found = []
    for app in BELOW:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT / app).with_suffix("").parts
            if not any(part.split("_")[0] in COMPOSES or part in COMPOSES for part in parts):
                found.append(path)
    return found


def imported_apps(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names & set(BELOW)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_its_own_app_and_those_below(path):
    app = path.relative_to(ROOT).parts[0]
    assert imported_apps(path) <= BELOW[app] | {app}


def test_no_folder_of_odds_and_ends():
    odds = {"core", "common", "utils", "helpers", "misc", "lib"}
    assert not [path for app in BELOW for path in (ROOT / app).rglob("*") if path.stem in odds]


def test_no_signals_for_domain_logic():
    for path in modules():
        assert "django.db.models.signals" not in path.read_text(), path
