"""Rows into the tables of a store: whole documents, and single events in place of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from waqai.records import DocumentRecord, EntityRecord, EventRecord, QuotationRecord, Records, SentenceRecord, to_json
from waqai.store import search
from waqai.store.shapes import Shape, as_json, shape_of
from waqai.text.folding import fold

_FOLDER = Path(__file__).parent
OF_EVENTS = ("events", "participants", "attributions")
_OF_DOCUMENTS = ("documents", "sentences", "entities", "mentions", "quotations", *OF_EVENTS)
_BATCH: dict[str, Shape] = {
    "document": shape_of(DocumentRecord),
    "sentences": [shape_of(SentenceRecord)],
    "entities": [shape_of(EntityRecord)],
    "events": [shape_of(EventRecord)],
    "quotations": [shape_of(QuotationRecord)],
    "event_lines": ["VARCHAR"],
    "quotation_lines": ["VARCHAR"],
    "folded_sentences": ["VARCHAR"],
    "folded_names": ["VARCHAR"],
}
_EVENT: dict[str, Shape] = {"e": shape_of(EventRecord), "record": "VARCHAR", "review": "VARCHAR"}


def insert_documents(connection: duckdb.DuckDBPyConnection, documents: Sequence[Records], run: str) -> None:
    """Insert documents with all their rows, those of the same identifiers replaced."""
    remove_documents(connection, [records.document.doc_id for records in documents])
    _temporary(connection, "batch", [_nested(records) for records in documents], _BATCH)
    _script(connection, "insert.sql", run)
    search.index_batch(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE event_batch AS SELECT unnest(events) AS e, unnest(event_lines) AS record, "
        "document.published AS published, document.outlet AS outlet, NULL::VARCHAR AS review FROM batch"
    )
    _script(connection, "events.sql")
    connection.execute("DROP TABLE batch")


def remove_documents(connection: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> None:
    """Take documents out with all their rows; unknown identifiers are passed over."""
    known = connection.execute("SELECT doc_id FROM documents WHERE doc_id IN (SELECT unnest($ids))", {"ids": list(doc_ids)}).fetchall()
    if not known:
        # To delete is to read a column of each table.
        return
    values = {"ids": [row[0] for row in known]}
    search.forget(connection, values["ids"])
    for table in (*_OF_DOCUMENTS, "fingerprints"):
        connection.execute(f"DELETE FROM {table} WHERE doc_id IN (SELECT unnest($ids))", values)


def replace_events(
    connection: duckdb.DuckDBPyConnection, event_ids: Sequence[str], records: Sequence[tuple[str, str | None]]
) -> None:
    """Take events out and put `records` in: each the JSON of an EventRecord, and what a reviewer decided about it."""
    for table in OF_EVENTS:
        connection.execute(f"DELETE FROM {table} WHERE event_id IN (SELECT unnest($ids))", {"ids": list(event_ids)})
    rows = [{"e": msgspec.Raw(line.encode()), "record": line, "review": review} for line, review in records]
    _temporary(connection, "changed", rows, _EVENT)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE event_batch AS SELECT c.e, c.record, d.published, d.outlet, c.review "
        "FROM changed c JOIN documents d ON d.doc_id = c.e.doc_id"
    )
    _script(connection, "events.sql")
    connection.execute("DROP TABLE changed")


def now() -> dt.datetime:
    """The moment as a store writes it: UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def folded(text: str) -> str:
    """A text as the columns `folded` have it: one spelling, small letters."""
    return fold(text).text.lower()


def _temporary(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Any], shape: dict[str, Shape]) -> None:
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT r.* FROM (SELECT unnest(from_json($content, $shape)) AS r)",
        {"content": msgspec.json.encode(rows).decode(), "shape": as_json([shape])},
    )


def _script(connection: duckdb.DuckDBPyConnection, name: str, run: str = "") -> None:
    for statement in connection.extract_statements((_FOLDER / name).read_text(encoding="utf-8")):
        connection.execute(statement, {"run": run} if "run" in statement.named_parameters else None)


def _nested(records: Records) -> dict[str, Any]:
    return {
        "document": records.document,
        "sentences": records.sentences,
        "entities": records.entities,
        "events": records.events,
        "quotations": records.quotations,
        "event_lines": [to_json(event) for event in records.events],
        "quotation_lines": [to_json(said) for said in records.quotations],
        "folded_sentences": [folded(sentence.text) for sentence in records.sentences],
        "folded_names": [folded(f"{entity.name_ar} {entity.name_en}") for entity in records.entities],
    }
