"""A web site on this machine: real HTTP, answers by path, and a record of what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Reply = tuple[int, Mapping[str, str], bytes]
Route = bytes | str | Reply | Callable[["Handler"], Any]


class Site:
    """`pages[path]` is a body, (status, headers, body), or a function of the handler; what is missing is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Route] = {}
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": self}))
        self.server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        return self.server.server_port

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for _, path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.site.asked.append((time.monotonic(), self.path, dict(self.headers)))
        route = self.site.pages.get(self.path, (404, {}, b""))
        try:
            if callable(route):
                route(self)
            elif isinstance(route, tuple):
                self.reply(*route)
            else:
                self.reply(200, {}, route.encode() if isinstance(route, str) else route)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


WORDS = "رفضت الولايات المتحدة الثلاثاء مقترح روسيا بشأن سوريا، بحسب دبلوماسي في الأمم المتحدة."


def page(number: int, *, title: str = "", head: str = "") -> bytes:
    """An article, another one for each number."""
    paragraphs = "".join(f"<p>{WORDS} وتكرر ذلك {number} مرة في الجلسة رقم {number * 7 + each}.</p>" for each in range(4))
    title = title or f"خبر رقم {number}"
    return f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def rss(links: Mapping[str, str], *, more: str = "") -> str:
    """A feed of titles and links."""
    items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link, title in links.items())
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>وكالة</title>{more}{items}</channel></rss>'
