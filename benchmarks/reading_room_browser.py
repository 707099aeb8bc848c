"""How soon the pages of the reading room can be used on a large store: from navigation to interactive, in Chromium.

A page is interactive when its heading stands, nothing on it waits for an answer any more, and the browser is free to react. The browser
keeps nothing from visit to visit, and the server has forgotten its answers. Each page is visited several times; the middle visit counts.
Times at the server, without the browser, are those of `benchmarks/reading_room.py`, which makes the store.

    python benchmarks/reading_room_browser.py --store big.duckdb       # made with 100,000 events where there is none
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from reading_room import fill
from waqai.cli.work import knowledge, make_work
from waqai.server.app import create_app
from waqai.server.room import Room, Settings
from waqai.store import Store

LIMIT_MS = 1500
PAGES = ("/", "/events", "/events/{event}", "/documents", "/documents/{document}", "/actors", "/actors/{actor}", "/network", "/map", "/outlets", "/query", "/review")
INTERACTIVE = """
    const look = () => {
        if (!document.querySelector("h1") || document.querySelector(".skeleton, [aria-busy=true]")) return requestAnimationFrame(look);
        setTimeout(() => { window.interactive = performance.now(); });
    };
    requestAnimationFrame(look);
"""


def visited(browser: Browser, address: str, room: Room) -> float:
    """Milliseconds from navigation to interactive, for somebody who comes for the first time."""
    room.changed()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.add_init_script(INTERACTIVE)
    page.goto(address)
    end = time.monotonic() + 60
    while (took := page.evaluate("window.interactive ?? null")) is None:
        assert time.monotonic() < end, f"never interactive: {address}"
        page.wait_for_timeout(20)
    context.close()
    return float(took)


def measure(address: str, room: Room, repeats: int) -> dict[str, float]:
    """Milliseconds of each page in English and in Arabic, the slower of the two medians."""
    event: dict[str, Any] = httpx2.get(f"{address}/api/v1/events?limit=1", timeout=60).json()["events"][0]
    actor = httpx2.get(f"{address}/api/v1/actors?limit=1", timeout=60).json()["actors"][0]["entity_id"]
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        visited(browser, address, room)
        for page in PAGES:
            path = page.format(event=event["event_id"], document=event["doc_id"], actor=actor)
            medians = [statistics.median(visited(browser, f"{address}{path}?lang={lang}", room) for _ in range(repeats)) for lang in ("ar", "en")]
            found[page] = max(medians)
        browser.close()
    return found


def main() -> None:
    """Serve the store and print a line a page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", type=Path, required=True, help="a store, made where there is none")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    if not asked.store.exists():
        fill(asked.store, asked.events)
    with Store.open(asked.store) as store:
        room = Room(store, knowledge(None), Settings(), make_work(None, "lexicon"))
        room.warm()
        server = uvicorn.Server(uvicorn.Config(create_app(room), port=0, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        times = measure(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", room, asked.repeats)
        room.feed.close()
        server.should_exit = True
        thread.join(10)
    for page, took in times.items():
        print(f"{page:<24} {took:6.0f} ms{'  SLOW' if took > LIMIT_MS else ''}")
    sys.exit(any(took > LIMIT_MS for took in times.values()))


if __name__ == "__main__":
    main()
