"""Flat rows for spreadsheets (CSV), and columns with nested values for data tools (Parquet)."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from waqai.records import (
    ActorRecord,
    DocumentRecord,
    EntityRecord,
    EventRecord,
    QuotationRecord,
    Records,
    SourceRecord,
    rows_of,
)

Flat = dict[str, str | int | float | None]
_SHAPES: Mapping[str, type[msgspec.Struct]] = {
    "events": EventRecord,
    "quotes": QuotationRecord,
    "entities": EntityRecord,
}


class TextSink(Protocol):
    """What text can be written to."""

    def write(self, text: str, /) -> int:
        """Write `text`."""
        ...


class CsvWriter:
    """Writes one row a record: plain UTF-8 without a byte mark, a head line first, also when nothing is found."""

    def __init__(self, sink: TextSink, table: str) -> None:
        self.table = table
        self._writer = csv.DictWriter(sink, fieldnames=COLUMNS[table], lineterminator="\n")
        self._writer.writeheader()

    def write(self, records: Records) -> None:
        """The rows of one document."""
        self._writer.writerows(flat_rows(records, self.table))


class ParquetWriter:
    """Collects rows in a temporary file and writes a Parquet file when closed; memory stays flat."""

    def __init__(self, target: Path, table: str) -> None:
        import duckdb

        from waqai.store.shapes import as_json, shape_of

        self.table, self.target = table, target
        self._folder = tempfile.TemporaryDirectory(prefix="waqai-")
        self._shape = as_json([shape_of(_SHAPES[table])])
        self._connection = duckdb.connect(str(Path(self._folder.name) / "rows.duckdb"))
        self._connection.execute(f"CREATE TABLE rows AS {self._select}", {"content": "[]", "shape": self._shape})
        self._waiting: list[msgspec.Struct] = []

    _select = "SELECT r.* FROM (SELECT unnest(from_json($content, $shape)) AS r)"

    def write(self, records: Records) -> None:
        """Take the rows of one document."""
        self._waiting += rows_of(records, self.table)
        if len(self._waiting) >= 5000:
            self._flush()

    def close(self) -> None:
        """Write the file."""
        self._flush()
        target = str(self.target).replace("'", "''")
        self._connection.execute(f"COPY rows TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        self._connection.close()
        self._folder.cleanup()

    def _flush(self) -> None:
        if self._waiting:
            content = msgspec.json.encode(self._waiting).decode()
            self._connection.execute(f"INSERT INTO rows {self._select}", {"content": content, "shape": self._shape})
            self._waiting = []


def flat_rows(records: Records, table: str) -> Iterable[Flat]:
    """The rows of one table of a document with single values in every cell; several values are joined by "; "."""
    if table == "events":
        return [_event(event, records.document) for event in records.events]
    if table == "quotes":
        return [_quotation(said, records.document) for said in records.quotations]
    return [_entity(entity) for entity in records.entities]


def _event(event: EventRecord, document: DocumentRecord) -> Flat:
    time, place, about = event.time, event.place, event.object
    return {
        "event_id": event.event_id,
        "doc_id": event.doc_id,
        "published": document.published,
        "outlet": document.outlet,
        "event_type": event.event_type,
        "modes": "; ".join(event.modes),
        "contexts": "; ".join(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "cameo": event.cameo,
        **_people("actor", event.actors),
        **_people("recipient", event.recipients),
        "polarity": event.polarity,
        "modality": event.modality,
        "according_to": _names(event.attribution),
        "cue": "; ".join(source.cue for source in event.attribution),
        "anonymous": "; ".join("yes" if source.anonymous else "no" for source in event.attribution),
        "date_from": time.from_ if time else None,
        "date_to": time.to if time else None,
        "date_precision": time.precision if time else None,
        "place": place.name_en if place else None,
        "place_country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geonames_id": place.geonames_id if place else None,
        "killed": event.casualties.killed,
        "injured": event.casualties.injured,
        "confidence": event.confidence,
        "evidence": "; ".join(event.evidence),
        "coder": event.coder,
        "url": document.url,
        "part": event.part,
        "sentence": event.sentence,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "trigger": event.trigger.text,
        "actor_words": "; ".join(who.text for who in event.actors),
        "recipient_words": "; ".join(who.text for who in event.recipients),
        "object": about.text if about else None,
        "sentence_text": (document.title if event.part == "title" else document.text)[
            event.sentence_span.start : event.sentence_span.end
        ],
    }


def _quotation(said: QuotationRecord, document: DocumentRecord) -> Flat:
    speaker = said.speaker
    return {
        "doc_id": said.doc_id,
        "published": document.published,
        "outlet": document.outlet,
        "kind": said.kind,
        "speaker": _names((speaker,) if speaker else ()),
        "speaker_country": speaker.country if speaker else None,
        "speaker_sector": speaker.sector if speaker else None,
        "according_to": _names(said.chain),
        "part": said.part,
        "sentence": said.sentence,
        "start": said.start,
        "end": said.end,
        "cue": said.cue.text if said.cue else None,
        "text": said.text,
    }


def _entity(entity: EntityRecord) -> Flat:
    return {
        "doc_id": entity.doc_id,
        "entity_id": entity.entity_id,
        "kind": entity.kind,
        "country": entity.country,
        "sector": entity.sector,
        "role": entity.role,
        "wikidata": entity.wikidata,
        "mentions": len(entity.mentions),
        "name_en": entity.name_en,
        "name_ar": entity.name_ar,
    }


def _people(slot: str, people: tuple[ActorRecord, ...]) -> Flat:
    return {
        f"{slot}s": _names(people),
        f"{slot}_countries": "; ".join(who.country for who in people),
        f"{slot}_sectors": "; ".join(who.sector for who in people),
        f"{slot}_ids": "; ".join(who.entity_id for who in people),
    }


def _names(people: tuple[ActorRecord | SourceRecord, ...]) -> str:
    return "; ".join(who.name_en or who.name_ar for who in people)


_PEOPLE = "{0}s {0}_countries {0}_sectors {0}_ids"
COLUMNS: Mapping[str, list[str]] = {
    table: text.split()
    for table, text in {
        "events": f"""
            event_id doc_id published outlet event_type modes contexts quad intensity cameo
            {_PEOPLE.format("actor")} {_PEOPLE.format("recipient")}
            polarity modality according_to cue anonymous date_from date_to date_precision place place_country latitude
            longitude geonames_id killed injured confidence evidence coder url part sentence trigger_start trigger_end
            trigger actor_words recipient_words object sentence_text""",
        "quotes": """
            doc_id published outlet kind speaker speaker_country speaker_sector according_to part sentence start end cue
            text""",
        "entities": "doc_id entity_id kind country sector role wikidata mentions name_en name_ar",
    }.items()
}
