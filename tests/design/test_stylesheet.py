"""The one stylesheet, put together from many, and what others made that we ship."""

import hashlib
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from config.static import IMPORT, OneStylesheetStorage, bundled

STATIC = settings.BASE_DIR / "static"
CSS = STATIC / "css"
LAYERS = {"tokens", "base", "layout", "components", "utilities"}


def test_every_stylesheet_is_imported_into_a_layer():
    imports = dict(IMPORT.findall((CSS / "acquaint.css").read_text()))
    assert set(imports.values()) == LAYERS
    files = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"acquaint.css"}
    assert files == set(imports)


def test_the_bundle_holds_every_stylesheet_and_asks_for_none():
    bundle = bundled(CSS / "acquaint.css")
    assert "@import" not in bundle
    for path in CSS.rglob("*.css"):
        if path.name != "acquaint.css":
            assert path.read_text() in bundle


def test_collected_files_have_hashed_names_and_the_bundle_names_them(settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static.OneStylesheetStorage"}}
    call_command("collectstatic", interactive=False, stdout=StringIO())
    storage = OneStylesheetStorage(location=tmp_path)
    sheet = (tmp_path / storage.stored_name("css/acquaint.css")).read_text()
    assert "@import" not in sheet
    fonts = re.findall(r'url\("([^"]+woff2)"\)', sheet)
    assert len(fonts) == 4
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (tmp_path / "css" / font).resolve().exists()


@pytest.mark.parametrize(
    ("name", "checksum"),
    re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (STATIC / "vendor/README.md").read_text(), re.MULTILINE),
)
def test_what_others_made_is_unchanged(name: str, checksum: str):
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == checksum


def test_every_icon_that_a_template_names_is_in_the_sprite():
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        (name, path.name)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'components/icon\.html"? with name="([^"]+)"', path.read_text())
    }
    assert named
    assert {one for one in named if one[0] not in symbols} == set()


def test_the_sprite_holds_no_icon_that_nobody_names():
    code = "".join(
        path.read_text()
        for pattern in ("templates/**/*.html", "static/js/*.js", "[a-z]*/**/*.py")
        for path in settings.BASE_DIR.glob(pattern)
        if path.parts[len(settings.BASE_DIR.parts)] not in {"tests", "var"}
    )
    symbols = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())
    assert [name for name in symbols if not re.search(rf"[\"'#]{name}[\"']", code)] == []
