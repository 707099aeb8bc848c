"""Take the pictures of docs/pictures anew: every page of the reading room, on the example articles, in a real Chromium.

    python tools/take_pictures.py                 # all of them
    python tools/take_pictures.py map outlets     # those of some pages

The examples are coded as `waqai add` codes them. Pictures are WebP, made by the browser itself.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from waqai.cli.work import knowledge, make_work
from waqai.server.app import create_app
from waqai.server.room import Room, Settings
from waqai.store import Store

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
ARTICLE, ACTOR = "yemen-school-bus-raid", "USA"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
LANGUAGES = {"ar": "Arabic", "en": "English"}
TITLES = {
    "overview": "Overview", "documents": "Articles", "reader": "Article", "copies": "Where an article stands", "versions": "What it said before", "events": "Events", "event": "One event", "actors": "Actors",
    "actor": "One actor", "network": "Network", "map": "Map", "outlets": "Outlets", "review": "Review", "review-edit": "Review: correcting",
    "review-log": "Review: the log", "query": "SQL",
}
ALL = ("ar-desktop", "ar-desktop-dark", "ar-phone", "en-desktop", "en-phone")
DRESSES = dict.fromkeys(TITLES, ALL) | {
    "documents": ("ar-desktop", "en-phone-dark"),
    "reader": ("ar-desktop", "ar-desktop-dark", "ar-phone", "ar-phone-dark", "en-desktop", "en-desktop-dark", "en-phone", "en-phone-dark"),
    "copies": ("ar-desktop", "en-phone"),
    "versions": ("ar-desktop", "ar-phone", "en-desktop-dark"),
    "outlets": ("ar-desktop", "ar-phone", "en-desktop-dark"),
    "review": ("ar-desktop", "ar-desktop-dark", "ar-phone", "en-desktop", "en-desktop-dark", "en-phone"),
    "review-edit": ("ar-desktop", "en-desktop-dark"),
    "review-log": ("ar-desktop",),
}
TO_WEBP = """async (png) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext("2d").drawImage(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 0.72 })).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
}"""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server with the examples, of three outlets, some of their events reviewed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.duckdb"
        rows = [json.loads(line) for line in (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
        outlets = ("وكالة أ", "قناة ب", "صحيفة ج")
        articles = [{**row, "outlet": outlets[number % 3]} for number, row in enumerate(rows)]
        article = next(each for each in articles if each["id"] == ARTICLE)
        article["url"] = f"https://agency-a.example/{ARTICLE}"
        for number, batch in enumerate(([_earlier(article)], articles, _copies(article))):
            lines = Path(folder) / f"{number}.jsonl"
            lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in batch), encoding="utf-8")
            subprocess.run([sys.executable, "-m", "waqai.cli.app", "add", str(lines), "--store", str(path)], check=True)
        with Store.open(path) as store:
            room = Room(store, knowledge(None), Settings(), make_work(None, "lexicon"))
            server = uvicorn.Server(uvicorn.Config(create_app(room), port=0, log_level="error", access_log=False))
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.01)
            address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
            _review(address)
            yield address
            room.feed.close()
            server.should_exit = True
            thread.join(10)


def _earlier(article: dict[str, Any]) -> dict[str, Any]:
    """What may have stood at the address of an article before: its second paragraph missing, and other words in the last."""
    paragraphs = article["text"].split("\n\n")
    text = "\n\n".join([paragraphs[0], *paragraphs[2:-1], "وقالت مصادر محلية إن " + paragraphs[-1]])
    return {**article, "id": f"{ARTICLE}-first", "text": text}


def _copies(article: dict[str, Any]) -> list[dict[str, Any]]:
    """The same article in other outlets, some of them under a headline of their own or with a sentence less."""
    day, paragraphs = dt.date.fromisoformat(article["date"]), article["text"].split("\n\n")
    found = []
    for number, outlet in enumerate(("قناة ب", "صحيفة ج", "موقع د", "Paper E", "إذاعة و", "صحيفة ز", "موقع ح", "وكالة ط")):
        text = "\n\n".join(paragraphs[: -1 if number % 3 == 1 else None])
        headline = {"title": "اليمن: " + article["title"]} if number % 4 == 2 else {}
        about = {"id": f"{ARTICLE}-copy-{number}", "outlet": outlet, "url": f"https://outlet-{number}.example/news/{number}", "text": text}
        found.append({**article, **about, **headline, "date": (day + dt.timedelta(number // 3)).isoformat()})
    return found


def _review(address: str) -> None:
    waiting: list[dict[str, Any]] = httpx2.get(f"{address}/api/v1/review/queue?limit=8&order=newest", timeout=60).json()["items"]
    for number, item in enumerate(waiting):
        given: dict[str, Any] = {"action": ("accept", "accept", "reject", "unsure")[number % 4], "event_id": item["event"]["event_id"], "reviewer": ("ليلى", "عمر")[number % 2]}
        if number == 1:
            given |= {"action": "correct", "changes": {"polarity": "negated"}, "note": "نفي صريح"}
        httpx2.post(f"{address}/api/v1/review/decisions", json=given, headers={"X-Waqai": "1"}, timeout=60).raise_for_status()


def addresses(site: str) -> dict[str, str]:
    """The address of each page; the event is one that has much to show."""
    events: list[dict[str, Any]] = httpx2.get(f"{site}/api/v1/events?limit=300", timeout=60).json()["events"]
    rich = max(events, key=lambda event: sum(bool(event[slot]) for slot in ("attribution", "place", "recipients", "time", "object")))
    article = httpx2.get(f"{site}/api/v1/documents/{ARTICLE}", timeout=60).json()
    shown = article["events"][len(article["events"]) // 2]["event_id"]
    return {
        "overview": "/", "documents": "/documents", "reader": f"/documents/{ARTICLE}?event={shown}", "copies": f"/documents/{ARTICLE}",
        "versions": f"/documents/{ARTICLE}-first", "events": "/events", "event": f"/events/{rich['event_id']}",
        "actors": "/actors", "actor": f"/actors/{ACTOR}", "network": "/network", "map": "/map", "outlets": "/outlets", "review": "/review",
        "review-edit": "/review", "review-log": "/review?view=log",
        "query": "/query?sql=SELECT event_type, count(*) AS events FROM events GROUP BY ALL ORDER BY events DESC",
    }


def take(browser: Browser, site: str, name: str, path: str, dress: str) -> None:
    """Take one picture: of the window, as a reader sees it first."""
    lang, size, *dark = dress.split("-")
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script("localStorage.setItem('waqai', JSON.stringify({reviewer: 'ليلى'}))")
    page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
    _settle(page)
    if name in {"copies", "versions"}:
        page.locator(f"#{name}").evaluate("(each) => each.scrollIntoView()")
    if name == "review-edit":
        page.keyboard.press("e")
        page.get_by_role("application").wait_for()
    png = base64.b64encode(page.screenshot()).decode()
    page.goto("about:blank")
    (FOLDER / f"{name}-{dress}.webp").write_bytes(base64.b64decode(page.evaluate(TO_WEBP, png)))
    context.close()


def _settle(page: Page) -> None:
    end, quiet = time.monotonic() + 60, 0
    while quiet < 4 and time.monotonic() < end:
        page.wait_for_timeout(100)
        ready = page.evaluate("document.querySelector('h1') && !document.querySelector('.skeleton, [aria-busy=true]') && document.fonts.status === 'loaded'")
        quiet = quiet + 1 if ready else 0


def index() -> str:
    """The page that shows them all."""
    parts = ["# The pages of the reading room", "On the example articles. `python tools/take_pictures.py` takes them anew after a change of the pages."]
    for name, title in TITLES.items():
        lines = []
        for dress in DRESSES[name]:
            lang, size, *dark = dress.split("-")
            lines.append(f"![{', '.join((title, LANGUAGES[lang], size, *dark))}]({name}-{dress}.webp)")
        parts += [f"## {title}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def main(wanted: Sequence[str]) -> None:
    """Take the pictures of these pages, or of all."""
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with serving() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        for name, path in addresses(site).items():
            for dress in DRESSES[name] if not wanted or name in wanted else ():
                take(browser, site, name, path, dress)
        browser.close()
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", help="pages, all of them by default")
    main(parser.parse_args().pages)
