"""Every template is used, and those that take the place of a library's take the place of one that exists."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
BY_LIBRARIES = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html", "429.html"}
OF_LIBRARIES = ("account/", "mfa/", "usersessions/", "allauth/", "admin/", "django/", "registration/")
ALLAUTH = Path(find_spec("allauth").origin).parent / "templates"
DJANGO = Path(find_spec("django").origin).parent
SHIPPED = [ALLAUTH, DJANGO / "contrib/admin/templates", DJANGO / "forms/templates"]


def names() -> list[str]:
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())


def sources() -> str:
    """The text of everything that may name a template."""
    python = [path for path in ROOT.glob("*/**/*.py") if "var" not in path.parts and ".venv" not in path.parts]
    return "\n".join(path.read_text() for path in [*python, *TEMPLATES.rglob("*.*")])


SOURCES = sources()


PATTERNS = [pattern for pattern in re.findall(r'f"([a-z_/]+\{[^"]*)"', SOURCES) if "/" in pattern]
"""Names that the code puts together, like `network/{at}.html`."""


@pytest.mark.parametrize("name", names())
def test_a_template_is_used(name):
    stands_for_another = name.startswith(OF_LIBRARIES) and any((folder / name).exists() for folder in SHIPPED)
    is_named = re.search(rf"""["']{re.escape(name)}["'#{{]""", SOURCES)
    assert name in BY_LIBRARIES or stands_for_another or is_named or is_put_together(name), f"nothing uses {name}"


def is_put_together(name: str) -> bool:
    """Whether a pattern of the code gives this name with a word that the code knows."""
    for pattern in PATTERNS:
        parts = [re.escape(part) for part in re.split(r"\{\w+\}", pattern)]
        match = re.fullmatch("(.+?)".join(parts), name)
        if match and all(f'"{word}"' in SOURCES or f'"_{word}"' in SOURCES for word in match.groups()):
            return True
    return False


@pytest.mark.parametrize("name", [name for name in names() if name.endswith(".html")])
def test_no_template_has_inline_script_or_style(name):
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)
    if name.startswith("emails/"):
        return
    assert "style=" not in text
    assert "<style" not in text
    assert "hx-on" not in text
    assert "onclick" not in text
    assert "javascript:" not in text
