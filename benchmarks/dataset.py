"""How fast filters and SQL answer on many events: from one store, and from the Parquet data set that is written of it.

The example articles are coded once, without the network, and multiplied inside the database: other identifiers, other days over ten years, other
outlets. Every question has the same answer from both, which is checked; the shortest of three runs counts.

    python benchmarks/dataset.py                      # 1,000,000 events
    python benchmarks/dataset.py --events 100000 --json
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from waqai.cli.work import knowledge, make_work, read
from waqai.document import Document
from waqai.records import Records
from waqai.store import Store
from waqai.store.conditions import EventFilters, where
from waqai.store.dataset import write_dataset
from waqai.text.forms import WordForms

ARTICLES = Path(__file__).resolve().parent.parent / "examples" / "articles.jsonl"
DAY = "'2015-01-01'::DATE + (hash(doc_id || '-' || n) % 3650)::INTEGER"
TABLES = ("sentences", "entities", "mentions", "participants", "attributions", "quotations")
COUNT = "SELECT count(*) FROM events e WHERE {}"
QUESTIONS = {
    "actor": EventFilters(by_named=("USA",)), "dyad": EventFilters(dyad=("USA", "IRN")), "type and month": EventFilters(
        type=("ASSAULT",), from_=dt.date(2019, 4, 1), to=dt.date(2019, 4, 30)),
    "place": EventFilters(place_named=("SDN",)), "according to": EventFilters(speaker_named=("anonymous",)), "outlet": EventFilters(outlet_named=("outlet 3",)),
    "words and month": EventFilters(q="الحكومة", from_=dt.date(2019, 4, 1), to=dt.date(2019, 4, 30)),
}
SQL = {
    "types": "SELECT event_type, count(*) FROM events GROUP BY ALL ORDER BY ALL",
    "months": "SELECT date_trunc('month', day), quad, count(*) FROM events GROUP BY ALL ORDER BY ALL",
    "pairs": "SELECT a.country, r.country, count(*) FROM participants a JOIN participants r USING (event_id) WHERE a.slot = 'actor' AND r.slot = 'recipient' "
    "GROUP BY ALL ORDER BY ALL",
}


def multiply(path: Path, events: int) -> int:
    """Fill a new store with about so many events; how many it has."""
    work = make_work(None, "lexicon")()
    coded = [done for document in read([str(ARTICLES)]) if isinstance(document, Document) and isinstance(done := work(document), Records)]
    with Store.open(path) as store:
        store.add(coded)
    connection = duckdb.connect(str(path), config={"memory_limit": "2GB"})
    [[found]] = connection.execute("SELECT count(*) FROM events").fetchall()
    copies, day = f"(SELECT unnest(range(1, {events // found})) AS n)", DAY
    again, event = "doc_id || '-' || n AS doc_id", "event_id || '-' || n AS event_id"
    dates = f"{day} AS doc_published, 'Outlet ' || (n % 20) AS doc_outlet, {day} AS day, {day} AS date_from, {day} AS date_to"
    connection.execute(f"INSERT INTO events SELECT events.* REPLACE ({again}, {event}, {dates}) FROM events, {copies}")
    connection.execute(f"INSERT INTO documents SELECT documents.* REPLACE ({again}, {day} AS published, 'Outlet ' || (n % 20) AS outlet) FROM documents, {copies}")
    for table in TABLES:
        both = f"{again}, {event}" if table in {"participants", "attributions"} else again
        connection.execute(f"INSERT INTO {table} SELECT {table}.* REPLACE ({both}) FROM {table}, {copies}")
    connection.execute(
        "INSERT INTO search_postings SELECT p.* REPLACE (p.doc + n * (SELECT max(doc) FROM search_documents) AS doc) "
        f"FROM search_postings p, {copies}"
    )
    connection.execute(
        f"INSERT INTO search_documents SELECT (d.doc + n * (SELECT max(doc) FROM search_documents))::INTEGER, doc_id || '-' || n, words FROM search_documents d, {copies}"
    )
    [[total]] = connection.execute("SELECT count(*) FROM events").fetchall()
    connection.close()
    with Store.open(path) as store:
        store.begin_run("benchmark")
        store.finish_run()
    return int(total)


def measure(store: Store, sql: str, values: dict[str, Any] | None = None) -> tuple[float, list[Any]]:
    """The shortest of three runs in milliseconds, and the answer."""
    seconds, answer = list[float](), list[Any]()
    for _ in range(3):
        started = time.perf_counter()
        answer = list(store.query(sql, values))
        seconds.append(time.perf_counter() - started)
    return 1000 * min(seconds), answer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args()
    forms = WordForms.load(knowledge(None))
    with tempfile.TemporaryDirectory(prefix="waqai-") as name:
        folder = Path(name)
        figures: dict[str, Any] = {"events": multiply(folder / "s.duckdb", given.events)}
        for run in ("write_s", "write_again_s"):
            started = time.perf_counter()
            write_dataset(folder / "s.duckdb", folder / "set")
            figures[run] = round(time.perf_counter() - started, 2)
        figures["store_mb"] = (folder / "s.duckdb").stat().st_size >> 20
        figures["data_set_mb"] = sum(file.stat().st_size for file in (folder / "set").rglob("*") if file.is_file()) >> 20
        with Store.open(folder / "s.duckdb", read_only=True) as store, Store.open(folder / "set", read_only=True) as views:
            asked = {name: (COUNT.format(chosen.sql), chosen.values) for name, filters in QUESTIONS.items() for chosen in [where(filters, forms)]}
            for question, (sql, values) in {**asked, **{name: (sql, {}) for name, sql in SQL.items()}}.items():
                (of_store, left), (of_set, right) = measure(store, sql, values), measure(views, sql, values)
                assert left == right, question
                figures[question] = {"store_ms": round(of_store), "data_set_ms": round(of_set), "ratio": round(of_set / of_store, 1)}
    if given.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:18} {value}")


if __name__ == "__main__":
    main()
