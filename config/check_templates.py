"""Compile every template of ours, so that a wrong tag or filter shows without a test that renders it."""

import os
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template

HOME = Path(__file__).resolve().parent.parent


def names() -> list[str]:
    """The names of all templates in this project's own folders."""
    folders = {Path(folder) for engine in engines.all() for folder in engine.template_dirs}
    ours = [folder for folder in folders if folder.is_relative_to(HOME) and ".venv" not in folder.parts]
    files = (path for folder in ours for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted({str(path.relative_to(next(f for f in ours if path.is_relative_to(f)))) for path in files})


def mistakes() -> list[str]:
    """What is wrong with them, one sentence for each that doesn't compile."""
    found = []
    for name in names():
        try:
            get_template(name)
        except TemplateSyntaxError as mistake:
            found.append(f"{name}: {mistake}")
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    found = mistakes()
    print("\n".join(found) or f"{len(names())} templates compile")  # noqa: T201
    sys.exit(bool(found))
