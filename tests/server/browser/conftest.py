"""A real browser on a real server: pages as readers get them, behind the same wall of headers."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from urllib.parse import urlsplit

import pytest
import uvicorn

from waqai.server.app import create_app
from waqai.server.room import Room, Settings
from waqai.store import Store

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# Fonts are asked for when the page is laid out, so two frames must have been drawn.
SETTLED = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return Boolean(document.querySelector("h1")) && !document.querySelector(".skeleton, [aria-busy=true]") && document.fonts.status === "loaded";
}"""
REQUIRED = os.environ.get("WAQAI_BROWSER") == "required"


def pytest_collection_modifyitems(items):
    """These tests come last: their driver leaves the thread's event loop and stack marks behind. Without a browser they say so; where
    one is required, they fail instead."""
    items.sort(key=lambda item: "tests/server/browser/" in item.path.as_posix())
    missing = None
    if CHROMIUM is None:
        missing = "Chromium is not installed: apt-get install chromium"
    else:
        try:
            import axe_playwright_python  # noqa: F401
            import playwright  # noqa: F401
        except ImportError as error:
            missing = f"{error}: pip install -e '.[dev]'"
    if missing and not REQUIRED:
        for item in items:
            if "tests/server/browser/" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason=missing))


@contextmanager
def serving(path, resources, work, *, read_only=False, **settings):
    """The address of a server that holds a store."""
    with Store.open(path, read_only=read_only) as store:
        room = Room(store, resources, Settings(hosts=("127.0.0.1",), **settings), lambda: work)
        server = uvicorn.Server(uvicorn.Config(create_app(room), port=0, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        room.feed.close()
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def serve(resources, work):
    """`serve(path)` is the address of a server with that store, as long as its `with` lasts."""
    return partial(serving, resources=resources, work=work)


@pytest.fixture(scope="package")
def site(template, serve, tmp_path_factory):
    """The address of a server with the example store, and with an article that means harm."""
    path = tmp_path_factory.mktemp("browser") / "s.duckdb"
    shutil.copy(template, path)
    with serve(path, sql_seconds=2.0) as address:
        yield address


@pytest.fixture(scope="package")
def chromium():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "WAQAI_BROWSER=required, but Chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page of the site, and what went wrong on it: errors of scripts, refusals of the content policy, requests to others."""

    page: object
    site: str
    troubles: list[str] = field(default_factory=list)
    pending: set[object] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Follow the requests under way; the stream of news never ends."""
        self.page.on("request", lambda request: None if request.url.endswith("/stream") else self.pending.add(request))
        for end in ("requestfinished", "requestfailed"):
            self.page.on(end, lambda request: self.pending.discard(request))

    def go(self, path: str) -> None:
        """Open an address and wait until everything on it has come."""
        self.page.goto(self.site + path)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, seen twice in a row: one request may lead to the next."""
        end, quiet = time.monotonic() + 60, 0
        while quiet < 2:
            assert time.monotonic() < end, f"not settled: {[request.url for request in self.pending]}"
            self.page.wait_for_timeout(10)
            still = self.page.evaluate(SETTLED) and not self.pending
            quiet = quiet + 1 if still else 0

    def until(self, condition: str) -> None:
        """Wait for a condition. Playwright's own way needs eval inside the page, which the content policy refuses."""
        end = time.monotonic() + 30
        while not self.page.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < end, f"in vain: {condition}"
            self.page.wait_for_timeout(30)

    def dresses(self) -> Iterator[str]:
        """Put the page as it stands into every size and theme, one after the other, and say which it is."""
        for size, theme in product(SIZES, ("light", "dark")):
            self.page.set_viewport_size(SIZES[size])
            self.page.emulate_media(color_scheme=theme)
            # Colours are those of the new theme from the second frame on.
            self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            self.settle()
            yield f"{size}, {theme}"

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def axe(self) -> list[str]:
        """What axe finds wrong."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        return [f"{each['id']}: {node['html'][:160]} | {node['failureSummary'][:200]}" for each in found for node in each["nodes"]]


@pytest.fixture
def visit(chromium, site):
    """Makes visits; afterwards none of them may have had trouble."""
    visits = []

    def make(size="desktop", theme="light"):
        context = chromium.new_context(viewport=SIZES[size], color_scheme=theme, locale="en-GB", reduced_motion="reduce", accept_downloads=True)
        context.grant_permissions(["clipboard-write", "clipboard-read"])
        visit = Visit(context.new_page(), site)
        visit.page.on("pageerror", lambda error: visit.troubles.append(f"error: {error}"))
        visit.page.on("console", lambda message: visit.troubles.append(f"{message.type}: {message.text}") if message.type == "error" else None)
        visit.page.on("dialog", lambda dialog: (visit.troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        visit.page.on("request", lambda request: visit.troubles.append(f"request: {request.url}") if _foreign(request.url, site) else None)
        visit.page.set_default_timeout(30_000)
        visits.append(visit)
        return visit

    yield make
    troubles = [trouble for each in visits for trouble in each.troubles]
    for each in visits:
        each.page.context.close()
    assert not troubles, "\n".join(troubles)


def _foreign(url: str, site: str) -> bool:
    return urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != urlsplit(site).netloc


@pytest.fixture
def api(site):
    """GET below the API, as JSON, to compare the pages with."""
    import httpx2

    def get(path, **parameters):
        answer = httpx2.get(f"{site}/api/v1/{path}", params=parameters, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get
