"""Files of events: what a condition lets through, streamed, so that memory stays flat however much it is."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from waqai.errors import UsageError
from waqai.export.geo import collection, feature
from waqai.export.graph import graphml
from waqai.export.tabular import COLUMNS, Flat, ParquetWriter, flat_rows
from waqai.records import DocumentRecord, EventRecord, Records
from waqai.store import Reader, Store
from waqai.store.search import Where

LevelOf = Callable[[int | None], str | None]
"""The level of a place by its GeoNames number, "country" for a whole country; None where it is not known."""
Format = Literal["csv", "jsonl", "parquet", "geojson", "graphml"]
# A cell that begins so is a formula to a spreadsheet, and article text must never be run.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHUNK, _EDGES, _PIECE = 500, 50_000, 1 << 16
_NODES = {"name_en": "string", "name_ar": "string", "kind": "string", "country": "string", "sector": "string", "as_actor": "int", "as_recipient": "int"}
QUAD_COUNTS = ", ".join(
    f"count(*) FILTER (quad = '{quad}') AS {quad.replace(' ', '_')}"
    for quad in ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
)
_LINKS = {
    "events": "int", "verbal_cooperation": "int", "material_cooperation": "int", "verbal_conflict": "int", "material_conflict": "int",
    "negated": "int", "intensity": "double", "first": "string", "last": "string",
}


def columns_of(asked: str) -> list[str]:
    """The columns of a comma list, all of them for "". UsageError for one that there is not."""
    wanted = [name.strip() for name in asked.split(",") if name.strip()]
    strange = [name for name in wanted if name not in COLUMNS["events"]]
    if strange:
        raise UsageError("WQ-720", f"there is no column {strange[0]!r}.", where="columns", advice=f"There are {', '.join(COLUMNS['events'])}.")
    return wanted or list(COLUMNS["events"])


def blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of a size that is worth sending: each costs a change of threads."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def pieces(store: Store, format: Format, chosen: Where, levels: Callable[[], LevelOf], *, columns: list[str], bom: bool) -> Iterator[bytes]:
    """The file of a format, piece by piece, of one state of the store. `levels` gives what says the level of a place."""
    with store.reader() as reader:
        if format == "csv":
            yield from _csv(reader, chosen, columns, bom=bom)
        elif format == "jsonl":
            for rows in _chunks(reader, chosen):
                yield b"".join(row["record"].encode() + b"\n" for row in rows)
        elif format == "geojson":
            level_of = levels()
            flat = (row for rows in _chunks(reader, chosen) for row in _flat(rows))
            yield from blocks(collection(feature(row, level_of(_number(row["geonames_id"]))) for row in flat))
        elif format == "graphml":
            yield from blocks(piece.encode() for piece in _graph(reader, chosen))
        else:
            yield from _parquet(reader, chosen)


def _csv(reader: Reader, chosen: Where, columns: Sequence[str], *, bom: bool) -> Iterator[bytes]:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, fieldnames=columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    # Excel takes a file without the mark for one of the local eight-bit encoding; other programs stumble over it.
    yield ("\ufeff" if bom else "").encode() + sink.getvalue().encode()
    for rows in _chunks(reader, chosen):
        sink.seek(0)
        sink.truncate()
        writer.writerows({name: _harmless(value) for name, value in row.items()} for row in _flat(rows))
        yield sink.getvalue().encode("utf-8", "replace")


def _harmless(value: str | int | float | None) -> str | int | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _parquet(reader: Reader, chosen: Where) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="waqai-") as folder:
        target = Path(folder) / "events.parquet"
        writer = ParquetWriter(target, "events")
        for rows in _chunks(reader, chosen):
            for row in rows:
                writer.write(_records(row))
        writer.close()
        with target.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _graph(reader: Reader, chosen: Where) -> Iterator[str]:
    """Who acts on whom, of those whom the actor base knows: one name stands for several others."""
    edges = reader.rows(
        f"""
        SELECT source, target, count(*) AS events, {QUAD_COUNTS}, count(*) FILTER (polarity = 'negated') AS negated, round(avg(intensity), 3) AS intensity,
            min(day)::VARCHAR AS first, max(day)::VARCHAR AS last
        FROM (
            SELECT DISTINCT e.event_id, a.entity_id AS source, r.entity_id AS target, e.day, e.quad, e.polarity, e.intensity
            FROM participants a JOIN participants r USING (event_id) JOIN events e USING (event_id)
            WHERE a.slot = 'actor' AND r.slot = 'recipient' AND a.entity_id <> r.entity_id AND a.entity_id <> '' AND r.entity_id <> ''
                AND NOT starts_with(a.entity_id, 'local:') AND NOT starts_with(r.entity_id, 'local:') AND {chosen.sql}
        ) GROUP BY source, target ORDER BY events DESC, source, target LIMIT {_EDGES}
        """,
        chosen.values,
    )
    acts, suffers = Counter[str](), Counter[str]()
    for edge in edges:
        acts[edge["source"]] += edge["events"]
        suffers[edge["target"]] += edge["events"]
    nodes = reader.rows(
        """
        SELECT entity_id AS id, any_value(name_en) AS name_en, any_value(name_ar) AS name_ar, any_value(kind) AS kind,
            any_value(country) AS country, any_value(sector) AS sector
        FROM participants WHERE entity_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY entity_id ORDER BY entity_id
        """,
        {"ids": sorted(acts | suffers)},
    )
    return graphml(({**node, "as_actor": acts[node["id"]], "as_recipient": suffers[node["id"]]} for node in nodes), edges, _NODES, _LINKS)


def _chunks(reader: Reader, chosen: Where) -> Iterator[list[dict[str, Any]]]:
    """Events with their documents, in order of time, some hundred at once."""
    waiting: list[dict[str, Any]] = []
    sql = f"""
        SELECT e.record, e.doc_published::VARCHAR AS published, d.outlet, d.url, substring(CASE e.part WHEN 'title' THEN d.title ELSE d.text END,
            e.sentence_start_char + 1, e.sentence_end_char - e.sentence_start_char) AS sentence_text
        FROM events e JOIN documents d USING (doc_id) WHERE {chosen.sql} ORDER BY e.day, e.doc_id, e.trigger_start_char, e.event_id
    """
    for row in reader.each(sql, chosen.values):
        waiting.append(row)
        if len(waiting) == _CHUNK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _flat(rows: list[dict[str, Any]]) -> Iterator[Flat]:
    for row in rows:
        [flat] = flat_rows(_records(row), "events")
        # The document is a stand-in without its text; the sentence was cut out by the database.
        yield {**flat, "sentence_text": row["sentence_text"]}


def _records(row: dict[str, Any]) -> Records:
    """One event as the records of a document that has no other."""
    event = msgspec.json.decode(row["record"], type=EventRecord)
    document = DocumentRecord(
        doc_id=event.doc_id, text_hash="", coder=event.coder, title="", url=row["url"] or "", outlet=row["outlet"] or "", author="",
        published=row["published"], language="ar", credit=(), text="", sentences=0, events=1, quotations=0,
    )
    return Records(document, (), (), (event,), ())


def _number(value: str | int | float | None) -> int | None:
    return int(value) if value is not None else None
