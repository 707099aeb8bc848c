"""The built pages: files that are known by name when the server starts, and index.html for every address of a page."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

FOLDER = Path(__file__).parent / "pages"
# Vite writes a hash of the content into the name: such a file never changes.
_HASHED = re.compile(r"-[\w-]{8,}\.\w+$")
_FOREVER, _ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
_TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json", ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Waqai</title><h1>Waqai</h1>
<p>The pages are not built: <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build</code>.
The API is here: <a href="/api/v1/docs">documentation</a>.</p></html>"""


class File(NamedTuple):
    """A file in memory, with what a browser is told about it."""

    content: bytes
    kind: str
    cache: str
    tag: str


def files(folder: Path) -> dict[str, File]:
    """Every file below a folder by its address. What is not in here cannot be asked for, whatever the path says."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            address = "/" + path.relative_to(folder).as_posix()
            found[address] = _file(path.read_bytes(), path)
    return found


def _file(content: bytes, path: Path) -> File:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = "; charset=utf-8" if kind.startswith("text/") else ""
    cache = _FOREVER if _HASHED.search(path.name) else _ASK_AGAIN
    return File(content, kind + text, cache, f'"{hashlib.sha256(content).hexdigest()[:20]}"')


def pages(folder: Path = FOLDER) -> APIRouter:
    """The routes of the built pages."""
    known = files(folder)
    index = known.get("/index.html") or _file(_NOT_BUILT.encode(), Path("index.html"))
    router = APIRouter(include_in_schema=False)

    @router.get("/{path:path}")
    @router.head("/{path:path}")
    def page(path: str, request: Request) -> Response:
        """A file of the build, or the page that finds out from its address what to show."""
        file = known.get(f"/{path}", index)
        missing = file is index and ("." in path.rpartition("/")[2] and path.startswith("assets/"))
        headers = {"ETag": file.tag, "Cache-Control": file.cache}
        if missing:
            return Response("not found", 404, media_type="text/plain")
        if request.headers.get("if-none-match") == file.tag:
            return Response(status_code=304, headers=headers)
        return Response(file.content, media_type=file.kind, headers=headers)

    return router
