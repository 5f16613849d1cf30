"""The site's static files, handed out from memory as an installation does: one stylesheet, and kept by the browser.

As the source has them, they are forty stylesheets that import one another, looked for on the disk at each request.
"""

import functools
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import get_path_info

from config.static import ENTRY, bundled


@functools.cache
def file_named(name: str) -> tuple[bytes, str] | None:
    """What the file holds and its kind, None if there is no such file."""
    found = finders.find(name)
    if found is None:
        return None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return bundled(Path(found)).encode() if name == ENTRY else Path(found).read_bytes(), kind


class StaticFilesInMemory(StaticFilesHandler):
    """Answers for files that are there; what isn't there is Django's own to refuse."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = get_path_info(environ)
        file = file_named(self.file_path(path)) if self._should_handle(path) else None
        if file is None:
            return super().__call__(environ, start_response)
        content, kind = file
        headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Cache-Control", "max-age=3600")]
        start_response("200 OK", headers)
        return [content]
