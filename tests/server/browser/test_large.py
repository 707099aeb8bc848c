"""A store of a hundred thousand events: every page is soon ready for use. benchmarks/reading_room_browser.py measures; this only watches."""

from __future__ import annotations

import shutil

import duckdb
import httpx2
import pytest

# What is promised is 300 ms and 1.5 s; a machine that has other work takes several times as long.
SERVER_S, INTERACTIVE_MS = 2.0, 6000
PAGES = {
    "/": ["overview"], "/events": ["events?sort=-date_from&limit=50"], "/documents": ["documents?limit=30"], "/actors": ["actors?limit=50&resolved=true"],
    "/actors/USA": ["actors/USA"], "/network": ["network"], "/map": ["map"], "/outlets": ["outlets"], "/query": ["schema"], "/review": ["review/queue?limit=30"],
}
INTERACTIVE = """
    const look = () => document.querySelector("h1") && !document.querySelector(".skeleton, [aria-busy=true]")
        ? setTimeout(() => { window.interactive = performance.now(); }) : requestAnimationFrame(look);
    requestAnimationFrame(look);
"""
COPY = "doc_id || '-' || k AS doc_id"
EVENT = f"event_id || '-' || k AS event_id, {COPY}"
COPIES = {
    "documents": f"{COPY}, published + k::INTEGER AS published",
    **dict.fromkeys(("sentences", "entities", "mentions", "quotations"), COPY),
    **dict.fromkeys(("participants", "attributions"), EVENT),
    "events": f"{EVENT}, day + k::INTEGER AS day, doc_published + k::INTEGER AS doc_published, "
    "replace(replace(record, event_id, event_id || '-' || k), doc_id, doc_id || '-' || k) AS record",
}


@pytest.fixture(scope="module")
def large(template, serve, tmp_path_factory):
    """The example store many times over: every copy of an article is of another day."""
    path = tmp_path_factory.mktemp("large") / "s.duckdb"
    shutil.copy(template, path)
    with duckdb.connect(str(path), config={"memory_limit": "1GB"}) as store:
        store.execute("DELETE FROM documents WHERE doc_id LIKE '%script%'")
        for table in COPIES:
            store.execute(f"DELETE FROM {table} WHERE doc_id LIKE '%script%'")
        (events,) = store.execute("SELECT count(*) FROM events").fetchone()
        for table, changed in COPIES.items():
            store.execute(f"INSERT INTO {table} SELECT t.* REPLACE ({changed}) FROM {table} t, range(1, {100_000 // events + 1}) r(k)")
    with serve(path) as address:
        yield address


def test_every_page_is_soon_ready(large, chromium):
    with httpx2.Client(base_url=f"{large}/api/v1", timeout=60) as client:
        assert client.get("/events?limit=1").json()["total"] > 99_000
        client.get("/actors/USA?confidence=0.5"), client.get("/overview?confidence=0.5")  # knowledge is read once, at the first question
        took = {path: sum(client.get(f"/{request}&confidence=0" if "?" in request else f"/{request}").elapsed.total_seconds() for request in requests) for path, requests in PAGES.items()}
    assert {path: seconds for path, seconds in took.items() if seconds > SERVER_S} == {}
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.add_init_script(INTERACTIVE)
    ready = {}
    for path in PAGES:
        page.goto(f"{large}{path}?lang=ar")
        for _ in range(1000):
            page.wait_for_timeout(20)
            ready[path] = page.evaluate("window.interactive ?? Infinity")
            if ready[path] < float("inf"):
                break
    context.close()
    assert {path: ms for path, ms in ready.items() if ms > INTERACTIVE_MS} == {}
