"""The static files of an installation: hashed names, and one stylesheet where the source has many."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "css/acquaint.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, but `css/acquaint.css` holds what it imports, so that a page asks for one file."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        source = finders.find(ENTRY)
        if source and ENTRY in paths and not options.get("dry_run"):
            Path(self.path(ENTRY)).write_text(bundled(Path(source)), encoding="utf-8")
            paths = paths | {ENTRY: (self, ENTRY)}
        yield from super().post_process(paths, *args, **options)


def bundled(entry: Path) -> str:
    """The stylesheet with every import replaced by what it imports, in the layer that it names."""

    def imported(match: re.Match[str]) -> str:
        name, layer = match.groups()
        text = (entry.parent / name).read_text(encoding="utf-8")
        return f"@layer {layer} {{\n{text}}}"

    return IMPORT.sub(imported, entry.read_text(encoding="utf-8"))
